import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type ReadingOptions, type TestSpace } from './test-space.ts';

const STREAMS = ['projects', 'project_statuses', 'project_categories', 'issues', 'issue_comments'];

let space: TestSpace;
let replica: Replica;
let lost: number;
let owner: number;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 3, issues: 30, commentsPerIssue: 1 } });
  replica = new Replica();
  const { world } = space.sandbox;
  lost = [...world.projects.keys()][1] ?? 0;
  owner = world.space.ownerId;
});

afterEach(() => space[Symbol.asyncDispose]());

async function run(options: Partial<ReadingOptions> = {}): Promise<readonly Message[]> {
  space.clock.advance(60);
  const { messages } = await space.read({ streams: STREAMS, state: replica.state, ...options });
  for (const message of messages) replica.apply(message);
  return messages;
}

const activated = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'activateVersion' ? [message.stream] : []));

const rowsOf = (stream: string, project: number) =>
  replica.rows(stream).filter((row) => (stream === 'projects' ? row.id : row.project_id) === project);

describe('a project that cannot be seen any more', () => {
  test('keeps all of its rows, full tables and the list of projects included', async () => {
    await run();
    const before = STREAMS.map((stream) => rowsOf(stream, lost));
    space.sandbox.world.leaveProject(lost, owner);
    await run();
    expect(STREAMS.map((stream) => rowsOf(stream, lost))).toEqual(before);
    expect(before.every((rows) => rows.length > 0)).toBe(true);
    await run({ settings: { reconcile: true } });
    expect(STREAMS.map((stream) => rowsOf(stream, lost))).toEqual(before);
    await run();
    expect(STREAMS.map((stream) => rowsOf(stream, lost))).toEqual(before);
  });

  test('does not keep the others from losing what they have lost', async () => {
    await run();
    const { world } = space.sandbox;
    const [other = 0] = world.projects.keys();
    const status = world.addStatus(other, { name: 'Waiting' });
    await run();
    expect(rowsOf('project_statuses', other).map(({ id }) => id)).toContain(status.id);
    world.leaveProject(lost, owner);
    world.deleteStatus(other, status.id, 1);
    await run();
    expect(rowsOf('project_statuses', other).map(({ id }) => id)).not.toContain(status.id);
    expect(rowsOf('project_statuses', lost).length).toBeGreaterThan(0);
  });

  test('is up to date again when it comes back, deletions meanwhile included', async () => {
    await run();
    const { world } = space.sandbox;
    const victim = [...world.issues.heads()].find(({ projectId }) => projectId === lost);
    world.leaveProject(lost, owner);
    await run();
    world.deleteIssue(victim?.id ?? 0);
    await run();
    world.joinProject(lost, owner);
    const messages = await run();
    for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(world, stream));
    expect(activated(messages)).toEqual(STREAMS.slice(0, 3));
  });

  test('is compared when it comes back, because nothing tells what was deleted meanwhile', async () => {
    await run();
    const { world } = space.sandbox;
    const victim = [...world.issues.heads()].find(({ projectId }) => projectId === lost);
    world.leaveProject(lost, owner);
    await run();
    world.issues.delete(victim?.id ?? 0);
    await run();
    world.joinProject(lost, owner);
    space.requestsOf(/./);
    const messages = await run();
    for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(world, stream));
    const parts = messages.flatMap((message) => (message.type === 'activatePart' ? [message] : []));
    expect(parts.map(({ stream, part }) => [stream, part])).toEqual([
      ['issues', { project_id: lost }],
      ['issue_comments', { project_id: lost }],
    ]);
    expect(space.requestsOf(/comments/)).toEqual([]);
    await run();
    expect(space.requestsOf(/^.issues/)).toEqual([]);
  });

  test('is named in a warning that says what to do, once in a run', async () => {
    await run();
    space.sandbox.world.leaveProject(lost, owner);
    const { log } = await space.read({ streams: STREAMS, state: replica.state });
    const warnings = log.filter(({ level }) => level === 'warning').map(({ text }) => text.en);
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`${lost}\\. .*join.*administrator`))]);
  });

  test('is not removed by a full refresh either', async () => {
    await run();
    space.sandbox.world.leaveProject(lost, owner);
    await run({ streams: [{ name: 'issues', fullRefresh: true }] });
    expect(rowsOf('issues', lost).length).toBeGreaterThan(0);
  });
});

describe('a project that is deleted', () => {
  const expectSpace = () => {
    for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
  };

  test('goes with everything of its own, where an administrator sees that it is, and is forgotten', async () => {
    await run();
    expect(rowsOf('issue_comments', lost).length).toBeGreaterThan(0);
    space.sandbox.world.deleteProject(lost);
    await run();
    expectSpace();
    space.requestsOf(/./);
    await run();
    expect(space.requestsOf(/^.(projects|users.myself)$/)).toHaveLength(1);
    expect(JSON.stringify(replica.state)).not.toContain(`"${lost}"`);
  });

  test('goes with its issues also where their table does not tell the project', async () => {
    const streams = STREAMS.map((name) => (name.startsWith('issue') ? { name, withoutProject: true } : name));
    await run({ streams });
    space.sandbox.world.deleteProject(lost);
    const messages = await run({ streams });
    expect(
      messages.filter(({ type }) => type === 'activatePart').map((message) => 'stream' in message && message.stream),
    ).toEqual(['project_statuses', 'project_categories']);
    expectSpace();
    space.requestsOf(/./);
    await run({ streams });
    expect(space.requestsOf(/^.(issues|projects|users.myself)$/)).toHaveLength(1);
  });

  test('waits for a reconciliation where only whole tables can be replaced', async () => {
    const settings = { wholeTables: true };
    await run({ settings });
    space.sandbox.world.deleteProject(lost);
    await run({ settings });
    expect(rowsOf('project_statuses', lost)).toEqual([]);
    expect(rowsOf('issues', lost).length).toBeGreaterThan(0);
    await run({ settings: { ...settings, reconcile: true } });
    expectSpace();
  });

  test('stays where the user is no administrator', async () => {
    const { world } = space.sandbox;
    const normal = [...world.users.values()].find(({ roleType }) => roleType === 2)?.id ?? 0;
    for (const project of world.projects.keys()) world.joinProject(project, normal);
    const apiKey = space.sandbox.keyOf(normal);
    await run({ apiKey });
    world.deleteProject(lost);
    await run({ apiKey });
    for (const stream of STREAMS) expect(rowsOf(stream, lost).length).toBeGreaterThan(0);
  });

  test('goes one by one where another one is only out of sight', async () => {
    await run();
    const { world } = space.sandbox;
    const [first = 0] = world.projects.keys();
    world.leaveProject(lost, owner);
    world.deleteProject(first);
    const messages = await run();
    expect(messages.filter(({ type }) => type === 'tombstone')).toMatchObject([
      { stream: 'projects', record: { id: first } },
    ]);
    expect(rowsOf('projects', lost)).toHaveLength(1);
    expect(rowsOf('projects', first)).toEqual([]);
  });
});

test('projects that are not asked for this time keep their rows', async () => {
  await run();
  space.requestsOf(/./);
  await run({ settings: { projectKeys: [String(lost)] } });
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
  expect(space.requestsOf(/^\/(projects|users\/myself)$/)).toHaveLength(1);
});

describe('lists that are read whole', () => {
  const MASTERS = { settings: { mastersEveryHours: 12 } };
  const asked = () => space.requestsOf(/statuses|categories/).length;

  test('wait for the time that the setting says, and are complete then', async () => {
    await run(MASTERS);
    expect(asked()).toBe(6);
    const { world } = space.sandbox;
    world.addCategory(lost, { name: 'New' });
    await run(MASTERS);
    expect(asked()).toBe(0);
    space.clock.advance(60 * 11);
    await run(MASTERS);
    expect(asked()).toBe(6);
    expect(replica.rows('project_categories')).toEqual(expectedRows(world, 'project_categories'));
  });

  test('do not wait where a project is new, or a reading was not complete', async () => {
    const { world } = space.sandbox;
    await run(MASTERS);
    world.createProject({ projectKey: 'NEW', name: 'New', memberIds: [owner] });
    asked();
    await run(MASTERS);
    expect(asked()).toBe(8);
    expect(replica.rows('project_categories')).toEqual(expectedRows(world, 'project_categories'));
  });
});
