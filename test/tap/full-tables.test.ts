import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

let space: TestSpace;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 3, issues: 30, commentsPerIssue: 1 } });
});

afterEach(() => space[Symbol.asyncDispose]());

const activated = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'activateVersion' ? [message.stream] : []));

const FORBIDDEN = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;

describe('a full table', () => {
  test('is replaced when it is complete, by what was read in this run', async () => {
    const replica = new Replica();
    await space.readInto(replica, { streams: ['project_categories'] });
    expect(replica.rows('project_categories')).toEqual(expectedRows(space.sandbox.world, 'project_categories'));
    const { masters } = space.sandbox.world;
    for (const [id, lists] of masters) masters.set(id, { ...lists, categories: lists.categories.slice(1) });
    space.clock.advance(1);
    await space.readInto(replica, { streams: ['project_categories'] });
    expect(replica.rows('project_categories')).toEqual(expectedRows(space.sandbox.world, 'project_categories'));
  });

  test('that is empty is announced and activated', async () => {
    const { masters } = space.sandbox.world;
    for (const [id, lists] of masters) masters.set(id, { ...lists, categories: [] });
    const { messages } = await space.read({ streams: ['project_categories'] });
    expect(messages.map(({ type }) => type)).toEqual(['schema', 'activateVersion', 'state', 'state']);
  });

  test('has the same version on its records and its activation, which comes after them', async () => {
    const { messages } = await space.read({ streams: ['project_statuses', 'users'] });
    for (const stream of ['project_statuses', 'users']) {
      const own = messages.filter((message) => 'stream' in message && message.stream === stream);
      expect(own.at(-1)).toEqual({ type: 'activateVersion', stream, version: space.clock.now() });
      const versions = own.flatMap((message) => (message.type === 'record' ? [message.version] : []));
      expect(new Set(versions)).toEqual(new Set([space.clock.now()]));
    }
  });

  test('is replaced but for a project that could not be read', async () => {
    const replica = new Replica();
    await space.readInto(replica, { streams: ['project_categories', 'project_statuses'] });
    const { masters } = space.sandbox.world;
    for (const [id, lists] of masters) masters.set(id, { ...lists, categories: lists.categories.slice(1) });
    const restricted = replica.rows('project_categories').filter(({ project_id }) => project_id === 102);
    const others = expectedRows(space.sandbox.world, 'project_categories').filter(
      ({ project_id }) => project_id !== 102,
    );
    space.clock.advance(1);
    space.sandbox.faults.add({ path: '/projects/102/categories', times: 9, fault: FORBIDDEN });
    const { messages, report, log } = await space.read({ streams: ['project_categories', 'project_statuses'] });
    for (const message of messages) replica.apply(message);
    expect(restricted.length).toBeGreaterThan(0);
    expect(replica.rows('project_categories')).toEqual(expect.arrayContaining([...restricted, ...others]));
    expect(replica.rows('project_categories')).toHaveLength(restricted.length + others.length);
    expect(report.failures).toMatchObject([
      { streams: ['project_categories'], error: { code: 'backlog.forbidden', recovery: 'skippable' } },
    ]);
    expect(report.failures[0]?.slice).toBe(space.sandbox.world.projects.get(102)?.projectKey);
    const projects = messages.flatMap((message) =>
      message.type === 'record' && message.stream === 'project_categories' ? [message.record.project_id] : [],
    );
    expect(new Set(projects)).toEqual(new Set([101, 103]));
    expect(log.filter(({ level }) => level === 'warning')).toHaveLength(1);
  });
});

describe('a full refresh of an incremental stream', () => {
  test('reads everything in spite of its bookmark and replaces the table', async () => {
    const replica = new Replica();
    const refresh = { streams: [{ name: 'issues', fullRefresh: true }] };
    await space.readInto(replica, refresh);
    space.sandbox.world.deleteIssue([...space.sandbox.world.issues.heads()].at(-1)?.id ?? 0);
    space.clock.advance(60);
    await space.readInto(replica, refresh);
    expect(replica.rows('issues')).toEqual(expectedRows(space.sandbox.world, 'issues'));
  });

  test('leaves the others of its walk incremental', async () => {
    const first = await space.read({ streams: ['issues', 'issue_stars'] });
    expect(activated(first.messages)).toEqual([]);
    expect(first.messages.some((message) => message.type === 'record' && 'version' in message)).toBe(false);
    const { messages } = await space.read({ streams: ['issues', { name: 'issue_stars', fullRefresh: true }] });
    expect(activated(messages)).toEqual(['issue_stars']);
  });
});

describe('failures', () => {
  test('of the comments do not stop the issues; their bookmark stays', async () => {
    space.sandbox.faults.add({ path: '/issues/*/comments', times: 1000, fault: FORBIDDEN });
    const replica = new Replica();
    const reading = { streams: ['issues', 'issue_comments'], settings: { skipUntouched: false } };
    const { report } = await space.read(reading);
    expect(report.failures.map(({ streams }) => streams)).toEqual([
      ['issue_comments'],
      ['issue_comments'],
      ['issue_comments'],
    ]);
    await space.readInto(replica, reading);
    expect(replica.rows('issues')).toEqual(expectedRows(space.sandbox.world, 'issues'));
    const left = Object.values(replica.state?.bookmarks.issue_comments ?? {});
    expect(left.map(({ at, again }) => ({ at, again }))).toEqual(
      Array(3).fill({ at: '1970-01-01T00:00:00Z', again: true }),
    );
    space.sandbox.faults.clear();
    await space.readInto(replica, reading);
    expect(replica.rows('issue_comments')).toEqual(expectedRows(space.sandbox.world, 'issue_comments'));
  });

  test('of one project leave its bookmark where it was', async () => {
    const replica = new Replica();
    await space.readInto(replica, { streams: ['issues'] });
    const before = replica.state?.bookmarks.issues;
    space.clock.advance(60);
    const { world } = space.sandbox;
    for (const projectId of world.projects.keys()) world.createIssue({ projectId, summary: 'something happens' });
    // The list of all projects together first, then that of one of them.
    space.sandbox.faults.add({ path: '/issues', times: 2, fault: FORBIDDEN });
    await space.readInto(replica, { streams: ['issues'] });
    const after = replica.state?.bookmarks.issues ?? {};
    expect(Object.keys(after)).toHaveLength(3);
    expect(Object.entries(after).filter(([id, cursor]) => cursor.at === before?.[id]?.at)).toHaveLength(1);
  });

  test('that concern everybody end the run', async () => {
    await expect(space.read({ streams: ['issues'], apiKey: 'not-the-key' })).rejects.toMatchObject({
      code: 'backlog.key-refused',
      recovery: 'authentication',
    });
  });

  test('to list the users are made up for by the members of the projects, who remove nobody', async () => {
    const { world } = space.sandbox;
    const replica = new Replica();
    await space.readInto(replica, { streams: ['users', 'priorities'] });
    const everybody = replica.rows('users').length;
    const normal = [...world.users.values()].find(({ id, roleType }) => roleType === 2 && !isAdministrator(id));
    const { report, messages } = await space.read({
      streams: ['users', 'priorities'],
      apiKey: space.sandbox.keyOf(normal?.id ?? 0),
    });
    expect(report.failures).toEqual([]);
    expect(activated(messages)).toEqual(['priorities']);
    const own = [...world.projects.values()].filter(({ memberIds }) => memberIds.includes(normal?.id ?? 0));
    const members = new Set(own.flatMap(({ memberIds }) => memberIds));
    const told = messages.flatMap((each) =>
      each.type === 'record' && each.stream === 'users' ? [each.record.id] : [],
    );
    expect(told.sort()).toEqual([...members].sort());
    expect(members.size).toBeLessThanOrEqual(everybody);
    for (const message of messages) replica.apply(message);
    expect(replica.rows('users')).toHaveLength(everybody);
  });
});

function isAdministrator(id: number): boolean {
  return [...space.sandbox.world.projects.values()].some(({ administratorIds }) => administratorIds.includes(id));
}

describe('project keys', () => {
  test('limit the reading, whatever their case, and ids serve as well', async () => {
    const [first, second, third] = [...space.sandbox.world.projects.values()];
    const keys = [first?.projectKey.toLowerCase() ?? '', ` ${third?.id} `];
    const { messages } = await space.read({ streams: ['projects', 'issues'], settings: { projectKeys: keys } });
    const projectsOf = (stream: string, column: string) =>
      new Set(
        messages.flatMap((each) => (each.type === 'record' && each.stream === stream ? [each.record[column]] : [])),
      );
    expect(projectsOf('projects', 'id')).toEqual(new Set([first?.id, third?.id]));
    expect(projectsOf('issues', 'project_id')).toEqual(new Set([first?.id, third?.id]));
    expect(second).toBeDefined();
  });

  test('that are unknown are refused with those that there are, before any message', async () => {
    const keys = [...space.sandbox.world.projects.values()].map(({ projectKey }) => projectKey);
    await expect(space.read({ streams: ['issues'], settings: { projectKeys: ['NOPE'] } })).rejects.toMatchObject({
      code: 'config.unknown-project',
      recovery: 'configuration',
      text: { en: expect.stringContaining('NOPE') },
      hint: { en: expect.stringContaining(keys[0] ?? '?') },
    });
  });

  test('are not looked up for streams of the space alone', async () => {
    await space.read({ streams: ['priorities', 'resolutions', 'space'] });
    expect(space.requestsOf(/^\/projects/)).toEqual([]);
  });
});

describe('settings and selection', () => {
  test('a start date that is none is refused', async () => {
    await expect(space.read({ streams: ['issues'], settings: { startDate: 'soon' } })).rejects.toMatchObject({
      code: 'config.bad-date',
      path: 'start_date',
    });
  });

  test('a stream that is none is refused', async () => {
    await expect(space.read({ streams: ['isues'] })).rejects.toMatchObject({ code: 'config.unknown-stream' });
  });

  test('columns left out are in neither schema nor rows; key columns cannot be left out', async () => {
    const columns = new Set(['summary', 'status_name']);
    const { messages } = await space.read({ streams: [{ name: 'issues', columns }] });
    const [schema] = messages;
    expect(schema).toMatchObject({ type: 'schema', keyProperties: ['id'] });
    expect(schema).not.toHaveProperty('bookmarkProperties');
    const all = messages.flatMap((each) => (each.type === 'record' ? [each.record] : []));
    expect(all).toHaveLength(30);
    for (const row of all) expect(Object.keys(row)).toEqual(['id', 'summary', 'status_name']);
    const announced = schema?.type === 'schema' ? Object.keys(schema.schema.properties ?? {}) : [];
    expect(announced).toEqual(['id', 'summary', 'status_name']);
  });

  test('an aborted run stops with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(space.read({ streams: ['issues'], signal: controller.signal })).rejects.toBe(reason);
  });
});
