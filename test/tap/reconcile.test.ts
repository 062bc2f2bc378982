import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import type { TapSettings } from '../../src/tap/tap.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_categories', 'issue_custom_field_values', 'issue_comments'];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 40, commentsPerIssue: 1 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

async function run(settings: TapSettings = {}, minutesLater = 60): Promise<readonly Message[]> {
  space.clock.advance(minutesLater);
  space.requestsOf(/./);
  const { messages } = await space.read({ streams: STREAMS, state: replica.state, settings });
  for (const message of messages) replica.apply(message);
  return messages;
}

const activated = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'activateVersion' ? [message.stream] : []));

/** An issue that appears with an old date, and one that vanishes; no activity tells of either. */
function changeInSilence(): number {
  const { world } = space.sandbox;
  const [head] = [...world.issues.heads()];
  const created = Date.UTC(2020, 0, 1);
  const { id } = world.createIssue({ projectId: head?.projectId ?? 0, summary: 'imported', created, updated: created });
  world.issues.delete(head?.id ?? 0);
  return id;
}

test('what no activity tells is found by reconciling, and by nothing before', async () => {
  await run();
  const imported = changeInSilence();
  await run();
  expect(replica.rows('issues').map(({ id }) => id)).not.toContain(imported);
  const messages = await run({ reconcile: true });
  for (const stream of STREAMS.slice(0, 3))
    expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
  expect(activated(messages)).toEqual(STREAMS.slice(0, 3));
});

test('reconciling asks for no comments that are known', async () => {
  await run();
  await run({ reconcile: true });
  expect(space.requestsOf(/comments/)).toEqual([]);
});

test('it happens by itself every so many days, counted from the first load', async () => {
  const settings = { reconcileEveryDays: 7 };
  expect(activated(await run(settings))).toEqual([]);
  changeInSilence();
  expect(activated(await run(settings, 60 * 24 * 6))).toEqual([]);
  expect(activated(await run(settings, 60 * 24 * 2))).toEqual(STREAMS.slice(0, 3));
  expect(replica.rows('issues')).toEqual(expectedRows(space.sandbox.world, 'issues'));
  expect(activated(await run(settings, 60 * 24 * 6))).toEqual([]);
});

test('a project that fails removes nothing', async () => {
  await run();
  changeInSilence();
  const before = replica.rows('issues').length;
  const fault = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;
  space.sandbox.faults.add({ path: '/issues', times: 1, fault });
  const messages = await run({ reconcile: true });
  expect(activated(messages)).toEqual([]);
  expect(replica.rows('issues').length).toBeGreaterThanOrEqual(before);
});

test('an interrupted one does not make known comments come again', async () => {
  await space[Symbol.asyncDispose]();
  space = await openSpace({ seed: { projects: 1, issues: 250, commentsPerIssue: 1 } });
  await run();
  space.clock.advance(60);
  const settings = { reconcile: true };
  await space.readInto(replica, { streams: STREAMS, settings }, 1200);
  expect(Object.values(replica.state?.bookmarks.issues ?? {})).toMatchObject([{ scan: {} }]);
  await run();
  expect(space.requestsOf(/comments/)).toEqual([]);
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
});

test('after a first load and a reconciliation, what was read is compared with the count of the API by one request', async () => {
  const { report } = await space.read({ streams: ['issues'] });
  expect(report.counts).toEqual([{ resource: 'issues', expected: 40, read: 40 }]);
  expect(space.requestsOf(/^\/issues\/count$/)).toHaveLength(1);
  await run();
  const { report: second } = await space.read({ streams: ['issues'], state: replica.state });
  expect(second.counts).toEqual([]);
  expect(
    (await space.read({ streams: ['issues'], state: replica.state, settings: { reconcile: true } })).report.counts,
  ).toEqual([{ resource: 'issues', expected: 40, read: 40 }]);
});

test('a difference between what was read and what the API counts is told', async () => {
  space.sandbox.faults.add({ path: '/issues/count', fault: { kind: 'body', status: 200, body: '{"count":41}' } });
  const { report, log } = await space.read({ streams: ['issues'] });
  expect(report.counts).toEqual([{ resource: 'issues', expected: 41, read: 40 }]);
  expect(log.filter(({ level }) => level === 'warning').map(({ text }) => text.en)).toEqual([
    expect.stringContaining('counts 41, 40 were read'),
  ]);
});
