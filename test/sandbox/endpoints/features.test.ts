import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

const ask = (path: string, userId?: number) => asker(sandbox, userId)(path);
const REFUSED = { status: 403, body: errorBody(5) };
const HIDDEN = { status: 404, body: errorBody(6) };

test.each([
  ['useWiki', '/wikis?projectIdOrKey=SAKURA', '/wikis?projectIdOrKey=ROCKET'],
  ['useDocument', '/documents/tree?projectIdOrKey=SAKURA', '/documents/tree?projectIdOrKey=ROCKET'],
  ['useFileSharing', '/projects/SAKURA/files/metadata/', '/projects/ROCKET/files/metadata/'],
  ['useGit', '/projects/SAKURA/git/repositories', '/projects/ROCKET/git/repositories'],
])('%s off in a project refuses it there and nowhere else', async (setting, path, elsewhere) => {
  expect((await ask(path)).status).toBe(200);
  sandbox.world.updateProject(101, { settings: { [setting]: false } });
  expect(await ask(path)).toMatchObject(REFUSED);
  expect((await ask(elsewhere)).status).toBe(200);
  expect((await ask('/projects/101')).body[setting]).toBe(false);
});

test('documents of a project without documents are left out of the list, and refused by name', async () => {
  sandbox.world.updateProject(101, { settings: { useDocument: false } });
  const { body } = await ask('/documents?offset=0&count=100');
  expect(new Set(body.map(({ projectId }: { projectId: number }) => projectId))).toEqual(new Set([102, 103]));
  expect(await ask('/documents?offset=0&projectId[]=101')).toMatchObject(REFUSED);
});

test('git off in the plan refuses all repositories with the key of a message', async () => {
  sandbox.world.changeLicence({ git: false });
  const refused = await ask('/projects/ROCKET/git/repositories');
  expect(refused.body.errors).toEqual([{ message: 'msg.featureRestrictedError.git', code: 5, moreInfo: '' }]);
  expect((await ask('/space/licence')).body.git).toBe(false);
});

test('a plan without custom fields refuses their list and shows none in issues', async () => {
  sandbox.world.changeLicence({ attribute: false });
  expect(await ask('/projects/101/customFields')).toMatchObject({ status: 403, body: errorBody(2) });
  for (const { customFields } of (await ask('/issues?count=100')).body) expect(customFields).toEqual([]);
});

test('roles decide who may ask for what', async () => {
  const [owner, lead, member] = [5001, 5002, 5004];
  const guest = [...sandbox.world.users.keys()].at(-1);
  const table: readonly (readonly [string, readonly number[]])[] = [
    ['/users', [200, 200, 403, 403]],
    ['/teams', [200, 200, 403, 403]],
    ['/projects/SAKURA/webhooks', [200, 200, 403, 403]],
    ['/projects/SAKURA/diskUsage', [200, 403, 403, 403]],
    ['/space/diskUsage', [200, 403, 403, 403]],
    ['/projects/SAKURA/users', [200, 200, 200, 200]],
    ['/projects/ROCKET/users', [200, 200, 200, 404]],
    ['/space/licence', [200, 200, 200, 200]],
  ];
  for (const [path, expected] of table) {
    const seen = await Promise.all([owner, lead, member, guest].map((id) => ask(path, id)));
    expect([path, seen.map(({ status }) => status)]).toEqual([path, expected]);
  }
});

test('a change of role counts at once', async () => {
  sandbox.world.updateUser(5001, { roleType: 2 });
  sandbox.world.updateProject(101, { administratorIds: [] });
  expect((await ask('/users')).status).toBe(200);
  for (const id of [102, 103]) sandbox.world.updateProject(id, { administratorIds: [] });
  expect(await ask('/users')).toMatchObject(REFUSED);
});

test('who leaves a project sees nothing of it; an administrator still sees that it is there', async () => {
  const page = [...sandbox.world.wikis.values()].find(({ projectId }) => projectId === 102);
  const document = [...sandbox.world.documents.values()].find(({ projectId }) => projectId === 102);
  for (const teamId of sandbox.world.projects.get(102)?.teamIds ?? []) sandbox.world.removeProjectTeam(102, teamId);
  sandbox.world.leaveProject(102, 5001);
  const paths = ['/projects/102', '/issues/ROCKET-1', `/wikis/${page?.id}`, `/documents/${document?.id}`];
  const listed = ['/wikis?projectIdOrKey=102', '/documents?offset=0&projectId[]=102', '/issues?projectId[]=102'];
  for (const path of [...paths, ...listed, '/projects/102/activities']) expect(await ask(path)).toMatchObject(HIDDEN);
  const keys = async (query: string) =>
    (await ask(`/projects${query}`)).body.map(({ projectKey }: { projectKey: string }) => projectKey);
  expect(await keys('')).toEqual(['SAKURA', 'OLD_SITE']);
  expect(await keys('?all=true')).toEqual(['SAKURA', 'ROCKET', 'OLD_SITE']);
  expect((await ask('/issues/count')).body.count).toBe(100);
  sandbox.world.joinProject(102, 5001);
  expect((await ask('/issues/count')).body.count).toBe(150);
});

test('members of a team are members of its projects', async () => {
  const guest = [...sandbox.world.users.keys()].at(-1) ?? 0;
  expect((await ask('/projects/102', guest)).status).toBe(404);
  const team = sandbox.world.createTeam({ name: '客', memberIds: [guest] });
  sandbox.world.addProjectTeam(102, team.id);
  expect((await ask('/projects/102', guest)).status).toBe(200);
  const ids = async (query: string) =>
    (await ask(`/projects/102/users${query}`)).body.map(({ id }: { id: number }) => id) as number[];
  expect(await ids('')).toContain(guest);
  expect(await ids('?excludeGroupMembers=true')).not.toContain(guest);
});
