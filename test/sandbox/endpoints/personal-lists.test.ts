import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, standingClock } from '../asker.ts';

const NOON = Date.UTC(2026, 4, 1, 3, 0, 0);
const clock = standingClock(NOON);

let sandbox: Sandbox;

beforeEach(async () => {
  clock.set(NOON);
  sandbox = await startSandbox({ clock, budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

const ask = async (path: string, userId = 5008) => (await asker(sandbox, userId)(path)).body;
const idsOf = (rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

test('what one looked at last comes first, each thing once', async () => {
  const [one, two] = [1, 2].map((key) => sandbox.world.issues.idOfKey(101, key) ?? 0) as [number, number];
  for (const id of [one, two, one]) {
    clock.set(clock.now() + 1000);
    sandbox.world.viewIssue(5008, id);
  }
  const viewed = await ask('/users/myself/recentlyViewedIssues');
  expect(viewed).toMatchObject([
    { issue: { id: one }, updated: '2026-05-01T03:00:03Z' },
    { issue: { id: two }, updated: '2026-05-01T03:00:02Z' },
  ]);
  expect(await ask('/users/myself/recentlyViewedIssues?order=asc&count=1')).toMatchObject([{ issue: { id: two } }]);
  sandbox.world.deleteIssue(two);
  expect(await ask('/users/myself/recentlyViewedIssues')).toHaveLength(1);
  const page = [...sandbox.world.wikis.values()].find(({ projectId }) => projectId === 101);
  sandbox.world.viewWiki(5008, page?.id ?? 0);
  sandbox.world.viewProject(5008, 101);
  expect(await ask('/users/myself/recentlyViewedWikis')).toMatchObject([{ page: { id: page?.id } }]);
  sandbox.world.leaveProject(101, 5008);
  for (const list of ['Issues', 'Wikis', 'Projects'])
    expect(await ask(`/users/myself/recentlyViewed${list}`)).toEqual([]);
});

test('watchings are ordered by what happened to their issues, or by their own times', async () => {
  const [one, two] = ['a', 'b'].map((summary) => sandbox.world.createIssue({ projectId: 101, summary }).id) as [
    number,
    number,
  ];
  const first = sandbox.world.watchIssue(5008, one, '注目');
  clock.set(NOON + 1000);
  const second = sandbox.world.watchIssue(5008, two);
  clock.set(NOON + 2000);
  sandbox.world.addComment(one, { content: 'c' });
  expect(idsOf(await ask('/users/5008/watchings'))).toEqual([first.id, second.id]);
  expect(idsOf(await ask('/users/5008/watchings?sort=created'))).toEqual([second.id, first.id]);
  expect(await ask(`/users/5008/watchings?issueId[]=${one}`)).toMatchObject([
    { id: first.id, note: '注目', type: 'issue', issue: { id: one }, lastContentUpdated: '2026-05-01T03:00:02Z' },
  ]);
  expect(await ask('/users/5008/watchings?resourceAlreadyRead=true')).toEqual([]);
  sandbox.world.deleteIssue(one);
  expect(await ask('/users/5008/watchings/count')).toEqual({ count: 1 });
});

test('notices of comments, of pull requests and of other things are one list by id', async () => {
  const { world } = sandbox;
  const issue = world.createIssue({ projectId: 101, summary: 's' });
  const [pull] = [...world.pullRequests.values()].filter(({ projectId }) => projectId === 101);
  const comment = world.addComment(issue.id, { content: 'c', createdUserId: 5002, notifiedUserIds: [5008] });
  const remark = world.addPullRequestComment(pull?.id ?? 0, {
    content: 'p',
    createdUserId: 5003,
    notifiedUserIds: [5008],
  });
  const document = world.createDocument({ projectId: 101, title: 'd', plain: 'p' });
  const reply = world.addDocumentComment(document.id, { plain: 'r' });
  const about = { documentId: document.id, documentCommentId: reply.id };
  world.notify({ userId: 5008, reason: 14, projectId: 101, about });
  const latest = await ask('/notifications?count=3');
  expect(latest).toMatchObject([
    { reason: 14, document: { id: document.id }, documentComment: { id: reply.id }, issue: null, sender: { id: 5001 } },
    { reason: 11, pullRequest: { id: pull?.id }, pullRequestComment: { id: remark.id }, sender: { id: 5003 } },
    { reason: 2, issue: { id: issue.id }, comment: { id: comment.id }, pullRequest: null, sender: { id: 5002 } },
  ]);
  const ids = idsOf(latest);
  expect(ids).toEqual([...ids].sort((one, other) => other - one));
  expect(idsOf(await ask(`/notifications?order=asc&minId=${ids[1]}`))).toEqual([ids[1], ids[0]]);
  expect(await ask('/notifications?senderId=5003&count=1')).toMatchObject([{ id: ids[1] }]);
});

test('read notifications are told apart', async () => {
  sandbox.world.notify({ userId: 5008, reason: 9, projectId: 101, about: {} });
  const unread = async () => (await ask('/notifications/count?alreadyRead=false')).count as number;
  const before = await unread();
  sandbox.world.markNotificationsRead(5008);
  expect(await unread()).toBe(before - 1);
  expect((await ask('/notifications/count?alreadyRead=true&resourceAlreadyRead=false')).count).toBeGreaterThan(0);
});

test('received stars are counted by day in the zone of the space', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's', createdUserId: 5008 });
  clock.set(Date.UTC(2026, 4, 1, 15, 0, 0));
  sandbox.world.starIssue(id, 5002);
  const count = async (query: string) => (await ask(`/users/5008/stars/count${query}`)).count as number;
  expect(await count('?since=2026-05-02')).toBe(1);
  expect(await count('?since=2026-05-01&until=2026-05-01')).toBe(0);
});
