import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, standingClock } from '../asker.ts';

const clock = standingClock(Date.UTC(2026, 4, 1));

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ clock, budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

const ask = async (path: string) => (await asker(sandbox)(path)).body;

test('a new project has lists of its own, and the four statuses that all have', async () => {
  const { id } = sandbox.world.createProject({ projectKey: 'NEW_1', name: '新規', settings: { useWiki: false } });
  expect(await ask('/projects/NEW_1')).toMatchObject({ id, name: '新規', useWiki: false, archived: false });
  const statuses = (await ask(`/projects/${id}/statuses`)) as { id: number; projectId: number }[];
  expect(statuses.map((status) => status.id).slice(0, 4)).toEqual([1, 2, 3, 4]);
  for (const { projectId } of statuses) expect(projectId).toBe(id);
  const { keyId } = sandbox.world.createIssue({ projectId: id, summary: '最初' });
  expect(keyId).toBe(1);
  expect((await ask('/issues/NEW_1-1')).issueType.projectId).toBe(id);
});

test('a project with a new key has its issues under it', async () => {
  sandbox.world.updateProject(102, { projectKey: 'MOON', name: 'Moon', settings: { archived: true } });
  expect(await ask('/issues/MOON-1')).toMatchObject({ issueKey: 'MOON-1', projectId: 102 });
  expect((await asker(sandbox)('/issues/ROCKET-1')).status).toBe(404);
  expect(await ask('/projects?archived=true')).toMatchObject([{ projectKey: 'MOON' }, { projectKey: 'OLD_SITE' }]);
});

test('people and teams come and change', async () => {
  const { id } = sandbox.world.createUser({ name: '新人 👶', userId: 'rookie' });
  expect(await ask(`/users/${id}`)).toMatchObject({ name: '新人 👶', userId: 'rookie', roleType: 2 });
  sandbox.world.updateUser(id, { name: '中堅' });
  const team = sandbox.world.createTeam({ name: 't', memberIds: [id] });
  sandbox.world.updateTeam(team.id, { name: 'T2' });
  expect(await ask(`/teams/${team.id}`)).toMatchObject({ name: 'T2', members: [{ id, name: '中堅' }] });
});

test('new entries of the project lists are shown and used', async () => {
  const { world } = sandbox;
  const type = world.addIssueType(101, { name: '調査' });
  const category = world.addCategory(101, { name: '運用' });
  const list = { items: [{ id: 1, name: '甲', displayOrder: 0 }], allowAddItem: true, allowInput: false };
  const field = world.addCustomField(101, { name: '種別', typeId: 5, list });
  const { id } = world.createIssue({
    projectId: 101,
    summary: 's',
    issueTypeId: type.id,
    categoryIds: [category.id],
    customFields: [{ id: field.id, value: [1] }],
  });
  const issue = await ask(`/issues/${id}`);
  expect(issue).toMatchObject({ issueType: { name: '調査' }, category: [{ name: '運用' }] });
  expect(issue.customFields.at(-1)).toEqual({ id: field.id, fieldTypeId: 5, name: '種別', value: list.items[0] });
  world.updateIssueType(101, type.id, { name: '研究' });
  expect((await ask(`/issues/${id}`)).issueType.name).toBe('研究');
});

test('every editable field shows in the change log under the name that the API gives it', async () => {
  const { world } = sandbox;
  const parentIssueId = world.issues.idOfKey(101, 1) ?? 0;
  const { id } = world.createIssue({ projectId: 101, summary: 's', issueTypeId: 101001 });
  world.updateIssue(id, {
    description: 'd',
    issueTypeId: 101002,
    versionIds: [101200],
    milestoneIds: [101201],
    priorityId: 2,
    resolutionId: 0,
    startDate: '2026-05-01',
    estimatedHours: 1.5,
    actualHours: 2,
    parentIssueId,
    customFields: [
      { id: 101302, value: 12.5 },
      { id: 101307, value: [], otherValue: '別' },
    ],
  });
  const [comment] = await ask(`/issues/${id}/comments`);
  const changes = comment.changeLog.map(({ field, newValue }: Record<string, unknown>) => [field, newValue]);
  expect(changes).toEqual([
    ['description', 'd'],
    ['issueType', 'バグ'],
    ['version', '2023年版'],
    ['milestone', '2024年版'],
    ['priority', '高'],
    ['resolution', '対応済み'],
    ['startDate', '2026-05-01'],
    ['estimatedHours', '1.5'],
    ['actualHours', '2'],
    ['parentIssue', 'SAKURA-1'],
    ['工数係数 / Factor', '12.5'],
    ['契約 / Contract', '別'],
  ]);
});

test('external links, moved documents, webhooks and the notice of the space', async () => {
  const { world } = sandbox;
  const { id } = world.createIssue({ projectId: 101, summary: 's' });
  const link = world.addExternalLink(id, { type: 'drive', url: 'https://example.test/?a=1&b=2', title: '表' });
  expect((await ask(`/issues/${id}`)).externalFileLinks).toMatchObject([
    { id: link.id, title: '表', createdUser: { id: 5001 } },
  ]);
  const [parent, child] = ['p', 'c'].map((title) => world.createDocument({ projectId: 101, title, plain: '' }));
  const count = (await ask('/documents/count?projectIdOrKey=101')).count as number;
  world.moveDocument(child?.id ?? '', parent?.id ?? null);
  expect((await ask('/documents/count?projectIdOrKey=101')).count).toBe(count);
  const { children } = (await ask('/documents/tree?projectIdOrKey=101')).activeTree;
  expect(children.find((node: { id: string }) => node.id === parent?.id).children).toMatchObject([{ id: child?.id }]);
  const webhook = world.createWebhook({ projectId: 101, name: 'w', hookUrl: 'https://example.test/w' });
  world.updateWebhook(webhook.id, { name: 'w2' });
  expect(await ask(`/projects/101/webhooks/${webhook.id}`)).toMatchObject({ name: 'w2', allEvent: true });
  world.changeSpaceNotification('お知らせ');
  expect(await ask('/space/notification')).toEqual({ content: 'お知らせ', updated: '2026-05-01T00:00:00Z' });
});

test('what is not there cannot be changed', () => {
  const { world } = sandbox;
  expect(() => world.updateWiki(1, {})).toThrow('no wiki 1');
  expect(() => world.deleteCategory(101, 1)).toThrow('no category 1');
  expect(() => world.joinProject(999, 5001)).toThrow('no project 999');
  expect(() => world.updateIssue(0, {})).toThrow('no issue 0');
});
