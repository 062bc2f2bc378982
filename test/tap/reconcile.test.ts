import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../src/backlog/create-client.ts';
import type { Message } from '../../src/message/message.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { planReading, type ReadingPlan, type TapSettings } from '../../src/tap/tap.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_categories', 'issue_custom_field_values', 'issue_comments'];
const EVERY_COMMENT = { skipUntouched: false };

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

async function plan(settings: TapSettings): Promise<ReadingPlan> {
  const { sandbox, clock } = space;
  const shared = { clock, log: silentLogger };
  const client = createClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { ...shared, environment: {} });
  const selection = STREAMS.map((name) => ({ name }));
  try {
    return await planReading({
      ...shared,
      client,
      selection,
      settings,
      ...(replica.state && { state: replica.state }),
    });
  } finally {
    await client.close();
  }
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

/** A comment goes from an issue that stays as it was. */
function doomedComment(): { readonly id: number; remove(): void } {
  const { world } = space.sandbox;
  const issue = [...world.issues.heads()].at(-1)?.id ?? 0;
  const { id } = world.addComment(issue, { content: 'soon gone' });
  return { id, remove: () => world.deleteComment(issue, id) };
}

function expectSpace(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

test('what no activity tells is found by reconciling, and by nothing before', async () => {
  const comment = doomedComment();
  await run(EVERY_COMMENT);
  const imported = changeInSilence();
  comment.remove();
  await run(EVERY_COMMENT);
  expect(replica.rows('issues').map(({ id }) => id)).not.toContain(imported);
  expect(replica.rows('issue_comments').map(({ id }) => id)).toContain(comment.id);
  await run({ ...EVERY_COMMENT, reconcile: true });
  expectSpace();
});

test('reconciling asks for no comments where these are left out, and those of vanished issues go all the same', async () => {
  const comment = doomedComment();
  await run(EVERY_COMMENT);
  changeInSilence();
  const [, second] = [...space.sandbox.world.issues.heads()];
  space.sandbox.world.issues.delete(second?.id ?? 0);
  const vanished = replica.rows('issue_comments').filter(({ issue_id }) => issue_id === second?.id);
  const before = replica.rows('issue_comments');
  await run({ ...EVERY_COMMENT, reconcile: true, reconcileComments: false });
  expect(vanished.length).toBeGreaterThan(0);
  expect(space.requestsOf(/comments/)).toEqual([]);
  expectSpace();
  expect(replica.rows('issue_comments').length).toBeLessThan(before.length);
  comment.remove();
  await run({ ...EVERY_COMMENT, reconcile: true, reconcileComments: false });
  expect(replica.rows('issue_comments').map(({ id }) => id)).toContain(comment.id);
});

test('what is not asked for stays, as nothing proves that it is gone', async () => {
  await run(EVERY_COMMENT);
  const before = replica.rows('issue_comments');
  await run({ reconcile: true, skipUntouched: true });
  expect(space.requestsOf(/comments/).length).toBeLessThan(40);
  expect(replica.rows('issue_comments')).toEqual(before);
});

test('who can only replace whole tables gets whole tables', async () => {
  const settings = { ...EVERY_COMMENT, wholeTables: true };
  await run(settings);
  changeInSilence();
  const messages = await run({ ...settings, reconcile: true });
  expect(messages.filter(({ type }) => type === 'keep' || type === 'activatePart')).toEqual([]);
  expect(activated(messages)).toEqual(STREAMS);
  expectSpace();
});

test('it happens by itself every so many days, counted from the first load', async () => {
  const settings = { ...EVERY_COMMENT, reconcileEveryDays: 7 };
  expect(activated(await run(settings))).toEqual([]);
  changeInSilence();
  expect(activated(await run(settings, 60 * 24 * 6))).toEqual([]);
  expect(activated(await run(settings, 60 * 24 * 2))).toEqual(STREAMS);
  expectSpace();
  expect(activated(await run(settings, 60 * 24 * 6))).toEqual([]);
});

test('it begins with the first run that is told of it', async () => {
  const settings = { ...EVERY_COMMENT, reconcileEveryDays: 7 };
  await run(EVERY_COMMENT);
  expect(activated(await run(settings))).toEqual([]);
  expect(activated(await run(settings, 60 * 24 * 6))).toEqual([]);
  expect(activated(await run(settings, 60 * 24 * 2))).toEqual(STREAMS);
});

const FORBIDDEN = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;

test('a project that fails loses nothing, and the others lose what they have lost', async () => {
  await run(EVERY_COMMENT);
  const { world } = space.sandbox;
  const victims = [...world.projects.values()].map(({ id, projectKey }) => {
    const victim = [...world.issues.heads()].find(({ projectId }) => projectId === id);
    world.issues.delete(victim?.id ?? 0);
    return { projectKey, id: victim?.id };
  });
  space.sandbox.faults.add({ path: '/issues', times: 1, fault: FORBIDDEN });
  const settings = { ...EVERY_COMMENT, reconcile: true };
  const { messages, report } = await space.read({ streams: STREAMS, state: replica.state, settings });
  for (const message of messages) replica.apply(message);
  expect(activated(messages)).toEqual([]);
  const left = victims.filter(({ id }) => replica.rows('issues').some((row) => row.id === id));
  expect(left.map(({ projectKey }) => projectKey)).toEqual(report.failures.map(({ slice }) => slice));
  expect(left).toHaveLength(1);
  const gone = victims.find((each) => !left.includes(each));
  expect(replica.rows('issue_comments').filter(({ issue_id }) => issue_id === gone?.id)).toEqual([]);
});

test('comments that cannot be read stay, while issues go', async () => {
  await run(EVERY_COMMENT);
  const [one] = [...space.sandbox.world.issues.heads()];
  const comments = replica.rows('issue_comments');
  space.sandbox.world.issues.delete(one?.id ?? 0);
  space.sandbox.faults.add({ path: '/issues/*/comments', times: 999, fault: FORBIDDEN });
  await run({ ...EVERY_COMMENT, reconcile: true });
  expect(replica.rows('issues').map(({ id }) => id)).not.toContain(one?.id);
  expect(replica.rows('issue_comments')).toEqual(comments);
});

test('a walk that sees fewer issues than the API counts removes nothing', async () => {
  await run(EVERY_COMMENT);
  const [one] = [...space.sandbox.world.issues.heads()];
  space.sandbox.world.issues.delete(one?.id ?? 0);
  space.sandbox.faults.add({
    path: '/issues/count',
    times: 9,
    fault: { kind: 'body', status: 200, body: '{"count":41}' },
  });
  const { messages, log } = await space.read({
    streams: STREAMS,
    state: replica.state,
    settings: { ...EVERY_COMMENT, reconcile: true },
  });
  for (const message of messages) replica.apply(message);
  expect(replica.rows('issues').map(({ id }) => id)).toContain(one?.id);
  expect(log.filter(({ level }) => level === 'warning').map(({ text }) => text.en)).toEqual([
    expect.stringContaining('counts 82, 39 were read'),
  ]);
});

test('an interrupted one leaves what was known as it was, so that nothing known comes again', async () => {
  await space[Symbol.asyncDispose]();
  space = await openSpace({ seed: { projects: 1, issues: 250, commentsPerIssue: 1 } });
  await run();
  const before = replica.state?.bookmarks;
  space.clock.advance(60);
  await space.readInto(replica, { streams: STREAMS, settings: { reconcile: true } }, 1200);
  expect(replica.state?.bookmarks).toEqual(before);
  await run();
  expect(space.requestsOf(/comments|^.issues$/)).toEqual([]);
  expectSpace();
});

test('an interrupted one has done with the projects that it was through with', async () => {
  await run(EVERY_COMMENT);
  const { world } = space.sandbox;
  for (const id of [...world.issues.heads()].map((head) => head.id)) world.issues.delete(id);
  space.clock.advance(60);
  const settings = { ...EVERY_COMMENT, reconcile: true };
  const { messages } = await space.read({ streams: STREAMS, state: replica.state, settings });
  const ends = messages.flatMap((message, place) => (message.type === 'activatePart' ? [place] : []));
  expect(ends).toHaveLength(STREAMS.length * world.projects.size);
  const end = messages.findIndex(({ type }, place) => type === 'state' && place > (ends[STREAMS.length - 1] ?? 0));
  for (const message of messages.slice(0, end + 1)) replica.apply(message);
  expect(new Set(replica.rows('issues').map(({ project_id }) => project_id)).size).toBe(world.projects.size - 1);
});

test.each([true, false])('costs what its plan says, with comments (%s) or without', async (reconcileComments) => {
  await run(EVERY_COMMENT);
  const settings = { ...EVERY_COMMENT, reconcile: true, reconcileComments };
  const planned = await plan(settings);
  await run(settings);
  const made = space.requestsOf(/^.(?!rateLimit)/);
  expect(made).toHaveLength(planned.requests.read + planned.requests.search);
  expect(made.filter(({ path }) => path === '/issues/count')).toHaveLength(2);
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
