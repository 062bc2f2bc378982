import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, stamp, touch } from './authorship.ts';
import type { CodePlace, PullRequest, PullRequestChange, PullRequestComment, PullRequestFields } from './git.ts';
import { PULL_REQUEST_STATUSES } from './git.ts';
import { repositoryMention } from './git-mutations.ts';
import { found } from './lookup.ts';
import type { Attachment, Star } from './records.ts';
import { pullRequestUrl } from './web-address.ts';
import { logActivity, now, projectOf, type WorldData } from './world-data.ts';

export interface NewPullRequest extends Partial<PullRequestFields>, Authorship {
  readonly repositoryId: number;
  readonly summary: string;
  readonly base?: string;
  readonly branch?: string;
}

export interface NewPullRequestComment extends Authorship {
  readonly content: string;
  readonly place?: CodePlace;
  readonly notifiedUserIds?: readonly number[];
}

export interface PullRequestMutations {
  createPullRequest(pull: NewPullRequest): PullRequest;
  /** An edit is a comment with a change log; status 2 closes, status 3 merges. */
  updatePullRequest(id: number, changes: Partial<PullRequestFields>, userId?: number): PullRequest;
  deletePullRequest(id: number): void;
  addPullRequestComment(id: number, comment: NewPullRequestComment): PullRequestComment;
  addPullRequestAttachment(id: number, file: { readonly name: string; readonly size: number }): Attachment;
  starPullRequest(id: number, presenterId?: number): Star;
}

export function pullRequestMutations(data: WorldData): PullRequestMutations {
  return {
    createPullRequest: (pull) => createPullRequest(data, pull),
    updatePullRequest: (id, changes, userId) => updatePullRequest(data, id, changes, userId),
    deletePullRequest: (id) => {
      const pull = found(data.pullRequests, id, 'pull request');
      data.pullRequests.delete(id);
      tell(data, ACTIVITY.pullRequestDeleted, { ...pull, ...touch(data, undefined) });
    },
    addPullRequestComment: (id, comment) => addComment(data, id, comment),
    addPullRequestAttachment: (id, file) => addAttachment(data, id, file),
    starPullRequest: (id, presenterId = data.space.ownerId) => starPullRequest(data, id, presenterId),
  };
}

function createPullRequest(data: WorldData, given: NewPullRequest): PullRequest {
  const { repositoryId, createdUserId, created, updated, ...fields } = given;
  const repository = found(data.repositories, repositoryId, 'repository');
  const id = data.ids.next('pullRequest');
  const number = repository.lastNumber + 1;
  data.repositories.set(repositoryId, { ...repository, lastNumber: number });
  const pull: PullRequest = {
    ...BLANK,
    branch: `feature/${id}`,
    baseCommit: commit(id, 'base'),
    branchCommit: commit(id, 'branch'),
    ...fields,
    id,
    projectId: repository.projectId,
    repositoryId,
    number,
    ...stamp(data, given),
  };
  data.pullRequests.set(id, pull);
  if (created === undefined) tell(data, ACTIVITY.pullRequestCreated, pull);
  return pull;
}

const BLANK = {
  description: '',
  statusId: 1,
  assigneeId: null,
  issueId: null,
  base: 'main',
  mergeCommit: null,
  closeAt: null,
  mergeAt: null,
  attachments: [],
  stars: [],
  comments: [],
} as const;

function updatePullRequest(
  data: WorldData,
  id: number,
  changes: Partial<PullRequestFields>,
  userId?: number,
): PullRequest {
  const before = found(data.pullRequests, id, 'pull request');
  const touched = touch(data, userId);
  const after = { ...before, ...changes, ...ending(before, changes, touched.updated), ...touched };
  const differences = CHANGES.filter(({ key }) => before[key] !== after[key]);
  const changeLog = differences.map(({ field, key }) => ({
    field,
    newValue: shown(key, after[key]),
    originalValue: shown(key, before[key]),
  }));
  const comment = newComment(data, touched.updatedUserId, touched.updated, { changeLog });
  const pull = { ...after, comments: [...before.comments, comment] };
  data.pullRequests.set(id, pull);
  const values = differences.map(({ field, key }) => ({
    field,
    new_value: String(after[key] ?? ''),
    old_value: String(before[key] ?? ''),
  }));
  tell(data, ACTIVITY.pullRequestUpdated, pull, { changes: values });
  return pull;
}

const CHANGES = [
  { field: 'summary', key: 'summary' },
  { field: 'description', key: 'description' },
  { field: 'status', key: 'statusId' },
  { field: 'assignee', key: 'assigneeId' },
  { field: 'dependentIssue', key: 'issueId' },
] as const;

function ending({ id, statusId: before }: PullRequest, { statusId }: Partial<PullRequestFields>, time: number) {
  if (statusId === undefined || statusId === before) return {};
  if (statusId === 3) return { mergeAt: time, mergeCommit: commit(id, 'merge') };
  return { closeAt: statusId === 2 ? time : null };
}

function shown(key: keyof PullRequestFields, value: string | number | null): string | null {
  if (key === 'statusId') return PULL_REQUEST_STATUSES.find(({ id }) => id === value)?.name ?? null;
  return value === null ? null : String(value);
}

function addComment(data: WorldData, id: number, given: NewPullRequestComment): PullRequestComment {
  const before = found(data.pullRequests, id, 'pull request');
  const { createdUserId, created, updatedUserId, updated } = stamp(data, given);
  const comment = newComment(data, createdUserId, created, given);
  const pull = { ...before, comments: [...before.comments, comment], updatedUserId, updated };
  data.pullRequests.set(id, pull);
  if (given.created === undefined)
    tell(data, ACTIVITY.pullRequestCommented, pull, { comment: { id: comment.id, content: given.content } });
  return comment;
}

interface CommentParts extends Partial<NewPullRequestComment> {
  readonly changeLog?: readonly PullRequestChange[];
}

function newComment(data: WorldData, userId: number, time: number, parts: CommentParts): PullRequestComment {
  return {
    id: data.ids.next('pullRequestComment'),
    content: parts.content ?? null,
    changeLog: parts.changeLog ?? [],
    place: parts.place ?? null,
    createdUserId: userId,
    created: time,
    updated: parts.updated ?? time,
    stars: [],
    notifications: (parts.notifiedUserIds ?? []).map((notified) => ({
      id: data.ids.next('notification'),
      userId: notified,
      reason: 11,
      alreadyRead: false,
      resourceAlreadyRead: false,
    })),
  };
}

function addAttachment(
  data: WorldData,
  id: number,
  file: { readonly name: string; readonly size: number },
): Attachment {
  const pull = found(data.pullRequests, id, 'pull request');
  const { createdUserId, created } = stamp(data, {});
  const attachment = { id: data.ids.next('attachment'), ...file, createdUserId, created };
  data.pullRequests.set(id, { ...pull, attachments: [...pull.attachments, attachment] });
  return attachment;
}

function starPullRequest(data: WorldData, id: number, presenterId: number): Star {
  const pull = found(data.pullRequests, id, 'pull request');
  const repository = found(data.repositories, pull.repositoryId, 'repository');
  const url = pullRequestUrl(projectOf(data, pull.projectId).projectKey, repository.name, pull.number);
  const star = {
    id: data.ids.next('star'),
    comment: null,
    url,
    title: pull.summary,
    presenterId,
    created: now(data),
  };
  data.pullRequests.set(id, { ...pull, stars: [...pull.stars, star] });
  return star;
}

function tell(
  data: WorldData,
  type: ActivityType,
  pull: PullRequest,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const { id, number, summary, description, updatedUserId, updated, projectId } = pull;
  const repository = repositoryMention(found(data.repositories, pull.repositoryId, 'repository'));
  const issue = pull.issueId === null ? null : issueMention(data, pull.issueId);
  const content = { id, number, summary, description, changes: [], ...more, issue, repository };
  logActivity(data, { projectId, type, content, createdUserId: updatedUserId, created: updated });
}

function issueMention(data: WorldData, id: number) {
  const issue = data.issues.get(id);
  return issue && { id, key_id: issue.keyId, summary: issue.summary, description: issue.description };
}

function commit(id: number, what: string): string {
  return Buffer.from(`${what} ${id}`).toString('hex').padEnd(40, '0').slice(0, 40);
}
