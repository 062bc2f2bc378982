import { ACTIVITY } from './activity.ts';
import { issueCommentedContent } from './activity-content.ts';
import type { Authorship } from './authorship.ts';
import { noticeEntry } from './change-log.ts';
import type { ChangeLogEntry, CommentRecord, IssueHistory } from './issue.ts';
import type { Star } from './records.ts';
import { commentUrl } from './web-address.ts';
import { historyOf, logActivity, now, projectOf, type WorldData } from './world-data.ts';

export interface CommentText extends Authorship {
  readonly content?: string | null;
  readonly notifiedUserIds?: readonly number[];
}

export interface CommentMutations {
  /** Moves the issue's `updated` to the comment's time. */
  addComment(issueId: number, comment: CommentText): CommentRecord;
  /** Moves the comment's `updated`, not the issue's. No activity tells of it. */
  updateComment(issueId: number, commentId: number, content: string): CommentRecord;
  /** Leaves no trace at all, not even in the issue's `updated`. */
  deleteComment(issueId: number, commentId: number): void;
  starComment(issueId: number, commentId: number, presenterId?: number): Star;
}

export function commentMutations(data: WorldData): CommentMutations {
  return {
    addComment: (issueId, comment) => addComment(data, issueId, comment),
    updateComment: (issueId, commentId, content) =>
      changeComment(data, issueId, commentId, (comment) => ({ ...comment, content, updated: now(data) })),
    deleteComment: (issueId, commentId) => deleteComment(data, issueId, commentId),
    starComment: (issueId, commentId, presenterId = data.space.ownerId) =>
      starComment(data, issueId, commentId, presenterId),
  };
}

/** Writes the comment under the issue, without telling the feed. */
export function appendComment(
  data: WorldData,
  issueId: number,
  text: CommentText,
  changeLog: readonly ChangeLogEntry[],
): CommentRecord {
  const { issue, comments } = historyOf(data, issueId);
  const created = text.created ?? now(data);
  const told = text.notifiedUserIds ?? [];
  const comment: CommentRecord = {
    id: data.ids.next('comment'),
    projectId: issue.projectId,
    issueId,
    content: text.content ?? null,
    changeLog: [...changeLog, ...told.map((id) => noticeEntry(data.users.get(id)?.name))],
    createdUserId: text.createdUserId ?? data.space.ownerId,
    created,
    updated: text.updated ?? created,
    stars: [],
    notifications: told.map((userId) => ({
      id: data.ids.next('notification'),
      userId,
      reason: 2,
      alreadyRead: false,
      resourceAlreadyRead: false,
    })),
  };
  data.issues.save({
    issue: { ...issue, updated: Math.max(issue.updated, created), updatedUserId: comment.createdUserId },
    comments: [...comments, comment],
  });
  return comment;
}

function addComment(data: WorldData, issueId: number, text: CommentText): CommentRecord {
  const comment = appendComment(data, issueId, text, []);
  if (text.created === undefined) {
    const { issue } = historyOf(data, issueId);
    const content = issueCommentedContent(issue, comment);
    const { createdUserId, created, projectId } = comment;
    logActivity(data, { projectId, type: ACTIVITY.issueCommented, content, createdUserId, created });
  }
  return comment;
}

function deleteComment(data: WorldData, issueId: number, commentId: number): void {
  const history = historyOf(data, issueId);
  findComment(history, commentId);
  data.issues.save({ ...history, comments: history.comments.filter(({ id }) => id !== commentId) });
}

function starComment(data: WorldData, issueId: number, commentId: number, presenterId: number): Star {
  const { issue } = historyOf(data, issueId);
  const star = {
    id: data.ids.next('star'),
    comment: null,
    url: commentUrl(projectOf(data, issue.projectId).projectKey, issue.keyId, commentId),
    title: issue.summary,
    presenterId,
    created: now(data),
  };
  changeComment(data, issueId, commentId, (comment) => ({ ...comment, stars: [...comment.stars, star] }));
  return star;
}

function changeComment(
  data: WorldData,
  issueId: number,
  commentId: number,
  change: (comment: CommentRecord) => CommentRecord,
): CommentRecord {
  const history = historyOf(data, issueId);
  const changed = change(findComment(history, commentId));
  const comments = history.comments.map((comment) => (comment.id === commentId ? changed : comment));
  data.issues.save({ ...history, comments });
  return changed;
}

function findComment(history: IssueHistory, commentId: number): CommentRecord {
  const comment = history.comments.find(({ id }) => id === commentId);
  if (comment === undefined) throw new RangeError(`no comment ${commentId}`);
  return comment;
}
