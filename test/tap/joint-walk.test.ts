import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cursor } from '../../src/message/state.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_categories', 'issue_comments', 'issue_comment_change_log'];
const READING = { streams: STREAMS, settings: { skipUntouched: false } };

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 3, issues: 360, commentsPerIssue: 1 } });
  replica = new Replica();
  await space.readInto(replica, READING);
  space.clock.advance(60);
  space.requestsOf(/./);
});

afterEach(() => space[Symbol.asyncDispose]());

function expectEqualContent(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

/** The ids of so many issues of each project. */
function issuesOfEach(count: number): readonly number[] {
  const heads = [...space.sandbox.world.issues.heads()];
  return projects().flatMap((project) =>
    heads
      .filter(({ projectId }) => projectId === project)
      .slice(0, count)
      .map(({ id }) => id),
  );
}

const projects = () => [...space.sandbox.world.projects.keys()];

const changeEach = (ids: readonly number[]) => {
  for (const id of ids) space.sandbox.world.updateIssue(id, { summary: `changed ${id}`, categoryIds: [] });
};

/** The projects that each list of issues was asked of, since the last call. */
const lists = () => space.requestsOf(/^\/issues$/).map(projectsIn);

const projectsIn = ({ query }: { readonly query: string }) =>
  new URLSearchParams(query).getAll('projectId[]').map(Number);

const cursors = (stream: string): Readonly<Record<string, Cursor>> => replica.state?.bookmarks[stream] ?? {};

describe('changes in several projects', () => {
  test('are read by one list, and each project has its own bookmark', async () => {
    changeEach(issuesOfEach(20));
    await space.readInto(replica, READING);
    expectEqualContent();
    expect(lists()).toEqual([projects()]);
    expect(Object.keys(cursors('issues')).map(Number)).toEqual(projects());
    expect(new Set(Object.values(cursors('issues')).map(({ at }) => at))).toEqual(new Set(['2026-06-15T13:00:00Z']));
  });

  test('that need several pages survive an interruption anywhere', async () => {
    for (const messages of [5, 60, 150, 300, 450]) {
      changeEach(issuesOfEach(90));
      await space.readInto(replica, READING, messages);
      space.clock.advance(1);
      changeEach(issuesOfEach(2));
      await space.readInto(replica, READING);
      expectEqualContent();
      space.clock.advance(60);
    }
  });

  test('go on together where they were interrupted', async () => {
    changeEach(issuesOfEach(90));
    await space.readInto(replica, { streams: ['issues'] }, 200);
    expect(Object.values(cursors('issues'))).toMatchObject(projects().map(() => ({ window: {} })));
    lists();
    await space.readInto(replica, { streams: ['issues'] });
    expect(new Set(lists().map(String))).toEqual(new Set([String(projects())]));
    expect(replica.rows('issues')).toEqual(expectedRows(space.sandbox.world, 'issues'));
  });
});

describe('a project', () => {
  test('that is new is read on its own, and with the others from then on', async () => {
    const { world } = space.sandbox;
    const owner = world.space.ownerId;
    const { id } = world.createProject({ projectKey: 'NEW', name: 'New', memberIds: [owner] });
    const old = projects().filter((project) => project !== id);
    for (let count = 0; count < 5; count++) world.createIssue({ projectId: id, summary: `new ${count}` });
    changeEach(issuesOfEach(1));
    await space.readInto(replica, READING);
    expectEqualContent();
    expect(new Set(lists().map(String))).toEqual(new Set([String(old), String([id])]));
    space.clock.advance(60);
    changeEach(issuesOfEach(1));
    await space.readInto(replica, READING);
    expectEqualContent();
    expect(lists()).toEqual([[...old, id]]);
  });

  test('that was out of sight for long does not make the others read what they know', async () => {
    const { world } = space.sandbox;
    const [first, lost = 0, last] = projects();
    const others = [first, last];
    world.leaveProject(lost, world.space.ownerId);
    for (let day = 0; day < 3; day++) {
      changeEach(issuesOfEach(3));
      space.clock.advance(10);
      await space.readInto(replica, READING);
      space.clock.advance(60 * 24);
    }
    world.joinProject(lost, world.space.ownerId);
    changeEach(issuesOfEach(1));
    space.requestsOf(/./);
    await space.readInto(replica, READING);
    expectEqualContent();
    const asked = space.requestsOf(/^\/issues/);
    const listed = asked.filter(({ path }) => path === '/issues').map(projectsIn);
    expect(new Set(listed.map(String))).toEqual(new Set([String(others), String([lost])]));
    expect(asked.filter(({ path }) => path.endsWith('/comments'))).toHaveLength(3 + 1 + 1);
  });

  test('with an older bookmark gets what it lacks, and the others nothing twice', async () => {
    const [first = 0] = projects();
    changeEach(issuesOfEach(4));
    space.clock.advance(30);
    await space.readInto(replica, { ...READING, settings: { ...READING.settings, projectKeys: [String(first)] } });
    space.clock.advance(30);
    space.requestsOf(/./);
    const { received } = replica;
    await space.readInto(replica, READING);
    expectEqualContent();
    expect(space.requestsOf(/comments/)).toHaveLength(8);
    expect(replica.received).toBeGreaterThan(received);
  });

  test('that goes out of sight between two pages does not stop the others, which are read one by one', async () => {
    const { world } = space.sandbox;
    const [first, lost = 0, last] = projects();
    const others = [first, last];
    changeEach(issuesOfEach(90));
    const before = cursors('issues')[lost]?.at;
    space.sandbox.faults.add({
      path: '/issues',
      nth: 2,
      fault: { kind: 'change', action: 'leaveProject', arguments: [lost, world.space.ownerId] },
    });
    const { report, messages } = await space.read({ ...READING, state: replica.state });
    for (const message of messages) replica.apply(message);
    expect(new Set(report.failures.map(({ slice }) => slice))).toEqual(new Set([world.projects.get(lost)?.projectKey]));
    expect(report.failures.flatMap(({ streams }) => streams)).toContain('issues');
    expect(cursors('issues')[lost]?.at).toBe(before);
    for (const other of others) expect(cursors('issues')[other ?? 0]?.at).toBe('2026-06-15T13:00:00Z');
    world.joinProject(lost, world.space.ownerId);
    space.clock.advance(60);
    await space.readInto(replica, READING);
    expectEqualContent();
  });

  test('whose comments cannot be read leaves those of the others alone', async () => {
    const [id = 0] = issuesOfEach(1);
    changeEach(issuesOfEach(5));
    const project = space.sandbox.world.issues.history(id)?.issue.projectId ?? 0;
    const fault = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;
    space.sandbox.faults.add({ path: `/issues/${id}/comments`, times: 9, fault });
    const { report, messages } = await space.read({ ...READING, state: replica.state });
    for (const message of messages) replica.apply(message);
    expect(report.failures).toMatchObject([
      { slice: space.sandbox.world.projects.get(project)?.projectKey, streams: STREAMS.slice(2) },
    ]);
    const late = Object.entries(cursors('issue_comments')).filter(([, { at }]) => at !== '2026-06-15T13:00:00Z');
    expect(late.map(([slice]) => Number(slice))).toEqual([project]);
    space.sandbox.faults.clear();
    space.clock.advance(60);
    changeEach([id]);
    await space.readInto(replica, READING);
    expectEqualContent();
  });
});
