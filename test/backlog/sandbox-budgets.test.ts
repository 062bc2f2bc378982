import { describe, expect, onTestFinished, test } from 'vitest';
import type { BacklogClient } from '../../src/backlog/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { openClient } from './open-client.ts';
import { SimulatedClock } from './simulated-clock.ts';

const MINUTE = 60_000;

async function startSpace(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Sends requests over real sockets, `lanes` of them waiting at any time. */
async function sendAll(client: BacklogClient, path: string, count: number, lanes = 6): Promise<void> {
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await client.get(path);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

const refusals = (sandbox: Sandbox) => sandbox.requests.filter(({ status }) => status === 429).length;

/** How many requests of a class fell into each minute of the server's clock. */
function perMinute(sandbox: Sandbox, rateClass: string): readonly number[] {
  const counts = new Map<number, number>();
  for (const entry of sandbox.requests.filter((request) => request.rateClass === rateClass)) {
    const minute = Math.floor(entry.time / MINUTE);
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe.each([0, 187, -391])('at 600 read and 150 search requests a minute and a clock %i s off', (skewSeconds) => {
  test('nothing is refused and each minute is spent to the agreed share', async () => {
    const clock = new SimulatedClock();
    const start = clock.now();
    const sandbox = await startSpace({ clock, skewSeconds });
    const client = openClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { clock });
    const reads = sendAll(client, '/users/myself', 540 * 3);
    const searches = sendAll(client, '/issues/count', 135 * 3);
    await clock.until(Promise.all([reads, searches]), () => sandbox.requests.length);
    expect(refusals(sandbox)).toBe(0);
    expect(perMinute(sandbox, 'read')).toEqual([540, 540, 540]);
    expect(perMinute(sandbox, 'search')).toEqual([135, 135, 135]);
    expect(clock.now() - start).toBeLessThanOrEqual(1.05 * 3 * MINUTE);
  });
});

test('two clients on one key are never refused', async () => {
  const clock = new SimulatedClock();
  const sandbox = await startSpace({ clock, budgets: { search: 50 } });
  const clients = [1, 2].map(() => openClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { clock }));
  const runs = Promise.all(clients.map((client) => sendAll(client, '/issues/count', 60)));
  await clock.until(runs, () => sandbox.requests.length);
  expect(refusals(sandbox)).toBe(0);
  expect(clients.map(({ usage }) => usage.requests.search)).toEqual([60, 60]);
});

test('a refusal on demand is waited out and the request sent again', async () => {
  const clock = new SimulatedClock();
  const sandbox = await startSpace({
    clock,
    faults: [{ path: '/issues/count', fault: { kind: 'status', status: 429 } }],
  });
  const client = openClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { clock });
  const reading = client.get('/issues/count');
  await clock.until(reading, () => sandbox.requests.length);
  expect(await reading).toEqual({ count: expect.any(Number) });
  expect(client.usage).toMatchObject({ refused: 1, retries: 1 });
  expect(perMinute(sandbox, 'search')).toEqual([1, 1]);
});

test('in real time, with windows of a fraction of a second, nothing is refused either', async () => {
  const sandbox = await startSpace({ windowSeconds: 0.4, budgets: { read: 60, search: 15 } });
  const client = openClient({ url: sandbox.url, apiKey: sandbox.apiKey });
  await Promise.all([sendAll(client, '/users/myself', 54 * 4), sendAll(client, '/issues/count', 13 * 4)]);
  expect(refusals(sandbox)).toBe(0);
  expect(client.usage).toMatchObject({ requests: { read: 54 * 4, search: 13 * 4 }, refused: 0, retries: 0 });
});

test('what the sandbox answers wrongly on demand is read right at last', async () => {
  const sandbox = await startSpace({
    faults: [
      { path: '/projects', nth: 1, fault: { kind: 'reset' } },
      { path: '/projects', nth: 2, fault: { kind: 'truncate' } },
      { path: '/projects', nth: 3, fault: { kind: 'html', status: 502 } },
      { path: '/projects', nth: 4, fault: { kind: 'html', status: 200 } },
    ],
  });
  const client = openClient({ url: sandbox.url, apiKey: sandbox.apiKey });
  const projects = await client.get<readonly { readonly projectKey: string }[]>('/projects');
  expect(projects.length).toBeGreaterThan(1);
  expect(client.usage.retries).toBe(4);
});
