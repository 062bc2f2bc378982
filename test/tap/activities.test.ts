import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = [
  'issues',
  'issue_categories',
  'issue_custom_field_values',
  'issue_stars',
  'issue_comments',
  'issue_comment_change_log',
  'issue_comment_stars',
];
const READING = { streams: STREAMS, settings: { skipUntouched: false } };

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 3, issues: 60, commentsPerIssue: 2 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectEqualContent(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

async function run(minutesLater = 60): Promise<readonly string[]> {
  space.clock.advance(minutesLater);
  space.requestsOf(/./);
  await space.readInto(replica, READING);
  return space.requestsOf(/^\/(?!rateLimit)/).map(({ path }) => path);
}

const issueIds = () => [...space.sandbox.world.issues.heads()].map(({ id }) => id);

/** The projects that these requests name. */
const projectsIn = (requests: readonly { readonly query: string }[]) =>
  requests.flatMap(({ query }) => new URLSearchParams(query).getAll('projectId[]').map(Number));

const gone = (messages: readonly Message[]) => messages.filter(({ type }) => type === 'tombstone');

describe('a deleted issue', () => {
  test('is gone after the next run, with everything that hung on it', async () => {
    await run();
    const hanging = ['issue_comments', 'issue_custom_field_values'].map((stream) => replica.rows(stream));
    const victims = hanging.map(([row]) => Number(row?.issue_id));
    for (const id of new Set(victims)) space.sandbox.world.deleteIssue(id);
    await run();
    expectEqualContent();
    for (const id of victims) expect(replica.rows('issues').map((row) => row.id)).not.toContain(id);
  });

  test('costs one look at the issues in question, and is told once', async () => {
    await run();
    space.sandbox.world.deleteIssue(issueIds()[0] ?? 0);
    const { messages } = await space.read({ ...READING, state: replica.state });
    expect(gone(messages)).toMatchObject([{ stream: 'issues', deletedAt: '2026-06-15T13:00:00Z' }]);
    expect(space.requestsOf(/^\/issues$/).filter(({ query }) => query.includes('&id'))).toEqual([]);
    await run();
    await run();
    const { messages: later } = await space.read({ ...READING, state: replica.state });
    expect(gone(later)).toEqual([]);
  });

  test('is gone also if it was deleted while it was being read', async () => {
    const victims = issueIds().slice(0, 2);
    space.sandbox.faults.add({
      path: '/issues/*/comments',
      nth: 30,
      fault: { kind: 'change', action: 'deleteIssue', arguments: [victims[0]] },
    });
    await run();
    await run();
    expectEqualContent();
  });

  test('is gone also if it was deleted between the two halves of an interrupted first load', async () => {
    await space[Symbol.asyncDispose]();
    space = await openSpace({ seed: { projects: 1, issues: 250 } });
    await space.readInto(replica, READING, 2500);
    expect(Object.values(replica.state?.bookmarks.issues ?? {})).toMatchObject([{ scan: {} }]);
    const read = replica.rows('issues').map(({ id }) => Number(id));
    expect(read.length).toBeGreaterThan(0);
    space.clock.advance(60);
    space.sandbox.world.deleteIssue(read[0] ?? 0);
    await run();
    await run();
    expectEqualContent();
  });

  test('of which only the activities say that it is deleted is kept', async () => {
    await run();
    const [id = 0] = issueIds();
    const { world } = space.sandbox;
    const history = world.issues.history(id);
    if (!history) throw new Error('no such issue');
    world.deleteIssue(id);
    world.issues.save(history);
    await run();
    expect(replica.rows('issues').map((row) => row.id)).toContain(id);
    expectEqualContent();
  });
});

describe('a project without activity', () => {
  test('costs nothing but the share of one request for all', async () => {
    await run();
    expect(await run()).toEqual(['/projects', '/space/activities']);
  });

  test('is read along with another in the same request', async () => {
    await run();
    const [id = 0] = issueIds();
    space.clock.advance(60);
    space.sandbox.world.addComment(id, { content: 'hello' });
    const asked = await run();
    expectEqualContent();
    expect(asked.filter((path) => path === '/issues')).toHaveLength(1);
    const walked = space.sandbox.requests.filter(({ path }) => path === '/issues').slice(-1);
    expect(projectsIn(walked)).toEqual([...space.sandbox.world.projects.keys()]);
  });

  test('is read all the same where the setting says so', async () => {
    await run();
    space.clock.advance(60);
    space.requestsOf(/./);
    await space.readInto(replica, { ...READING, settings: { ...READING.settings, detectChanges: false } });
    expect(projectsIn(space.requestsOf(/^\/issues$/))).toHaveLength(3);
  });

  test('keeps the place of its bookmark, so that what no activity tells is found with the next change', async () => {
    await run();
    const { world } = space.sandbox;
    const [id = 0] = issueIds();
    const created = space.clock.now() - 60_000;
    space.clock.advance(60);
    world.addComment(id, { content: 'imported', created: created + 120_000, updated: created + 120_000 });
    expect(await run()).toEqual(['/projects', '/space/activities']);
    world.addComment(id, { content: 'ordinary' });
    await run();
    expectEqualContent();
  });
});

describe('the activities', () => {
  const FORBIDDEN = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;

  test('that cannot be read are a warning; all projects are read, and deletions wait', async () => {
    await run();
    const [id = 0, other = 0] = issueIds();
    space.sandbox.world.deleteIssue(id);
    space.sandbox.world.updateIssue(other, { summary: 'changed' });
    space.sandbox.faults.add({ path: '/space/activities', times: 9, fault: FORBIDDEN });
    const { log, report, messages } = await space.read({ ...READING, state: replica.state });
    expect(report.failures).toEqual([]);
    expect(log.filter(({ level }) => level === 'warning')).toHaveLength(1);
    for (const message of messages) replica.apply(message);
    expect(space.requestsOf(/^\/issues$/).filter(({ query }) => query.includes('&id'))).toEqual([]);
    expect(replica.rows('issues').find((row) => row.id === other)).toMatchObject({ summary: 'changed' });
    expect(replica.rows('issues').map((row) => row.id)).toContain(id);
    space.sandbox.faults.clear();
    await run();
    expectEqualContent();
  });

  const NONE_LEFT = { path: '/space/activities', times: 2, fault: { kind: 'body', status: 200, body: '[]' } } as const;

  test('that no longer reach back to the last run make it compare all issues, and say so', async () => {
    await run();
    const [id = 0] = issueIds();
    space.sandbox.world.deleteIssue(id);
    space.clock.advance(60);
    space.requestsOf(/./);
    space.sandbox.faults.add(NONE_LEFT);
    const { messages, log } = await space.read({ ...READING, state: replica.state });
    for (const message of messages) replica.apply(message);
    expect(log.filter(({ level }) => level === 'warning')).toHaveLength(1);
    const asked = space.requestsOf(/issues/).map(({ path }) => path);
    expect(asked.filter((path) => path === '/issues')).toHaveLength(3);
    expect(asked.filter((path) => path.endsWith('comments'))).toEqual([]);
    expectEqualContent();
  });

  test('that no longer reach back make it read every project where only whole tables can be replaced', async () => {
    await run();
    space.requestsOf(/./);
    space.sandbox.faults.add(NONE_LEFT);
    const settings = { ...READING.settings, wholeTables: true };
    const { log, messages } = await space.read({ ...READING, settings, state: replica.state });
    expect(log.filter(({ level }) => level === 'warning')).toMatchObject([
      { text: { en: expect.stringContaining('reconcile run') } },
    ]);
    expect(projectsIn(space.requestsOf(/^\/issues$/))).toHaveLength(3);
    expect(gone(messages)).toEqual([]);
  });

  test('reach back also if the last one is out of sight with its project', async () => {
    await run();
    const { world } = space.sandbox;
    const [, project = 0] = world.projects.keys();
    const isThere = (id: number) => world.issues.history(id)?.issue.projectId === project;
    world.addComment(issueIds().find(isThere) ?? 0, { content: 'the last activity' });
    await run();
    world.leaveProject(project, world.space.ownerId);
    const victim = issueIds().find((id) => !isThere(id)) ?? 0;
    world.deleteIssue(victim);
    const { messages, log } = await space.read({ ...READING, state: replica.state });
    expect(gone(messages)).toMatchObject([{ record: { id: victim } }]);
    expect(log.filter(({ level }) => level === 'warning')).toMatchObject([
      { text: { en: expect.stringContaining(`${project}`) } },
    ]);
  });

  test('are not read on for ever where more happened than reading the projects costs; deletions are found', async () => {
    await run();
    const [id = 0, ...others] = issueIds();
    space.clock.advance(60);
    for (let count = 0; count < 10; count++)
      for (const other of others) space.sandbox.world.addComment(other, { content: `${count}` });
    space.sandbox.world.deleteIssue(id);
    const asked = await run();
    expect(asked.filter((path) => path === '/space/activities')).toHaveLength(5);
    expectEqualContent();
    expect((await run()).filter((path) => path === '/space/activities')).toHaveLength(1);
  });

  test.each([true, false])(
    'are continued without a gap, whether bounds are exclusive (%s) or not',
    async (exclusiveIds) => {
      await space[Symbol.asyncDispose]();
      space = await openSpace({ seed: { projects: 2, issues: 20 }, exclusiveIds });
      await run();
      space.sandbox.world.deleteIssue(issueIds()[0] ?? 0);
      const { log } = await space.read({ ...READING, state: replica.state });
      expect(log.filter(({ level }) => level === 'warning')).toEqual([]);
      await run();
      expectEqualContent();
      expect(await run()).toEqual(['/projects', '/space/activities']);
    },
  );
});

test('nothing of the activities is asked for where no stream depends on them', async () => {
  await space.read({ streams: ['projects', 'priorities'] });
  expect(space.requestsOf(/activities/)).toEqual([]);
});
