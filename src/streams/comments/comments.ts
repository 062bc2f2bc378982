import { issueHistory } from '../history/issue-history.ts';
import type { Issue } from '../issues/issue.ts';
import type { ChildResource } from '../resource.ts';
import {
  type ApiObject,
  type Entry,
  entriesOf,
  type Link,
  numberedEntriesOf,
  type Stream,
  type StreamName,
} from '../stream.ts';
import type { Comment } from './comment.ts';
import { commentsRereadFrom, openComments } from './comment-reading.ts';

const commentRows: Stream<Comment> = {
  name: 'issue_comments',
  selectedByDefault: false,
  elsewhere: ['changeLog', 'stars', 'notifications'],
};

const OF_COMMENT: Link = { column: 'comment_id', field: 'id' };

const changeLog: Stream<Comment> = {
  name: 'issue_comment_change_log',
  selectedByDefault: false,
  partOf: OF_COMMENT,
  entries: (comment) => numberedEntriesOf(comment.fields.changeLog, parentsOf(comment)),
};

function partOfComment(
  name: StreamName,
  listOf: (comment: Comment) => readonly ApiObject[] | null | undefined,
): Stream<Comment> {
  return {
    name,
    selectedByDefault: false,
    partOf: OF_COMMENT,
    entries: (comment) => entriesOf(listOf(comment.fields), parentsOf(comment)),
  };
}

function parentsOf({ fields, parents }: Entry<Comment>) {
  return { ...parents, comment_id: fields.id };
}

/**
 * https://developer.nulab.com/docs/backlog/api/2/get-comment-list/; the API has them by issue only. Writing a comment
 * moves `updated` of its issue, so the walk of changed issues finds the issues with new ones.
 */
export const comments: ChildResource<Issue, Comment> = {
  name: 'issue_comments',
  partOf: { column: 'issue_id', field: 'id' },
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'new comments of changed issues, and edits among the newest hundred of each',
    deletions:
      'what a changed issue with fewer than 100 comments has lost; all within the days of `reread_comments_days`',
    requests: '1 per changed issue and further 100 new comments, beside those of `issues`',
  },
  streams: [
    commentRows,
    changeLog,
    partOfComment('issue_comment_stars', (comment) => comment.stars),
    partOfComment('issue_comment_notifications', (comment) => comment.notifications),
  ],
  children: [issueHistory],
  rereadFrom: commentsRereadFrom,
  open: openComments,
};
