import { ACTIVITY } from './activity.ts';
import { issueCommentedContent, issueCreatedContent, issueDeletedContent } from './activity-content.ts';
import { type Authorship, stamp } from './authorship.ts';
import { changeLogOf } from './change-log.ts';
import { appendComment, type CommentText } from './comment-mutations.ts';
import type { IssueFields, IssueRecord } from './issue.ts';
import type { Star } from './records.ts';
import { issueUrl } from './web-address.ts';
import { historyOf, logActivity, mastersOf, namesOf, now, projectOf, type WorldData } from './world-data.ts';

export interface NewIssue extends Partial<IssueFields>, Authorship {
  readonly projectId: number;
  readonly summary: string;
}

export interface IssueMutations {
  createIssue(issue: NewIssue): IssueRecord;
  /** An edit is a comment with a change log, whether anything is said in it or not. */
  updateIssue(id: number, changes: Partial<IssueFields>, said?: CommentText): IssueRecord;
  deleteIssue(id: number): void;
  starIssue(id: number, presenterId?: number): Star;
}

export function issueMutations(data: WorldData): IssueMutations {
  return {
    createIssue: (issue) => createIssue(data, issue),
    updateIssue: (id, changes, said = {}) => updateIssue(data, id, changes, said),
    deleteIssue: (id) => deleteIssue(data, id),
    starIssue: (id, presenterId = data.space.ownerId) => starIssue(data, id, presenterId),
  };
}

function createIssue(data: WorldData, given: NewIssue): IssueRecord {
  const issue = writeIssue(data, given);
  if (given.created === undefined) {
    const { projectId, createdUserId, created } = issue;
    const content = issueCreatedContent(issue);
    logActivity(data, { projectId, type: ACTIVITY.issueCreated, content, createdUserId, created });
  }
  return issue;
}

/** Writes the issue, without telling the feed. */
export function writeIssue(data: WorldData, given: NewIssue): IssueRecord {
  const { projectId, createdUserId, created, updated, ...fields } = given;
  const author = stamp(data, given);
  const issue: IssueRecord = {
    ...EMPTY,
    issueTypeId: mastersOf(data, projectId).issueTypes[0]?.id ?? 0,
    ...fields,
    id: data.ids.next('issue'),
    projectId,
    keyId: data.issues.takeKeyId(projectId),
    createdUserId: author.createdUserId,
    created: author.created,
    updated: author.updated,
    updatedUserId: null,
  };
  data.issues.save({ issue, comments: [] });
  return issue;
}

function updateIssue(data: WorldData, id: number, changes: Partial<IssueFields>, said: CommentText): IssueRecord {
  const { issue: before, comments } = historyOf(data, id);
  const after = { ...before, ...changes };
  const changeLog = changeLogOf(before, after, namesOf(data, before.projectId));
  data.issues.save({ issue: after, comments });
  const comment = appendComment(data, id, { content: null, ...said }, changeLog);
  const { issue } = historyOf(data, id);
  if (said.created === undefined) {
    logActivity(data, {
      projectId: issue.projectId,
      type: comment.content === null ? ACTIVITY.issueUpdated : ACTIVITY.issueCommented,
      content: issueCommentedContent(issue, comment),
      createdUserId: comment.createdUserId,
      created: comment.created,
    });
  }
  return issue;
}

function deleteIssue(data: WorldData, id: number): void {
  const { issue } = historyOf(data, id);
  data.issues.delete(id);
  for (const related of issue.relatedIssueIds) unrelate(data, related, id);
  for (const watching of [...data.watchings.values()]) if (watching.issueId === id) data.watchings.delete(watching.id);
  for (const head of [...data.issues.heads()]) if (head.parentIssueId === id) orphan(data, head.id);
  logActivity(data, {
    projectId: issue.projectId,
    type: ACTIVITY.issueDeleted,
    content: issueDeletedContent(issue),
    createdUserId: data.space.ownerId,
    created: now(data),
  });
}

function unrelate(data: WorldData, id: number, gone: number): void {
  const { issue, comments } = historyOf(data, id);
  const relatedIssueIds = issue.relatedIssueIds.filter((each) => each !== gone);
  data.issues.save({ issue: { ...issue, relatedIssueIds }, comments });
}

function orphan(data: WorldData, id: number): void {
  const { issue, comments } = historyOf(data, id);
  data.issues.save({ issue: { ...issue, parentIssueId: null }, comments });
}

function starIssue(data: WorldData, id: number, presenterId: number): Star {
  const { issue, comments } = historyOf(data, id);
  const star = {
    id: data.ids.next('star'),
    comment: null,
    url: issueUrl(projectOf(data, issue.projectId).projectKey, issue.keyId),
    title: issue.summary,
    presenterId,
    created: now(data),
  };
  data.issues.save({ issue: { ...issue, stars: [...issue.stars, star] }, comments });
  return star;
}

const EMPTY = {
  description: '',
  resolutionId: null,
  priorityId: 3,
  statusId: 1,
  assigneeId: null,
  categoryIds: [],
  versionIds: [],
  milestoneIds: [],
  startDate: null,
  dueDate: null,
  estimatedHours: null,
  actualHours: null,
  parentIssueId: null,
  customFields: [],
  attachments: [],
  sharedFileIds: [],
  externalFileLinks: [],
  stars: [],
  relatedIssueIds: [],
} as const;
