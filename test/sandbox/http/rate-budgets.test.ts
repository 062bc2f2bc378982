import { expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody, standingClock } from '../asker.ts';

const MINUTE = Date.UTC(2026, 0, 10, 12, 0, 0);

test('every answer tells the budget of its class, and the window ends with the minute', async () => {
  await using sandbox = await startSandboxAt(MINUTE + 20_000, { read: 600, search: 150 });
  const { headers } = await asker(sandbox)('/issues?count=1');
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-ratelimit-limit': '150',
    'x-ratelimit-remaining': '149',
    'x-ratelimit-reset': String(MINUTE / 1000 + 60),
    date: 'Sat, 10 Jan 2026 12:00:20 GMT',
  });
  const refused = await asker(sandbox)('/issues/NO-1');
  expect(refused.headers.get('x-ratelimit-limit')).toBe('600');
});

test('searches are the four expensive reads', async () => {
  await using sandbox = await startSandboxAt(MINUTE, {});
  const ask = asker(sandbox);
  for (const path of ['/issues', '/issues/count', '/issues/SAKURA-1', '/projects']) await ask(path);
  expect(sandbox.requests.map(({ rateClass }) => rateClass)).toEqual(['search', 'search', 'read', 'read']);
});

test('a spent budget is refused with 429 and code 13 until the window ends; other classes go on', async () => {
  await using sandbox = await startSandboxAt(MINUTE, { search: 2 });
  const ask = asker(sandbox);
  await ask('/issues/count');
  await ask('/issues/count');
  const refused = await ask('/issues/count');
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual(errorBody(13));
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await ask('/projects')).status).toBe(200);
  sandbox.clock.set(MINUTE + 59_999);
  expect((await ask('/issues/count')).status).toBe(429);
  sandbox.clock.set(MINUTE + 60_000);
  expect((await ask('/issues/count')).status).toBe(200);
});

test('users have budgets of their own', async () => {
  await using sandbox = await startSandboxAt(MINUTE, { read: 1 });
  expect((await asker(sandbox)('/projects')).status).toBe(200);
  expect((await asker(sandbox)('/projects')).status).toBe(429);
  expect((await asker(sandbox, 5002)('/projects')).status).toBe(200);
});

test('/rateLimit tells all four', async () => {
  await using sandbox = await startSandboxAt(MINUTE, { icon: 7 });
  const ask = asker(sandbox);
  await ask('/issues/count');
  const { body } = await ask('/rateLimit');
  const reset = MINUTE / 1000 + 60;
  expect(body).toEqual({
    rateLimit: {
      read: { limit: 600, remaining: 599, reset },
      search: { limit: 150, remaining: 149, reset },
      icon: { limit: 7, remaining: 7, reset },
      update: { limit: 150, remaining: 150, reset },
    },
  });
});

test('in scaled windows the end is told with a fraction', async () => {
  await using sandbox = await startSandboxAt(MINUTE + 100, {}, 0.25);
  const { headers } = await asker(sandbox)('/space');
  expect(headers.get('x-ratelimit-reset')).toBe(String(MINUTE / 1000 + 0.25));
});

test('a wrong clock shows in the date and in the end of the window', async () => {
  await using sandbox = await startSandboxAt(MINUTE, {});
  sandbox.skew(3600);
  const { headers } = await asker(sandbox)('/space');
  expect(headers.get('date')).toBe('Sat, 10 Jan 2026 13:00:00 GMT');
  expect(headers.get('x-ratelimit-reset')).toBe(String(MINUTE / 1000 + 3660));
});

async function startSandboxAt(time: number, budgets: Record<string, number>, windowSeconds = 60) {
  const clock = standingClock(time);
  const sandbox = await startSandbox({ clock, budgets, windowSeconds });
  return { ...sandbox, clock, [Symbol.asyncDispose]: () => sandbox.close() };
}
