import { type DatedRow, newRows } from '../new-rows.ts';
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
import { type PullRequest, parentsOf, pathOf } from './pull-request.ts';

type PullRequestComment = DatedRow & {
  readonly changeLog?: readonly ApiObject[] | null;
  readonly stars?: readonly ApiObject[] | null;
  readonly notifications?: readonly ApiObject[] | null;
};

const OF_COMMENT: Link = { column: 'comment_id', field: 'id' };

function partOfComment(
  name: StreamName,
  listOf: (comment: PullRequestComment) => readonly ApiObject[] | null | undefined,
): Stream<PullRequestComment> {
  return {
    name,
    selectedByDefault: false,
    partOf: OF_COMMENT,
    entries: (comment) => entriesOf(listOf(comment.fields), inComment(comment)),
  };
}

const changeLog: Stream<PullRequestComment> = {
  name: 'pull_request_comment_change_log',
  selectedByDefault: false,
  partOf: OF_COMMENT,
  entries: (comment) => numberedEntriesOf(comment.fields.changeLog, inComment(comment)),
};

function inComment({ fields, parents }: Entry<PullRequestComment>) {
  return { ...parents, comment_id: fields.id };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-pull-request-comment/; a change is a comment with a change log. */
export const pullRequestComments: ChildResource<PullRequest, PullRequestComment> = {
  name: 'pull_request_comments',
  partOf: { column: 'pull_request_id', field: 'id' },
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'new comments of changed pull requests, and edits among the newest hundred of each',
    deletions: 'what a changed pull request with fewer than 100 comments has lost',
    requests: '1 per changed pull request and further 100 new comments, beside those of `pull_requests`',
  },
  streams: [
    { name: 'pull_request_comments', selectedByDefault: false, elsewhere: ['changeLog', 'stars', 'notifications'] },
    changeLog,
    partOfComment('pull_request_comment_stars', ({ stars }) => stars),
    partOfComment('pull_request_comment_notifications', ({ notifications }) => notifications),
  ],
  open(reader, cursor, own) {
    const comments = newRows<PullRequestComment>(reader, cursor, own);
    return {
      concerns: () => true,
      read: ({ fields: pull }) =>
        comments.read(
          (maxId, count) => reader.get(`${pathOf(pull)}/comments`, { order: 'desc', maxId, count }),
          parentsOf(pull),
        ),
      details: comments.details,
    };
  },
};
