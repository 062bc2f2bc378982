import { ACTIVITY } from './activity.ts';
import { issueCommentedContent } from './activity-content.ts';
import type { Authorship } from './authorship.ts';
import { changeLogOf } from './change-log.ts';
import { appendComment } from './comment-mutations.ts';
import type { ChangeLogEntry, IssueFields, IssueRecord } from './issue.ts';
import { type NewIssue, writeIssue } from './issue-mutations.ts';
import { historyOf, logActivity, namesOf, now, type WorldData } from './world-data.ts';

/** Many issues of one project at once, of which the feed tells in one entry. */
export interface BulkMutations {
  createIssues(issues: readonly NewIssue[]): readonly IssueRecord[];
  updateIssues(ids: readonly number[], changes: Partial<IssueFields>): readonly IssueRecord[];
  /** Somebody is told of a comment that is there already. */
  notifyOfComment(issueId: number, commentId: number, userIds: readonly number[]): void;
}

export function bulkMutations(data: WorldData): BulkMutations {
  return {
    createIssues: (given) => {
      const issues = given.map((issue) => writeIssue(data, issue));
      tell(data, ACTIVITY.issuesCreated, issues, { link: issues.map(link) });
      return issues;
    },
    updateIssues: (ids, changes) => updateIssues(data, ids, changes),
    notifyOfComment: (issueId, commentId, userIds) => notify(data, issueId, commentId, userIds),
  };
}

function updateIssues(data: WorldData, ids: readonly number[], changes: Partial<IssueFields>): readonly IssueRecord[] {
  const edits = ids.map((id) => edit(data, id, changes));
  const issues = edits.map(({ issue }) => issue);
  const changeLog = edits.flatMap((each) => each.changeLog);
  const onlyDates =
    changeLog.length > 0 && changeLog.every(({ field }) => field === 'startDate' || field === 'limitDate');
  tell(data, onlyDates ? ACTIVITY.issueDatesUpdated : ACTIVITY.issuesUpdated, issues, {
    comment: { content: '' },
    link: edits.map(({ issue, commentId }) => ({ ...link(issue), comment: { id: commentId, content: '' } })),
    changes: newValues(changeLog),
  });
  return issues;
}

function edit(data: WorldData, id: number, changes: Partial<IssueFields>) {
  const { issue: before, comments } = historyOf(data, id);
  const after = { ...before, ...changes };
  const changeLog = changeLogOf(before, after, namesOf(data, before.projectId));
  data.issues.save({ issue: after, comments });
  const { id: commentId } = appendComment(data, id, {}, changeLog);
  return { issue: historyOf(data, id).issue, changeLog, commentId };
}

/** Without old values, which differ from issue to issue; days with slashes, as Backlog was seen to write them here. */
function newValues(changeLog: readonly ChangeLogEntry[]) {
  const values = new Map(changeLog.map(({ field, newValue }) => [field, newValue ?? '']));
  return [...values].map(([field, value]) => ({
    field,
    new_value: /^\d{4}-\d\d-\d\d$/.test(value) ? value.replaceAll('-', '/') : value,
    type: 'standard',
  }));
}

function link({ id, keyId, summary }: IssueRecord) {
  return { id, key_id: keyId, title: summary };
}

function tell(
  data: WorldData,
  type: typeof ACTIVITY.issuesCreated | typeof ACTIVITY.issuesUpdated | typeof ACTIVITY.issueDatesUpdated,
  issues: readonly IssueRecord[],
  content: Readonly<Record<string, unknown>>,
  { createdUserId = data.space.ownerId }: Authorship = {},
): void {
  const [first] = issues;
  if (first === undefined) return;
  const id = data.ids.next('bulk');
  logActivity(data, {
    projectId: first.projectId,
    type,
    content: { tx_id: id, ...content },
    createdUserId,
    created: now(data),
  });
}

function notify(data: WorldData, issueId: number, commentId: number, userIds: readonly number[]): void {
  const { issue, comments } = historyOf(data, issueId);
  const told = userIds.map((userId) => ({
    id: data.ids.next('notification'),
    userId,
    reason: 2,
    alreadyRead: false,
    resourceAlreadyRead: false,
  }));
  const changed = comments.map((comment) =>
    comment.id === commentId ? { ...comment, notifications: [...comment.notifications, ...told] } : comment,
  );
  data.issues.save({ issue, comments: changed });
  const comment = changed.find(({ id }) => id === commentId);
  if (comment === undefined) throw new RangeError(`no comment ${commentId}`);
  logActivity(data, {
    projectId: issue.projectId,
    type: ACTIVITY.commentNotified,
    content: issueCommentedContent(issue, comment),
    createdUserId: data.space.ownerId,
    created: now(data),
  });
}
