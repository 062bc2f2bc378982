import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TapState } from '../../src/message/state.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

let space: TestSpace;
let project: number;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 1, issues: 0 } });
  project = [...space.sandbox.world.projects.keys()][0] ?? 0;
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

const ISSUES = { streams: ['issues'] };
const COMMENTS = { streams: ['issues', 'issue_comments'] };

function createIssues(count: number, minutesApart = 1): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    space.clock.advance(minutesApart);
    return space.sandbox.world.createIssue({ projectId: project, summary: `Issue ${index}` }).id;
  });
}

function expectEqualContent(...streams: readonly string[]): void {
  for (const stream of streams) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

/** Changes the space just before the n-th page of issues is answered. */
function changeBeforePage(nth: number, action: string, ...values: readonly unknown[]): void {
  space.sandbox.faults.add({ path: '/issues', nth, fault: { kind: 'change', action, arguments: values } });
}

describe('first load', () => {
  test('1001 issues in a project, each exactly once', async () => {
    createIssues(1001);
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
    expect(replica.received).toBe(1001);
    expect(space.requestsOf(/^\/issues$/)).toHaveLength(11);
  });

  test('issues deleted under it hide no other', async () => {
    const ids = createIssues(250);
    changeBeforePage(2, 'deleteIssue', ids[3]);
    changeBeforePage(2, 'deleteIssue', ids[50]);
    changeBeforePage(3, 'deleteIssue', ids[120]);
    await space.readInto(replica, ISSUES);
    const left = space.sandbox.world.issues.size;
    expect(left).toBeLessThan(250);
    const read = new Set(replica.rows('issues').map(({ id }) => id));
    expect([...space.sandbox.world.issues.heads()].filter(({ id }) => !read.has(id))).toEqual([]);
  });

  test('issues changed or created under it are complete after the next run', async () => {
    const ids = createIssues(250);
    changeBeforePage(2, 'updateIssue', ids[5], { summary: 'changed behind the reader' });
    changeBeforePage(3, 'updateIssue', ids[240], { summary: 'changed before the reader' });
    changeBeforePage(3, 'createIssue', { projectId: project, summary: 'new' });
    await space.readInto(replica, ISSUES);
    space.clock.advance(30);
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
  });

  test('an issue created with an old date moves nothing out of sight', async () => {
    createIssues(250);
    const created = Date.UTC(2020, 0, 1);
    changeBeforePage(2, 'createIssue', { projectId: project, summary: 'imported', created, updated: created });
    await space.readInto(replica, ISSUES);
    expect(replica.rows('issues').filter(({ summary }) => summary !== 'imported')).toHaveLength(250);
  });

  test('an interrupted one goes on where it stopped, and what changed meanwhile is not lost', async () => {
    const ids = createIssues(450, 30);
    await space.readInto(replica, ISSUES, 350);
    space.requestsOf(/./);
    space.clock.advance(60);
    space.sandbox.world.updateIssue(ids[0] ?? 0, { summary: 'changed after it was read' });
    space.sandbox.world.deleteIssue(ids[10] ?? 0);
    space.clock.advance(60 * 24 * 5);
    await space.readInto(replica, ISSUES);
    const pages = space.requestsOf(/^\/issues$/);
    const walked = pages.filter(({ query }) => query.includes('projectId'));
    expect(walked.length).toBeLessThan(5);
    expect(pages[0]?.query).toContain('createdSince=');
    await space.readInto(replica, ISSUES);
    const rows = replica.rows('issues').filter(({ id }) => id !== ids[10]);
    expect(rows).toEqual(expectedRows(space.sandbox.world, 'issues'));
  });

  test('with a start date it reads issues that were changed since, to the second', async () => {
    createIssues(10, 60);
    const rows = expectedRows(space.sandbox.world, 'issues');
    const startDate = String(rows[4]?.updated);
    await space.readInto(replica, { ...ISSUES, settings: { startDate } });
    expect(replica.rows('issues')).toEqual(rows.slice(4));
  });
});

describe('changes', () => {
  test('nothing changed: one request for the activities and no rows, however much changed yesterday', async () => {
    createIssues(350);
    await space.readInto(replica, COMMENTS);
    space.clock.advance(60);
    await space.readInto(replica, COMMENTS);
    space.requestsOf(/./);
    const { received } = replica;
    space.clock.advance(60);
    await space.readInto(replica, COMMENTS);
    expect(space.requestsOf(/^\/(?!rateLimit)/).map(({ path }) => path)).toEqual(['/projects', '/space/activities']);
    expect(replica.received).toBe(received);
  });

  test('new and changed issues arrive, unchanged ones do not', async () => {
    const ids = createIssues(120);
    space.clock.advance(60);
    await space.readInto(replica, ISSUES);
    space.clock.advance(60);
    const { received } = replica;
    space.sandbox.world.updateIssue(ids[7] ?? 0, { summary: 'other', dueDate: '2026-07-01' });
    createIssues(2);
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
    expect(replica.received - received).toBe(3);
  });

  test('250 changes cost three requests', async () => {
    const ids = createIssues(400);
    await space.readInto(replica, ISSUES);
    space.clock.advance(60);
    for (const id of ids.slice(0, 250)) space.sandbox.world.updateIssue(id, { summary: 'all new' });
    space.requestsOf(/./);
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
    expect(space.requestsOf(/^\/issues$/)).toHaveLength(3);
  });

  test('a change in the second in which a run began is not lost', async () => {
    const [id = 0] = createIssues(1);
    await space.readInto(replica, ISSUES);
    space.sandbox.world.updateIssue(id, { summary: 'same second' });
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
  });

  test('a server that tells a wrong time loses nothing', async () => {
    for (const hours of [-5, 5]) {
      space.sandbox.skew(hours * 3600);
      const [id = 0] = createIssues(3);
      await space.readInto(replica, ISSUES);
      space.clock.advance(1);
      space.sandbox.world.updateIssue(id, { summary: `skewed by ${hours}` });
      await space.readInto(replica, ISSUES);
      expectEqualContent('issues');
    }
  });

  test('an interrupted reading keeps what it has done and loses nothing of the rest', async () => {
    const ids = createIssues(600);
    await space.readInto(replica, ISSUES);
    space.clock.advance(60);
    for (const id of ids) {
      space.clock.advance(30);
      space.sandbox.world.updateIssue(id, { summary: 'changed' });
    }
    await space.readInto(replica, ISSUES, 320);
    expect(replica.state?.bookmarks.issues?.[project]).toHaveProperty('window');
    space.clock.advance(60);
    for (const id of ids.slice(590)) space.sandbox.world.updateIssue(id, { summary: 'changed again' });
    space.requestsOf(/./);
    await space.readInto(replica, ISSUES);
    expectEqualContent('issues');
    expect(space.requestsOf(/^\/issues$/).length).toBeLessThan(7);
    expect(replica.state?.bookmarks.issues?.[project]).not.toHaveProperty('window');
  });

  test('a cursor without its details is still right', async () => {
    const ids = createIssues(300);
    await space.readInto(replica, COMMENTS);
    space.clock.advance(60);
    for (const id of ids) space.sandbox.world.addComment(id, { content: 'hello' });
    await space.readInto(replica, COMMENTS, 150);
    const bookmarks = replica.state?.bookmarks ?? {};
    const bare = Object.entries(bookmarks).map(([stream, bookmark]) => [
      stream,
      Object.fromEntries(Object.entries(bookmark).map(([slice, { at }]) => [slice, { at }])),
    ]);
    replica.state = { bookmarks: Object.fromEntries(bare) } as TapState;
    await space.readInto(replica, COMMENTS);
    expectEqualContent('issues', 'issue_comments');
  });
});

describe('comments', () => {
  test('300 on one issue, each exactly once', async () => {
    const [id = 0] = createIssues(1);
    for (let count = 0; count < 300; count++) {
      space.clock.advance(1);
      space.sandbox.world.addComment(id, { content: `Comment ${count}` });
    }
    await space.readInto(replica, { streams: ['issue_comments'] });
    expectEqualContent('issue_comments');
    expect(replica.received).toBe(300);
    expect(replica.streams).toEqual(['issue_comments']);
  });

  test.each([{ exclusiveIds: true }, { exclusiveIds: false }])('201 with %o bounds', async (options) => {
    await space[Symbol.asyncDispose]();
    space = await openSpace({ seed: { projects: 1, issues: 0 }, ...options });
    project = [...space.sandbox.world.projects.keys()][0] ?? 0;
    const [id = 0] = createIssues(1);
    space.clock.advance(1);
    for (let count = 0; count < 201; count++) space.sandbox.world.addComment(id, { content: `Comment ${count}` });
    await space.readInto(replica, COMMENTS);
    expectEqualContent('issue_comments');
  });

  test('of issues that were never changed are not asked for, unless the setting says so', async () => {
    const ids = createIssues(30);
    space.clock.advance(1);
    space.sandbox.world.addComment(ids[3] ?? 0, { content: 'only here' });
    await space.readInto(replica, COMMENTS);
    expect(space.requestsOf(/comments/).map(({ path }) => path)).toEqual([`/issues/${ids[3]}/comments`]);
    expectEqualContent('issue_comments');
    await space.readInto(new Replica(), { ...COMMENTS, settings: { skipUntouched: false } });
    expect(space.requestsOf(/comments/)).toHaveLength(30);
  });

  test('new ones cost one request per changed issue, and old ones do not come again', async () => {
    const ids = createIssues(50);
    for (const id of ids) {
      space.clock.advance(1);
      for (let count = 0; count < 120; count++) space.sandbox.world.addComment(id, { content: 'old' });
    }
    await space.readInto(replica, COMMENTS);
    space.clock.advance(60);
    await space.readInto(replica, COMMENTS);
    space.requestsOf(/./);
    space.clock.advance(60);
    for (const id of ids.slice(0, 4)) space.sandbox.world.addComment(id, { content: 'new' });
    const { received } = replica;
    await space.readInto(replica, COMMENTS);
    expectEqualContent('issues', 'issue_comments');
    expect(space.requestsOf(/comments/)).toHaveLength(4);
    expect(replica.received - received).toBe(8);
  });

  test('edits are found where the issue has changed too', async () => {
    const [id = 0] = createIssues(1);
    space.clock.advance(1);
    const { world } = space.sandbox;
    const first = world.addComment(id, { content: 'with a tpyo' });
    await space.readInto(replica, COMMENTS);
    space.clock.advance(60);
    world.updateComment(id, first.id, 'without a typo');
    world.addComment(id, { content: 'another' });
    await space.readInto(replica, COMMENTS);
    expectEqualContent('issue_comments');
  });

  test('imported with an old date are found by their ids', async () => {
    const [id = 0] = createIssues(1);
    const { world } = space.sandbox;
    space.clock.advance(1);
    world.addComment(id, { content: 'ordinary' });
    await space.readInto(replica, COMMENTS);
    space.clock.advance(60 * 24 * 30);
    const created = Date.UTC(2020, 0, 1);
    world.addComment(id, { content: 'imported', created, updated: created });
    world.addComment(id, { content: 'brings the issue up' });
    await space.readInto(replica, COMMENTS);
    expectEqualContent('issue_comments');
  });

  test('of an issue that is deleted meanwhile are left out quietly', async () => {
    const ids = createIssues(10);
    space.clock.advance(1);
    for (const id of ids) space.sandbox.world.addComment(id, { content: 'hello' });
    space.sandbox.faults.add({
      path: '/issues/*/comments',
      fault: { kind: 'change', action: 'deleteIssue', arguments: [ids[9]] },
    });
    const { report, log, messages } = await space.read(COMMENTS);
    expect(report.failures).toEqual([]);
    expect(log.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(messages.filter((each) => each.type === 'record' && each.stream === 'issue_comments')).toHaveLength(9);
  });

  test('a stream added later gets everything, and the others stay right', async () => {
    const ids = createIssues(120);
    space.clock.advance(1);
    for (const id of ids) space.sandbox.world.addComment(id, { content: 'hello' });
    await space.readInto(replica, ISSUES);
    space.clock.advance(60);
    await space.readInto(replica, { streams: ['issues', 'issue_comments', 'issue_categories'] });
    expectEqualContent('issues', 'issue_comments');
    space.clock.advance(60);
    await space.readInto(replica, { streams: ['issue_comments'] });
    expectEqualContent('issues', 'issue_comments');
    expect(Object.keys(replica.state?.bookmarks ?? {}).sort()).toEqual([
      'issue_categories',
      'issue_comments',
      'issues',
    ]);
  });
});
