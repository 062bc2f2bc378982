import { Backlog } from 'backlog-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueBody } from '../../src/sandbox/bodies/issue-body.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueRecord } from '../../src/sandbox/world/issue.ts';

/**
 * Nulab's own client against the sandbox. It speaks https to any host; its documented `fetch` option is where a
 * program puts its own transport, and here that is plain http on the loopback address. Nothing else is replaced.
 */
let sandbox: Sandbox;
let backlog: Backlog;
let issues: readonly IssueRecord[];

beforeAll(async () => {
  sandbox = await startSandbox({ budgets: { read: 1e6, search: 1e6 } });
  const host = new URL(sandbox.url).host;
  const plainly: typeof fetch = (url, init) => fetch(String(url).replace(/^https:/, 'http:'), init);
  backlog = new Backlog({ host, apiKey: sandbox.apiKey, fetch: plainly });
  issues = [...sandbox.world.issues.heads()].flatMap(({ id }) => sandbox.world.issues.get(id) ?? []);
});

afterAll(() => sandbox.close());

const pick = (test: (issue: IssueRecord) => boolean): IssueRecord => {
  const issue = issues.find(test);
  if (issue === undefined) throw new Error('the demo space has no such issue');
  return issue;
};
const idsOf = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);
const view = () => ({ data: sandbox.world, viewer: [...sandbox.world.users.values()][0] as never });

describe('the space', () => {
  test('getSpace, getPriorities, getResolutions, getRateLimit', async () => {
    expect(await backlog.getSpace()).toMatchObject({ spaceKey: 'sandbox', timezone: 'Asia/Tokyo', ownerId: 5001 });
    expect(idsOf(await backlog.getPriorities())).toEqual([2, 3, 4]);
    expect(idsOf(await backlog.getResolutions())).toEqual([0, 1, 2, 3, 4]);
    expect((await backlog.getRateLimit()).rateLimit.search.limit).toBe(1e6);
  });

  test('getUsers, getUser, getMyself', async () => {
    const users = await backlog.getUsers();
    expect(idsOf(users)).toEqual([...sandbox.world.users.keys()]);
    expect(await backlog.getUser(5004)).toEqual(users[3]);
    expect(await backlog.getMyself()).toEqual(users[0]);
  });

  test('getSpaceActivities, getUserActivities, getProjectActivities', async () => {
    const activities = await backlog.getSpaceActivities({ activityTypeId: [1], count: 100, order: 'asc' });
    expect(activities.map(({ content }) => (content as { id: number }).id)).toEqual(idsOf(issues).slice(0, 100));
    const [own] = await backlog.getUserActivities(5002, { count: 1 });
    expect(own?.createdUser.id).toBe(5002);
    const [rocket] = await backlog.getProjectActivities('ROCKET', { count: 1 });
    expect(rocket?.project.projectKey).toBe('ROCKET');
  });
});

describe('projects', () => {
  test('getProjects, getProject', async () => {
    const projects = await backlog.getProjects();
    expect(projects.map(({ projectKey }) => projectKey)).toEqual(['SAKURA', 'ROCKET', 'OLD_SITE']);
    expect(await backlog.getProjects({ archived: true })).toEqual([projects[2]]);
    expect(await backlog.getProject('SAKURA')).toEqual(projects[0]);
  });

  test('getProjectStatuses, getIssueTypes, getCategories, getVersions, getCustomFields', async () => {
    const masters = sandbox.world.masters.get(102);
    expect(await backlog.getProjectStatuses(102)).toEqual(masters?.statuses);
    expect(await backlog.getIssueTypes(102)).toEqual(masters?.issueTypes);
    expect(await backlog.getCategories(102)).toEqual(masters?.categories);
    expect(idsOf(await backlog.getVersions('ROCKET'))).toEqual(idsOf(masters?.versions ?? []));
    expect((await backlog.getVersions(102))[1]).toMatchObject({
      name: 'Release 2024',
      startDate: '2024-04-01T00:00:00Z',
    });
    const fields = await backlog.getCustomFields(102);
    expect(fields.map(({ typeId }) => typeId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1]);
    expect(fields[3]).toMatchObject({ min: '2023-01-01T00:00:00Z', initialDate: { id: 2, shift: 7, date: null } });
    expect(fields[6]).toMatchObject({ allowInput: true, items: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  });

  test('getProjectUsers, getProjectAdministrators', async () => {
    const project = sandbox.world.projects.get(101);
    expect(idsOf(await backlog.getProjectUsers(101))).toEqual(project?.memberIds);
    expect(idsOf(await backlog.getProjectAdministrators(101))).toEqual(project?.administratorIds);
  });
});

describe('issues', () => {
  test('getIssues gives whole issues, page by page', async () => {
    const pages = [0, 100].map((offset) => backlog.getIssues({ sort: 'created', order: 'asc', count: 100, offset }));
    const all = (await Promise.all(pages)).flat();
    expect(all).toEqual(issues.map((issue) => issueBody(view(), issue)));
  });

  test('getIssues with lists, days and custom fields', async () => {
    const filtered = await backlog.getIssues({
      projectId: [102],
      statusId: [1, 2],
      createdSince: '2024-01-01',
      count: 100,
    });
    expect(filtered.length).toBeGreaterThan(5);
    for (const { projectId, status } of filtered) expect([projectId, [1, 2].includes(status.id)]).toEqual([102, true]);
    const severe = await backlog.getIssues({ customField_101304: [1, 3], count: 100 } as never);
    expect(severe.length).toBeGreaterThan(3);
    for (const { customFields } of severe) {
      const chosen = customFields.find(({ id }) => id === 101304)?.value as { id: number };
      expect([1, 3]).toContain(chosen.id);
    }
  });

  test('getIssuesCount, getIssue', async () => {
    expect(await backlog.getIssuesCount({ projectId: [101] })).toEqual({ count: 50 });
    const parent = pick(({ id }) => issues.some(({ parentIssueId }) => parentIssueId === id));
    const issue = await backlog.getIssue(parent.id, { expand: ['childIssueSummary'] } as never);
    const children = issues.filter(({ parentIssueId }) => parentIssueId === parent.id);
    expect(issue).toMatchObject({
      summary: parent.summary,
      childIssueSummary: { total: children.length, closed: children.filter(({ statusId }) => statusId === 4).length },
    });
  });

  test('getIssueComments, getIssueComment, getIssueCommentsCount, getIssueCommentNotifications', async () => {
    const comments = issues.flatMap(({ id }) => sandbox.world.issues.history(id)?.comments ?? []);
    const told = comments.find(({ notifications }) => notifications.length > 0);
    if (told === undefined) throw new Error('nobody was told of anything');
    const listed = await backlog.getIssueComments(told.issueId, { order: 'asc', count: 100 });
    expect(idsOf(listed)).toEqual(idsOf(comments.filter(({ issueId }) => issueId === told.issueId)));
    expect(await backlog.getIssueCommentsCount(told.issueId)).toEqual({ count: listed.length });
    const comment = await backlog.getIssueComment(told.issueId, told.id);
    expect(listed).toContainEqual(comment);
    expect(await backlog.getIssueCommentNotifications(told.issueId, told.id)).toEqual(comment.notifications);
  });

  test('getIssueAttachments, getIssueAttachment', async () => {
    const issue = pick(({ attachments }) => attachments.length > 0);
    const [attachment] = await backlog.getIssueAttachments(issue.id);
    expect(attachment).toMatchObject({ name: '画面キャプチャ 1.png', size: issue.attachments[0]?.size });
    const file = await backlog.getIssueAttachment(issue.id, attachment?.id ?? 0);
    expect(file).toMatchObject({ filename: '画面キャプチャ 1.png' });
  });

  test('getIssueParticipants, getIssueSharedFiles, getRelatedIssues', async () => {
    const issue = pick(({ sharedFileIds }) => sharedFileIds.length > 0);
    expect(idsOf(await backlog.getIssueParticipants(issue.id))).toContain(issue.createdUserId);
    expect(await backlog.getIssueSharedFiles(issue.id)).toMatchObject([{ id: issue.sharedFileIds[0], type: 'file' }]);
    expect(await backlog.getRelatedIssues(issue.id)).toEqual([]);
  });

  test('what is missing is refused in the way that the client understands', async () => {
    await expect(backlog.getIssue('SAKURA-9999')).rejects.toMatchObject({ name: 'BacklogApiError', status: 404 });
    const stranger = new Backlog({
      host: new URL(sandbox.url).host,
      apiKey: 'wrong',
      fetch: (url, init) => fetch(String(url).replace('https', 'http'), init),
    });
    await expect(stranger.getSpace()).rejects.toMatchObject({ name: 'BacklogAuthError', status: 401 });
  });
});
