import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ apiKey: 'key-of-the-owner' });
});

afterAll(() => sandbox.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${sandbox.url}${path}`, { headers });

test('the key is taken from the header', async () => {
  const response = await get('/api/v2/users/myself', { 'Backlog-API-Key': 'key-of-the-owner' });
  expect(await response.json()).toMatchObject({ id: 5001, userId: 'hoshino', roleType: 1 });
});

test('the key is taken from the query', async () => {
  const response = await get('/api/v2/users/myself?apiKey=key-of-the-owner');
  expect(response.status).toBe(200);
});

test('each user has a key of his own', async () => {
  const [, second] = [...sandbox.world.users.values()];
  const { body } = await asker(sandbox, second?.id)('/users/myself');
  expect(body.id).toBe(second?.id);
});

test.each([undefined, 'another', 'key-of-the-owner-77'])('key %s is refused with 401 and code 11', async (key) => {
  const response = await get('/api/v2/users/myself', key === undefined ? {} : { 'Backlog-API-Key': key });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual(errorBody(11));
});

test.each(['/api/v2/nothing', '/api/v2/issues/SAKURA-1/nothing', '/api/v1/space', '/'])(
  '%s is not served',
  async (path) => {
    const response = await get(path, { 'Backlog-API-Key': 'key-of-the-owner' });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual(errorBody(6));
  },
);

test('a path that is not properly encoded is not served', async () => {
  const { status } = await asker(sandbox)('/projects/%E0%A4%A');
  expect(status).toBe(404);
});

test('the log holds what was asked, without the key', async () => {
  await get('/api/v2/issues?count=1&apiKey=key-of-the-owner');
  expect(sandbox.requests.at(-1)).toMatchObject({
    method: 'GET',
    path: '/issues',
    query: 'count=1',
    rateClass: 'search',
    status: 200,
    userId: 5001,
  });
});

test('login ids and mail addresses are shown to administrators and to oneself only', async () => {
  const [owner, second] = [...sandbox.world.users.values()];
  const { body } = await asker(sandbox, second?.id)(`/users/${owner?.id}`);
  expect(body).toMatchObject({ name: owner?.name, userId: null, mailAddress: '' });
  const { body: own } = await asker(sandbox, second?.id)('/users/myself');
  expect(own).toMatchObject({ userId: second?.userId, mailAddress: second?.mailAddress });
});
