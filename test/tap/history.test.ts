import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row } from '../../src/message/value.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_comments', 'issue_history'];

let space: TestSpace;
let replica: Replica;
let project: number;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 1, issues: 0 } });
  replica = new Replica();
  [project = 0] = space.sandbox.world.projects.keys();
});

afterEach(() => space[Symbol.asyncDispose]());

async function run(): Promise<readonly Row[]> {
  space.clock.advance(60);
  await space.readInto(replica, { streams: STREAMS });
  return replica.rows('issue_history');
}

function expectEqualContent(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

test('a change of status, hours and due date has ids, numbers and dates', async () => {
  const { world } = space.sandbox;
  const { id } = world.createIssue({ projectId: project, summary: 'new' });
  space.clock.advance(1);
  world.updateIssue(id, { statusId: 3, dueDate: '2026-07-01', actualHours: 1.5 });
  const rows = await run();
  const columns = rows.map(({ field, old_id, new_id, new_date, new_number }) => {
    return { field, old_id, new_id, new_date, new_number };
  });
  const none = { old_id: null, new_id: null, new_date: null, new_number: null };
  expect(columns).toEqual([
    { ...none, field: 'status', old_id: 1, new_id: 3 },
    { ...none, field: 'due_date', new_date: '2026-07-01' },
    { ...none, field: 'actual_hours', new_number: 1.5 },
  ]);
  expectEqualContent();
});

test('a name that is not used any more keeps its text and has no id', async () => {
  const { world } = space.sandbox;
  const { id } = world.createIssue({ projectId: project, summary: 'new' });
  const status = world.addStatus(project, { name: 'Waiting' });
  space.clock.advance(1);
  world.updateIssue(id, { statusId: status.id });
  world.updateStatus(project, status.id, { name: 'On hold' });
  expect(await run()).toMatchObject([{ field: 'status', new_text: 'Waiting', new_id: null, old_id: 1 }]);
});

test('lists of names are read once per project, and only those that are needed', async () => {
  const { world } = space.sandbox;
  for (const summary of ['one', 'two', 'three']) {
    const { id } = world.createIssue({ projectId: project, summary });
    space.clock.advance(1);
    world.updateIssue(id, { statusId: 2 });
  }
  await run();
  expect(space.requestsOf(/^\/(projects\/\d+\/|priorities|resolutions)/).map(({ path }) => path)).toEqual([
    `/projects/${project}/statuses`,
  ]);
});

test('names of a list that the key may not see stay without ids', async () => {
  const { world } = space.sandbox;
  const { id } = world.createIssue({ projectId: project, summary: 'new' });
  space.clock.advance(1);
  world.updateIssue(id, { statusId: 3 });
  const body = '{"errors":[{"message":"No.","code":5}]}';
  space.sandbox.faults.add({ path: '/projects/*/statuses', times: 9, fault: { kind: 'body', status: 403, body } });
  expect(await run()).toMatchObject([{ field: 'status', new_text: '処理済み', new_id: null }]);
});

test('the history of a comment that is deleted goes with it', async () => {
  const { world } = space.sandbox;
  const { id } = world.createIssue({ projectId: project, summary: 'new' });
  space.clock.advance(1);
  world.updateIssue(id, { statusId: 3 });
  const comment = world.issues.history(id)?.comments[0];
  expect(await run()).toHaveLength(1);
  world.deleteComment(id, comment?.id ?? 0);
  world.updateIssue(id, { statusId: 4 });
  const rows = await run();
  expect(rows.map(({ comment_id }) => comment_id)).not.toContain(comment?.id);
  expectEqualContent();
});

test('the history of an issue that is deleted goes with it', async () => {
  const { world } = space.sandbox;
  const { id } = world.createIssue({ projectId: project, summary: 'new' });
  space.clock.advance(1);
  world.updateIssue(id, { statusId: 3 });
  expect(await run()).toHaveLength(1);
  world.deleteIssue(id);
  expect(await run()).toEqual([]);
});
