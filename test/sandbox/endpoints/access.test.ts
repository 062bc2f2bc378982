import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;
/** A guest, who is in the first project only, and a member who leads no project. */
let guest: number;
let member: number;

beforeAll(async () => {
  sandbox = await startSandbox();
  const users = [...sandbox.world.users.values()];
  guest = users.at(-1)?.id ?? 0;
  member = users.at(3)?.id ?? 0;
});

afterAll(() => sandbox.close());

test('the list of users is for administrators and project administrators', async () => {
  expect((await asker(sandbox)('/users')).body).toHaveLength(8);
  expect((await asker(sandbox, 5002)('/users')).body).toHaveLength(8);
  expect(await asker(sandbox, member)('/users')).toMatchObject({ status: 403, body: errorBody(5) });
});

test('only joined projects are listed, and all of them to an administrator who asks', async () => {
  const keys = async (userId: number | undefined, query = '') =>
    (await asker(sandbox, userId)(`/projects${query}`)).body.map(
      ({ projectKey }: { projectKey: string }) => projectKey,
    );
  expect(await keys(guest)).toEqual(['SAKURA']);
  expect(await keys(guest, '?all=true')).toEqual(['SAKURA']);
  expect(await keys(undefined, '?all=true')).toEqual(['SAKURA', 'ROCKET', 'OLD_SITE']);
  expect(await keys(undefined, '?archived=true')).toEqual(['OLD_SITE']);
  expect(await keys(undefined, '?archived=false')).toEqual(['SAKURA', 'ROCKET']);
});

test('what is in a project that one has not joined does not exist', async () => {
  const ask = asker(sandbox, guest);
  const hidden = sandbox.world.issues.idOfKey(102, 1);
  const paths = ['/projects/ROCKET', '/projects/102/statuses', `/issues/${hidden}`, '/issues/ROCKET-1/comments'];
  for (const path of paths) expect(await ask(path)).toMatchObject({ status: 404, body: errorBody(6) });
  expect((await ask('/issues/count')).body.count).toBe(50);
  const { body } = await ask('/space/activities?count=100');
  for (const { project } of body) expect(project.id).toBe(101);
});

test.each([
  '/issues/0',
  '/issues/SAKURA-99999',
  '/issues/SAKURA',
  '/projects/NOPE',
  '/projects/0',
  '/users/1',
  '/users/x',
  '/issues/SAKURA-1/comments/1',
  '/activities/999999999',
])('%s is answered with 404 and code 6', async (path) => {
  expect(await asker(sandbox)(path)).toMatchObject({ status: 404, body: errorBody(6) });
});

test('ids and keys name the same', async () => {
  const ask = asker(sandbox);
  const id = sandbox.world.issues.idOfKey(101, 7);
  expect((await ask('/issues/SAKURA-7')).text).toBe((await ask(`/issues/${id}`)).text);
  expect((await ask('/projects/SAKURA')).text).toBe((await ask('/projects/101')).text);
});
