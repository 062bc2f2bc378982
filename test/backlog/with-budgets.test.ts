import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiRequest, Exchange } from '../../src/backlog/exchange.ts';
import { Gate } from '../../src/backlog/gate.ts';
import { ServerClock, withServerClock } from '../../src/backlog/server-clock.ts';
import { endOfRefusal, learnBudgets, withBudgets } from '../../src/backlog/with-budgets.ts';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { SimulatedSpace, type SpaceTraits } from './simulated-space.ts';

const request: ApiRequest = { path: '/issues', query: '', headers: {}, signal: undefined };

function budgeted(exchange: Exchange, clock: SimulatedClock, share: number, lines: LogLine[] = []) {
  const serverClock = new ServerClock(clock);
  const log = createLogger('info', (line) => lines.push(line));
  const gate = new Gate({ budgetShare: share, concurrency: 4, clock, serverClock, log });
  const timed = withServerClock(exchange, serverClock, clock);
  return { gate, send: withBudgets(timed, gate, async () => undefined) };
}

/** Sends `count` requests, eight of them waiting at any time, and tells how long that took. */
async function sendAll(send: Exchange, clock: SimulatedClock, count: number): Promise<number> {
  const start = clock.now();
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await send(request);
    }
  };
  await clock.until(Promise.all(Array.from({ length: 8 }, work)));
  return clock.now() - start;
}

/** The least time that `count` requests can take: the first window may have begun long ago. */
function leastTime(count: number, usable: number, windowSeconds: number): number {
  return Math.max(0, Math.ceil(count / usable) - 2) * windowSeconds * 1000;
}

describe('a long run', () => {
  const cases: readonly (readonly [string, SpaceTraits])[] = [
    ['the real sizes, whole seconds', { limit: 150, windowSeconds: 60, reset: 'seconds' }],
    ['windows that begin on demand', { limit: 150, windowSeconds: 60, windows: 'on demand', reset: 'seconds' }],
    ['a clock five minutes ahead', { limit: 150, windowSeconds: 60, skew: 300_400, reset: 'seconds' }],
    ['a clock seven minutes behind', { limit: 150, windowSeconds: 60, skew: -420_700, reset: 'seconds' }],
    ['windows scaled to a second', { limit: 150, windowSeconds: 1, latency: () => 1 }],
    ['slow answers', { limit: 150, windowSeconds: 60, latency: () => 150, reset: 'seconds' }],
  ];
  test.each(cases)('with %s is never refused and spends all it may', async (_, traits) => {
    const clock = new SimulatedClock();
    const space = new SimulatedSpace(clock, traits);
    const { send } = budgeted(space.exchange, clock, 0.9);
    const windows = 12;
    const time = await sendAll(send, clock, 135 * windows);
    expect({ served: space.served, refused: space.refused }).toEqual({ served: 135 * windows, refused: 0 });
    expect(time).toBeLessThanOrEqual(1.05 * windows * traits.windowSeconds * 1000);
    expect(time).toBeGreaterThanOrEqual(leastTime(135 * windows, 135, traits.windowSeconds));
  });
});

test('whatever the size, skew and latency, no request is refused as long as some of the allowance is left to others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        limit: fc.integer({ min: 10, max: 80 }),
        share: fc.constantFrom(0.1, 0.5, 0.8),
        skew: fc.integer({ min: -600_000, max: 600_000 }),
        windows: fc.constantFrom('aligned' as const, 'on demand' as const),
        latencies: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 7 }),
        start: fc.integer({ min: 0, max: 59_999 }),
      }),
      async ({ limit, share, skew, windows, latencies, start }) => {
        const clock = new SimulatedClock(Date.UTC(2026, 0, 5) + start);
        let turn = 0;
        const latency = () => latencies[turn++ % latencies.length] ?? 1;
        const space = new SimulatedSpace(clock, { limit, windowSeconds: 60, skew, windows, latency });
        const { send } = budgeted(space.exchange, clock, share);
        const usable = Math.max(1, Math.floor(limit * share));
        const time = await sendAll(send, clock, usable * 4);
        expect(space.served).toBe(usable * 4);
        expect(space.refused).toBe(0);
        expect(time).toBeLessThanOrEqual(1.05 * 4 * 60_000 + 4000);
      },
    ),
    { numRuns: 100 },
  );
});

test('what others spend with the same key is respected', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 100, windowSeconds: 60 });
  const { send } = budgeted(space.exchange, clock, 0.9);
  space.spend(60);
  const time = await sendAll(send, clock, 60);
  expect(space.refused).toBe(0);
  expect(time).toBeGreaterThan(50_000);
});

test('two clients on one key share the allowance without a refusal', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 150, windowSeconds: 60, reset: 'seconds' });
  const clients = [0.9, 0.9].map((share) => budgeted(space.exchange, clock, share));
  const times = await Promise.all(clients.map(({ send }) => sendAll(send, clock, 300)));
  expect({ served: space.served, refused: space.refused }).toEqual({ served: 600, refused: 0 });
  expect(Math.max(...times)).toBeLessThan(5.3 * 60_000);
});

test('allowances are spent side by side: one that is empty holds nobody else up', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 10, windowSeconds: 60 });
  const { send } = budgeted(space.exchange, clock, 1);
  const searches = Promise.all(Array.from({ length: 12 }, () => send(request)));
  await clock.until(send({ ...request, path: '/space' }));
  expect(clock.now() - Date.UTC(2026, 0, 5, 9)).toBeLessThan(100);
  await clock.until(searches);
});

test('without any headers nothing is held back', async () => {
  const clock = new SimulatedClock();
  const silent: Exchange = async () => ({ status: 200, headers: {}, body: '[]' });
  const { send } = budgeted(silent, clock, 0.9);
  expect(await sendAll(send, clock, 500)).toBe(0);
});

test('without an end told, a window is taken to last as documented', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 20, windowSeconds: 60, windows: 'on demand', reset: 'absent' });
  const { send } = budgeted(space.exchange, clock, 0.9);
  expect(await sendAll(send, clock, 54)).toBeGreaterThan(119_000);
  expect(space.refused).toBe(0);
});

test('a request that waits can be called off, and nothing keeps the clock running then', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 10, windowSeconds: 60 });
  const { send, gate } = budgeted(space.exchange, clock, 1);
  await sendAll(send, clock, 10);
  const controller = new AbortController();
  const waiting = send({ ...request, signal: controller.signal });
  await new Promise((resolve) => setImmediate(resolve));
  expect(gate.waitingUntil).toBeGreaterThan(clock.now());
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(gate.waitingUntil).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  expect(clock.sleeping).toBe(0);
});

test('a wait is told once, with the allowance and the time', async () => {
  const clock = new SimulatedClock();
  const space = new SimulatedSpace(clock, { limit: 10, windowSeconds: 60 });
  const lines: LogLine[] = [];
  const { send } = budgeted(space.exchange, clock, 1, lines);
  await sendAll(send, clock, 25);
  expect(lines.map(({ level, text }) => [level, text.en])).toEqual([
    ['info', 'The allowance of search requests is spent; going on at 2026-01-05T09:01:01.500Z'],
    ['info', 'The allowance of search requests is spent; going on at 2026-01-05T09:02:01.500Z'],
  ]);
});

describe('the end of a refusal', () => {
  const now = Date.UTC(2026, 0, 5, 9, 0, 0);
  const reading = { limit: 10, remaining: 0, reset: now + 20_000 };
  test.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, reading, now + 7000],
    ['Retry-After as a date', { 'retry-after': new Date(now + 9000).toUTCString() }, reading, now + 9000],
    ['Retry-After in the past', { 'retry-after': new Date(now - 9000).toUTCString() }, reading, now],
    ['the end of the window', {}, reading, now + 20_000],
    ['unknown without either', {}, undefined, undefined],
    ['unknown if the window ends never', {}, { ...reading, reset: undefined }, undefined],
  ])('is %s', (_, headers, told, expected) => {
    expect(endOfRefusal(headers, told, now)).toBe(expected);
  });
});

test.each([
  ['without headers', {}, 60_000],
  ['with Retry-After', { 'retry-after': '5' }, 5000],
])('after a refusal %s nothing of that class is sent for a while', async (_, headers, least) => {
  const clock = new SimulatedClock();
  const answers = [{ status: 429, headers, body: '' }];
  const { send } = budgeted(async () => answers.shift() ?? { status: 200, headers: {}, body: '' }, clock, 0.9);
  await clock.until(send(request));
  const start = clock.now();
  await clock.until(send(request));
  expect(clock.now() - start).toBeGreaterThanOrEqual(least);
  expect(clock.now() - start).toBeLessThanOrEqual(least + 1500);
});

test('the sizes of all allowances are learnt from one answer', async () => {
  const clock = new SimulatedClock();
  const reset = clock.now() / 1000 + 30;
  const entry = (limit: number, remaining: number) => ({ limit, remaining, reset });
  const body = JSON.stringify({ rateLimit: { read: entry(600, 600), search: entry(150, 0), icon: {}, update: null } });
  const { gate } = budgeted(async () => ({ status: 200, headers: {}, body }), clock, 1);
  await learnBudgets(
    async () => ({ status: 200, headers: {}, body }),
    gate,
    () => clock.now(),
  );
  expect(gate.windows.search.refillsAt).toBe(clock.now() + 30_750);
  expect(gate.windows.read.refillsAt).toBeUndefined();
});

test.each(['<html>', 'null', '{"rateLimit":7}', '[]'])(
  'a strange answer about the sizes (%s) is no trouble',
  async (body) => {
    const clock = new SimulatedClock();
    const { gate } = budgeted(async () => ({ status: 200, headers: {}, body }), clock, 1);
    await learnBudgets(
      async () => ({ status: 200, headers: {}, body }),
      gate,
      () => clock.now(),
    );
    expect(gate.windows.search.refillsAt).toBeUndefined();
  },
);
