import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ExactNumber } from '../../src/message/value.ts';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { PATIENTLY } from '../patiently.ts';
import { type Answerer, apiError, json, startServer } from './fake-server.ts';
import { API_KEY, failureOf, openClient } from './open-client.ts';
import { SimulatedClock } from './simulated-clock.ts';

test('reads the decoded body, with lists spelt as Backlog reads them', async () => {
  const server = await startServer((_, response) => json(response, [{ id: 1, summary: '課題🍣' }]));
  const client = openClient({ url: server.url });
  const query = { projectId: [1, 2], count: 100, sort: undefined };
  expect(await client.get('/issues', query)).toEqual([{ id: 1, summary: '課題🍣' }]);
  expect(server.seen).toEqual(['/api/v2/issues?projectId%5B%5D=1&projectId%5B%5D=2&count=100']);
  expect(client.usage).toMatchObject({ requests: { read: 1, search: 1, icon: 0, update: 0 }, refused: 0, retries: 0 });
  expect(client.host).toBe(`127.0.0.1:${server.port}`);
});

test('says who it is and sends the key in the header only', async () => {
  const headers: unknown[] = [];
  const server = await startServer((request, response) => {
    headers.push(request.headers['backlog-api-key'], request.headers['user-agent']);
    json(response, []);
  });
  await openClient({ url: server.url }).get('/users');
  await openClient({ url: server.url, userAgent: 'acme-reports/2' }).get('/users');
  const own = expect.stringMatching(/^backlog-sync\/\d+\.\d+\.\d+ \(\+node v\d+[.\d]+\)$/);
  expect(headers).toEqual([API_KEY, own, API_KEY, 'acme-reports/2']);
  expect(server.seen).toEqual(['/api/v2/users', '/api/v2/users']);
});

test('sends the key in the query when told to', async () => {
  const server = await startServer((request, response) => json(response, request.headers['backlog-api-key'] ?? null));
  const client = openClient({ url: server.url, apiKey: 'a+b/c', keyIn: 'query' });
  expect(await client.get('/users')).toBeNull();
  await client.get('/issues', { count: 1 });
  expect(server.seen).toEqual(['/api/v2/users?apiKey=a%2Bb%2Fc', '/api/v2/issues?count=1&apiKey=a%2Bb%2Fc']);
});

test('unpacks gzip, keeps every digit and reads an empty answer as nothing', async () => {
  const server = await startServer((request, response) => {
    if (request.url === '/api/v2/space') return response.writeHead(204).end();
    response.writeHead(200, { 'content-encoding': 'gzip' });
    return response.end(gzipSync('{"id":12345678901234567890,"hours":0.1234567890123456789,"n":1.5}'));
  });
  const client = openClient({ url: server.url });
  expect(await client.get('/issues/1')).toEqual({
    id: 12345678901234567890n,
    hours: new ExactNumber('0.1234567890123456789'),
    n: 1.5,
  });
  expect(await client.get('/space')).toBeUndefined();
});

test('the sizes of the allowances are asked for once, and only where the answers do not tell them', async () => {
  const asked: string[] = [];
  const server = await startServer(
    (_, response) => json(response, asked.push('other')),
    (_, response) => json(response, asked.push('rateLimit')),
  );
  const client = openClient({ url: server.url });
  expect(asked).toEqual([]);
  await Promise.all([client.get('/users'), client.get('/space')]);
  expect(asked).toEqual(['other', 'rateLimit', 'other']);
});

test('answers that tell their allowance cost no request beside them', async () => {
  const asked: string[] = [];
  const headers = { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '599', 'x-ratelimit-reset': '2000000000' };
  const server = await startServer(
    (_, response) => json(response, [], 200, headers),
    (_, response) => json(response, asked.push('rateLimit')),
  );
  const client = openClient({ url: server.url });
  await Promise.all([client.get('/users'), client.get('/issues')]);
  expect(asked).toEqual([]);
});

test('knows the time at the server', async () => {
  const clock = new SimulatedClock();
  const date = new Date(clock.now() + 600_000).toUTCString();
  const answer: Answerer = (_, response) => json(response, [], 200, { date });
  const server = await startServer(answer, answer);
  const client = openClient({ url: server.url }, { clock });
  expect(client.serverTime()).toBe(clock.now());
  await client.get('/users');
  expect(client.serverTime()).toBe(clock.now() + 600_500);
});

describe('tries again', () => {
  const faults: Readonly<Record<string, Answerer>> = {
    'a cut connection': (_, response) => response.destroy(),
    'a body that breaks off': (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('[{"id":1},');
      setImmediate(() => response.destroy());
    },
    'a body that is no JSON': (_, response) => response.end('[{"id":1},'),
    'a page in place of the answer': (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><p>Maintenance'),
    'a page with status 502': (_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>'),
    'an answer of the API that it failed': (_, response) => apiError(response, 500, 1, 'Internal Error'),
    'status 503 without a body': (_, response) => response.writeHead(503).end(),
    'gzip that breaks off': (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[1]').subarray(0, 12)),
  };
  test.each(Object.entries(faults))('after %s', async (_, fault) => {
    let left = 2;
    const server = await startServer((request, response) => {
      left -= 1;
      if (left < 0) json(response, [1]);
      else fault(request, response);
    });
    const lines: LogLine[] = [];
    const client = openClient({ url: server.url }, { log: createLogger('info', (line) => lines.push(line)) });
    expect(await client.get('/issues')).toEqual([1]);
    expect(client.usage).toMatchObject({ requests: { search: 3 }, retries: 2 });
    expect(lines.map(({ text }) => text.en)).toEqual([
      expect.stringMatching(/; trying again in 0\.0 s \(try 2 of 5\)$/),
      expect.stringMatching(/; trying again in 0\.0 s \(try 3 of 5\)$/),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/error|exception/i);
  });
});

test.each([
  ['backlog.server-failed', 500, 5],
  ['backlog.key-refused', 401, 1],
  ['backlog.forbidden', 403, 1],
  ['backlog.not-found', 404, 1],
  ['backlog.bad-request', 400, 1],
])('gives up with %s after status %i and %i tries', async (code, status, tries) => {
  const server = await startServer((_, response) => response.writeHead(status).end());
  const failure = await failureOf(openClient({ url: server.url }).get('/issues'));
  expect({ code: failure.code, path: failure.path }).toEqual({ code, path: '/issues' });
  expect(server.seen).toHaveLength(tries);
});

test('waits a minute after a refusal that says no more, and gives up after ten refusals', async () => {
  const clock = new SimulatedClock();
  const start = clock.now();
  const server = await startServer((_, response) => {
    response.sendDate = false;
    response.writeHead(429).end();
  });
  const client = openClient({ url: server.url }, { clock });
  const failure = await clock.until(failureOf(client.get('/issues')));
  expect({ code: failure.code, recovery: failure.recovery }).toEqual({
    code: 'backlog.rate-limited',
    recovery: 'retryable',
  });
  expect(server.seen).toHaveLength(10);
  expect(client.usage).toMatchObject({ refused: 10, retries: 9 });
  expect(clock.now() - start).toBeGreaterThanOrEqual(9 * 60_000);
});

test('a request under way, or waiting for its next try, can be called off', async () => {
  const server = await startServer((request, response) => {
    if (request.url === '/api/v2/space') response.writeHead(500).end();
  });
  const client = openClient({ url: server.url }, { random: () => 0.999 });
  for (const path of ['/issues', '/space']) {
    const controller = new AbortController();
    const isCalledOff = expect(client.get(path, {}, controller.signal)).rejects.toThrow('enough');
    await expect.poll(() => server.seen, PATIENTLY).toContain(`/api/v2${path}`);
    controller.abort(new Error('enough'));
    await isCalledOff;
  }
  await expect(client.get('/issues', {}, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
});

test('can be called off while the sizes of the allowances are being asked for', async () => {
  const controller = new AbortController();
  const server = await startServer(
    (_, response) => json(response, []),
    () => controller.abort(new Error('enough')),
  );
  const reading = openClient({ url: server.url }).get('/issues', {}, controller.signal);
  await expect(reading).rejects.toThrow('enough');
  expect(server.seen).toEqual(['/api/v2/issues']);
});

test('a hundred requests on one signal leave nothing behind on it', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.name);
  process.on('warning', listen);
  const server = await startServer((_, response) => json(response, []));
  const client = openClient({ url: server.url });
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 100 }, () => client.get('/issues', {}, signal)));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a closed client turns requests away', async () => {
  const server = await startServer(() => undefined);
  const client = openClient({ url: server.url });
  const reading = failureOf(client.get('/issues'));
  await expect.poll(() => server.seen.length, PATIENTLY).toBe(1);
  await client.close();
  expect((await reading).code).toBe('backlog.closed');
  expect((await failureOf(client.get('/issues'))).code).toBe('backlog.closed');
});

test.each([
  [{ budgetShare: 0 }, 'budgetShare'],
  [{ budgetShare: 1.1 }, 'budgetShare'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ timeoutSeconds: Number.NaN }, 'timeoutSeconds'],
])('refuses the setting %j', async (setting, path) => {
  const failure = await failureOf(Promise.resolve().then(() => openClient({ url: '127.0.0.1:1', ...setting })));
  expect({ code: failure.code, path: failure.path }).toEqual({ code: 'backlog.bad-setting', path });
});

test.each(['', 'two words', 'line\nbreak', 'キー'])('refuses the key %j', async (apiKey) => {
  const failure = await failureOf(Promise.resolve().then(() => openClient({ url: '127.0.0.1:1', apiKey })));
  expect(failure.code).toBe('backlog.bad-key');
});
