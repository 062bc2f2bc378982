import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody, standingClock } from '../asker.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

const statuses = async (...paths: readonly string[]) => {
  const seen: number[] = [];
  for (const path of paths) seen.push((await asker(sandbox)(path)).status);
  return seen;
};

test('a rule hits the nth matching request, so many times, and no other path', async () => {
  sandbox.faults.add({ path: '/issues/*', nth: 2, times: 2, fault: { kind: 'status', status: 503 } });
  const issue = '/issues/SAKURA-1';
  expect(await statuses(issue, '/projects', issue, issue, issue, '/issues')).toEqual([200, 200, 503, 503, 200, 200]);
});

test('a status comes with an error body; 429 with code 13', async () => {
  sandbox.faults.add({ fault: { kind: 'status', status: 500 } });
  sandbox.faults.add({ nth: 2, fault: { kind: 'status', status: 429 } });
  const ask = asker(sandbox);
  expect((await ask('/space')).body).toEqual(errorBody(1));
  const refused = await ask('/space');
  expect(refused.body).toEqual(errorBody(13));
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await ask('/space')).status).toBe(200);
});

test('a reset cuts the connection without an answer', async () => {
  sandbox.faults.add({ path: '/space', fault: { kind: 'reset' } });
  await expect(asker(sandbox)('/space')).rejects.toThrow('fetch failed');
  expect(sandbox.requests.at(-1)?.status).toBe(0);
});

test('a truncated body ends before its announced length', async () => {
  sandbox.faults.add({ path: '/issues', fault: { kind: 'truncate' } });
  await expect(asker(sandbox)('/issues')).rejects.toThrow('terminated');
});

test('an HTML page stands in for the body', async () => {
  sandbox.faults.add({ fault: { kind: 'html' } });
  const { status, headers, text } = await asker(sandbox)('/space');
  expect(status).toBe(503);
  expect(headers.get('content-type')).toMatch('text/html');
  expect(text).toMatch(/^<!DOCTYPE html>/);
});

test('a wrong body can be anything', async () => {
  sandbox.faults.add({ fault: { kind: 'body', body: '{"surprise":true}' } });
  expect((await asker(sandbox)('/issues')).body).toEqual({ surprise: true });
});

test('a slow answer is the right one', async () => {
  const clock = standingClock(0);
  const slow = await startSandbox({ clock, faults: [{ fault: { kind: 'slow', milliseconds: 90_000 } }] });
  expect((await asker(slow)('/space')).body.spaceKey).toBe('sandbox');
  expect(clock.now()).toBe(90_000);
  await slow.close();
});

test('a change happens between two requests', async () => {
  const change = { kind: 'change', action: 'createIssue', arguments: [{ projectId: 101, summary: '途中' }] } as const;
  sandbox.faults.add({ path: '/issues/count', nth: 2, fault: change });
  const count = async () => (await asker(sandbox)('/issues/count')).body.count as number;
  const first = await count();
  expect([await count(), await count()]).toEqual([first + 1, first + 1]);
});

test('cleared rules do nothing', async () => {
  sandbox.faults.add({ times: Number.POSITIVE_INFINITY, fault: { kind: 'status', status: 502 } });
  expect(await statuses('/space')).toEqual([502]);
  sandbox.faults.clear();
  expect(await statuses('/space')).toEqual([200]);
});
