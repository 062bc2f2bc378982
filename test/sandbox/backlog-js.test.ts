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
  sandbox = await startSandbox({ budgets: { read: 1e6, search: 1e6, icon: 1e6 } });
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

describe('what else the space holds', () => {
  const owner = 5001;

  test('getSpaceNotification, getSpaceDiskUsage, getLicence, getSpaceIcon', async () => {
    expect((await backlog.getSpaceNotification()).content).toBe(sandbox.world.notice.content);
    const usage = await backlog.getSpaceDiskUsage();
    expect(usage.details.map(({ projectId }) => projectId)).toEqual([101, 102, 103]);
    expect(usage.issue).toBe(usage.details.reduce((sum, { issue }) => sum + issue, 0));
    expect(await backlog.getProjectsDiskUsage(101)).toEqual(usage.details[0]);
    expect(await backlog.getLicence()).toMatchObject({ active: true, attribute: true, git: true });
    expect(await backlog.getSpaceIcon()).toMatchObject({ filename: 'logo.png' });
  });

  test('getTeams, getTeam, getProjectTeams, getTeamIcon, getUserIcon, getProjectIcon', async () => {
    const teams = await backlog.getTeams();
    expect(idsOf(teams)).toEqual([...sandbox.world.teams.keys()].reverse());
    expect(await backlog.getTeam(teams[0]?.id ?? 0)).toEqual(teams[0]);
    expect(idsOf(await backlog.getProjectTeams(101))).toEqual(sandbox.world.projects.get(101)?.teamIds);
    expect(await backlog.getTeamIcon(teams[0]?.id ?? 0)).toMatchObject({ filename: expect.stringContaining('team') });
    expect(await backlog.getUserIcon(owner)).toMatchObject({ filename: 'user_5001.png' });
    expect(await backlog.getProjectIcon(101)).toMatchObject({ filename: 'project_101.png' });
    expect(sandbox.requests.filter(({ rateClass }) => rateClass === 'icon').length).toBeGreaterThanOrEqual(2);
  });

  test('getWebhooks, getWebhook', async () => {
    const webhooks = await backlog.getWebhooks(102);
    expect(webhooks).toMatchObject([{ allEvent: true }, { allEvent: false, activityTypeIds: [12] }]);
    expect(await backlog.getWebhook(102, String(webhooks[0]?.id))).toEqual(webhooks[0]);
  });

  test('getUserStars, getUserStarsCount', async () => {
    const received: number[] = [];
    for (const { id } of await backlog.getUsers()) {
      const stars = await backlog.getUserStars(id, { count: 100, order: 'asc' });
      expect(await backlog.getUserStarsCount(id, {})).toEqual({ count: stars.length });
      received.push(...idsOf(stars));
    }
    const { world } = sandbox;
    const comments = issues.flatMap(({ id }) => world.issues.history(id)?.comments ?? []);
    const starred = [...issues, ...comments, ...world.wikis.values(), ...world.pullRequests.values()];
    expect(new Set(received)).toEqual(new Set(idsOf(starred.flatMap(({ stars }) => stars))));
    expect(received.length).toBe(new Set(received).size);
  });

  test('getNotifications, getNotificationsCount', async () => {
    const notifications = await backlog.getNotifications({ count: 100 });
    expect(await backlog.getNotificationsCount({} as never)).toEqual({ count: notifications.length });
    const comments = issues.flatMap(({ id }) => sandbox.world.issues.history(id)?.comments ?? []);
    const told = comments.flatMap((comment) => comment.notifications).filter(({ userId }) => userId === owner);
    for (const { id } of told) expect(idsOf(notifications)).toContain(id);
    expect(notifications.find(({ reason }) => reason === 1)?.issue).toMatchObject({ summary: expect.any(String) });
  });

  test('getWatchingListItems, getWatchingListCount, getWatchingListItem', async () => {
    const watchings = await backlog.getWatchingListItems(owner, { count: 100 });
    expect(watchings).toHaveLength(6);
    expect(await backlog.getWatchingListCount(owner)).toEqual({ count: 6 });
    expect(await backlog.getWatchingListItem(watchings[0]?.id ?? 0)).toEqual(watchings[0]);
    const times = watchings.map(({ lastContentUpdated }) => lastContentUpdated);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('getRecentlyViewedIssues, getRecentlyViewedProjects, getRecentlyViewedWikis', async () => {
    expect(await backlog.getRecentlyViewedIssues({})).toHaveLength(6);
    const projects = await backlog.getRecentlyViewedProjects({});
    expect(projects.map(({ project }) => project.id)).toEqual([103, 102, 101]);
    expect(await backlog.getRecentlyViewedWikis({})).toMatchObject([{ page: { id: expect.any(Number) } }, {}]);
  });
});

describe('wikis', () => {
  test('getWikis, getWikisCount, getWikisTags, getWiki', async () => {
    const pages = [...sandbox.world.wikis.values()].filter(({ projectId }) => projectId === 101);
    const listed = await backlog.getWikis({ projectIdOrKey: 101 });
    expect(idsOf(listed)).toEqual(idsOf(pages));
    expect(listed[0]).not.toHaveProperty('content');
    expect(await backlog.getWikisCount(101)).toEqual({ count: pages.length });
    const tags = pages.flatMap((page) => page.tags);
    expect(new Set(idsOf(await backlog.getWikisTags(101)))).toEqual(new Set(idsOf(tags)));
    expect(await backlog.getWiki(pages[0]?.id ?? 0)).toMatchObject({ content: pages[0]?.content });
  });

  test('getWikisHistory, getWikisAttachments, getWikiAttachment, getWikisSharedFiles, getWikisStars', async () => {
    const pages = [...sandbox.world.wikis.values()];
    const rewritten = pages.find(({ versions }) => versions.length > 2);
    const history = await backlog.getWikisHistory(rewritten?.id ?? 0, { order: 'asc' });
    expect(history.map(({ pageId, version }) => [pageId, version]).slice(0, 2)).toEqual([
      [rewritten?.id, 1],
      [rewritten?.id, 2],
    ]);
    expect(history.at(-1)?.content).toBe(rewritten?.content);
    const attached = pages.find(({ attachments }) => attachments.length > 0);
    const [attachment] = await backlog.getWikisAttachments(attached?.id ?? 0);
    expect(await backlog.getWikiAttachment(attached?.id ?? 0, attachment?.id ?? 0)).toMatchObject({
      filename: attachment?.name,
    });
    const linked = pages.find(({ sharedFileIds }) => sharedFileIds.length > 0);
    expect(idsOf(await backlog.getWikisSharedFiles(linked?.id ?? 0))).toEqual(linked?.sharedFileIds);
    const starred = pages.find(({ stars }) => stars.length > 0);
    expect(idsOf(await backlog.getWikisStars(starred?.id ?? 0))).toEqual(idsOf(starred?.stars ?? []));
  });
});

describe('documents', () => {
  test('getDocuments, getDocument, getDocumentTree, downloadDocumentAttachment', async () => {
    const documents = await backlog.getDocuments({ offset: 0, count: 100, sort: 'created', order: 'asc' } as never);
    const active = [...sandbox.world.documents.values()].filter(({ trashed }) => !trashed);
    expect(new Set(documents.map(({ id }) => id))).toEqual(new Set(active.map(({ id }) => id)));
    expect(await backlog.getDocument(documents[0]?.id ?? '')).toEqual(documents[0]);
    expect(await backlog.getDocumentTree('SAKURA')).toMatchObject({ projectId: 101, activeTree: { id: 'Active' } });
    const attached = active.find(({ attachments }) => attachments.length > 0);
    const file = await backlog.downloadDocumentAttachment(attached?.id ?? '', attached?.attachments[0]?.id ?? 0);
    expect(file).toMatchObject({ filename: '計画 𠮷.pdf' });
  });
});

describe('files and git', () => {
  test('getSharedFiles, getSharedFile', async () => {
    const seen: number[] = [];
    const walk = async (path: string): Promise<void> => {
      for (const { id, type, name } of await backlog.getSharedFiles(101, path, {})) {
        seen.push(id);
        if (type === 'directory') await walk(`${path}${encodeURIComponent(name)}/`);
      }
    };
    await walk('');
    const files = [...sandbox.world.sharedFiles.values()].filter(({ projectId }) => projectId === 101);
    expect(new Set(seen)).toEqual(new Set(idsOf(files)));
    const nested = files.find(({ dir, type }) => dir.split('/').length > 2 && type === 'file');
    expect(await backlog.getSharedFile(101, nested?.id ?? 0)).toMatchObject({ filename: nested?.name });
  });

  test('getGitRepositories, getGitRepository, getPullRequests, getPullRequestsCount, getPullRequest', async () => {
    const repositories = await backlog.getGitRepositories('SAKURA');
    expect(repositories.map(({ name }) => name)).toEqual(['app', 'infra-tools']);
    expect(await backlog.getGitRepository('SAKURA', 'app')).toEqual(repositories[0]);
    const pulls = await backlog.getPullRequests('SAKURA', 'app', { count: 100 });
    const own = [...sandbox.world.pullRequests.values()].filter(({ projectId }) => projectId === 101);
    expect(idsOf(pulls)).toEqual(idsOf(own).reverse());
    expect(await backlog.getPullRequestsCount('SAKURA', 'app', {})).toEqual({ count: own.length });
    const merged = await backlog.getPullRequests('SAKURA', 'app', { statusId: [3] } as never);
    expect(idsOf(merged)).toEqual(idsOf(own.filter(({ statusId }) => statusId === 3)).reverse());
    const linked = pulls.find(({ issue }) => issue !== null);
    expect(Object.keys(linked?.issue ?? {})).toEqual(['id']);
    const detail = await backlog.getPullRequest('SAKURA', 'app', linked?.number ?? 0);
    expect(detail.issue).toMatchObject({ id: linked?.issue?.id, summary: expect.any(String) });
  });

  test('getPullRequestComments, getPullRequestCommentsCount, getPullRequestAttachments, getPullRequestAttachment', async () => {
    const pulls = [...sandbox.world.pullRequests.values()];
    const talked = pulls.find(({ comments }) => comments.some(({ place }) => place !== null));
    const at = [talked?.projectId ?? 0, String(talked?.repositoryId), talked?.number ?? 0] as const;
    const comments = await backlog.getPullRequestComments(...at, { order: 'asc' });
    expect(idsOf(comments)).toEqual(idsOf(talked?.comments ?? []));
    expect(comments).toContainEqual(expect.objectContaining({ filePath: 'src/画面.ts', position: 14 }));
    expect(await backlog.getPullRequestCommentsCount(...at)).toEqual({ count: comments.length });
    const attached = pulls.find(({ attachments }) => attachments.length > 0);
    const place = [attached?.projectId ?? 0, String(attached?.repositoryId), attached?.number ?? 0] as const;
    const [attachment] = await backlog.getPullRequestAttachments(...place);
    expect(await backlog.getPullRequestAttachment(...place, attachment?.id ?? 0)).toMatchObject({
      filename: 'before & after.png',
    });
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
