import { expect, test } from 'vitest';
import { json, startServer } from './fake-server.ts';
import { API_KEY, failureOf, openClient } from './open-client.ts';

const moved = (location: string) => (_: unknown, response: import('node:http').ServerResponse) =>
  response.writeHead(302, { location }).end();

test.each(['header', 'query'] as const)('the key in the %s is never taken to another host', async (keyIn) => {
  const other = await startServer((_, response) => json(response, ['stolen']));
  const server = await startServer(moved(`${other.url}/api/v2/space?apiKey=${API_KEY}`));
  const failure = await failureOf(openClient({ url: server.url, keyIn }).get('/space'));
  expect(failure).toMatchObject({ code: 'backlog.redirected', recovery: 'configuration' });
  expect(failure.text.en).toContain(`127.0.0.1:${other.port}`);
  expect(failure.text.en).not.toContain(API_KEY);
  expect(other.seen).toEqual([]);
  expect(server.seen).toHaveLength(1);
});

test('a redirect within the API is followed', async () => {
  const server = await startServer((request, response) => {
    if (request.url?.startsWith('/api/v2/old')) moved('/api/v2/new?x=1&apiKey=left')(request, response);
    else json(response, request.headers['backlog-api-key'] ?? 'unsigned');
  });
  expect(await openClient({ url: server.url }).get('/old')).toBe(API_KEY);
  expect(await openClient({ url: server.url, keyIn: 'query' }).get('/old')).toBe('unsigned');
  expect(server.seen.filter((path) => path.startsWith('/api/v2/new'))).toEqual([
    '/api/v2/new?x=1',
    `/api/v2/new?x=1&apiKey=${API_KEY}`,
  ]);
});

test.each([
  ['/LoginDisplay.action', 'backlog.redirected', 1],
  ['/api/v2/space', 'backlog.unexpected-answer', 4],
  ['http://', 'backlog.unexpected-answer', 1],
])('a redirect to %s ends with %s', async (location, code, requests) => {
  const server = await startServer(moved(location));
  expect((await failureOf(openClient({ url: server.url }).get('/space'))).code).toBe(code);
  expect(server.seen).toHaveLength(requests);
});
