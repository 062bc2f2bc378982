import { expect, test } from 'vitest';
import { issueBody } from '../../../src/sandbox/bodies/issue-body.ts';
import { seedWorld } from '../../../src/sandbox/seed/seed-world.ts';
import type { WorldData } from '../../../src/sandbox/world/world-data.ts';
import { standingClock } from '../asker.ts';

const clock = standingClock(Date.UTC(2026, 0, 1));
const SPEC = { issues: 400, projects: 2, commentsPerIssue: 3 };
const world = seedWorld(SPEC, clock);
const histories = historiesOf(world);

function historiesOf(data: WorldData) {
  return [...data.issues.heads()].flatMap(({ id }) => data.issues.history(id) ?? []);
}

const everyActivity = [...world.activities.select({ min: 0, max: Number.MAX_SAFE_INTEGER, order: 'asc' }, {})];

test('the same spec gives the same space, another seed another one', () => {
  expect(historiesOf(seedWorld(SPEC, standingClock(0)))).toEqual(histories);
  expect(historiesOf(seedWorld({ ...SPEC, seed: 2 }, clock))).not.toEqual(histories);
});

test('ids are unique and rise with time, for issues and for comments', () => {
  for (const rows of [histories.map(({ issue }) => issue), histories.flatMap(({ comments }) => comments)]) {
    const byId = [...rows].sort((one, other) => one.id - other.id);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const times = byId.map(({ created }) => created);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  }
});

test('an issue was last updated when it was last commented on', () => {
  for (const { issue, comments } of histories) {
    expect(issue.updated).toBe(comments.at(-1)?.created ?? issue.created);
    expect(issue.updatedUserId).toBe(comments.at(-1)?.createdUserId ?? null);
  }
});

test('heads agree with issues', () => {
  for (const head of world.issues.heads()) expect(world.issues.get(head.id)).toMatchObject(head);
});

test('change logs lead from one value to the next and end at the present one', () => {
  const statusName = (projectId: number, id: number) =>
    world.masters.get(projectId)?.statuses.find((status) => status.id === id)?.name;
  let changes = 0;
  for (const { issue, comments } of histories) {
    let current = statusName(issue.projectId, 1);
    for (const entry of comments.flatMap(({ changeLog }) => changeLog).filter(({ field }) => field === 'status')) {
      expect(entry.originalValue).toBe(current);
      current = entry.newValue ?? undefined;
      changes += 1;
    }
    expect(current).toBe(statusName(issue.projectId, issue.statusId));
  }
  expect(changes).toBeGreaterThan(100);
});

test('no comment is without words and without change', () => {
  for (const { comments } of histories)
    for (const { content, changeLog } of comments) expect(content !== null || changeLog.length > 0).toBe(true);
});

test('the feed tells each creation and each comment once', () => {
  const created = everyActivity.filter(({ type }) => type === 1).map(({ content }) => content.id);
  expect(created).toEqual(histories.map(({ issue }) => issue.id));
  const commented = everyActivity
    .filter(({ type }) => type === 2 || type === 3)
    .map(({ content }) => (content.comment as { id: number }).id);
  const comments = histories.flatMap((history) => history.comments.map(({ id }) => id));
  expect([...commented].sort((one, other) => one - other)).toEqual(comments.sort((one, other) => one - other));
});

test('the text holds what breaks careless programs', () => {
  const text = JSON.stringify(histories).replaceAll('\\r\\n', '\r\n');
  for (const part of ['\u2028', '𠮷', '👨‍👩‍👧‍👦', '\r\n', "O'Brien", 'DROP TABLE', '\\t']) expect(text).toContain(part);
  expect(Math.max(...histories.map(({ issue }) => issue.description.length))).toBeGreaterThan(3000);
  expect(histories.some(({ issue }) => issue.description === '')).toBe(true);
});

test('there are values and gaps of everything', () => {
  const all = histories.map(({ issue }) => issue);
  for (const key of [
    'assigneeId',
    'resolutionId',
    'startDate',
    'dueDate',
    'estimatedHours',
    'actualHours',
    'parentIssueId',
  ] as const) {
    expect(all.some((issue) => issue[key] === null)).toBe(true);
    expect(all.some((issue) => issue[key] !== null)).toBe(true);
  }
  for (const key of ['categoryIds', 'versionIds', 'milestoneIds', 'attachments', 'sharedFileIds', 'stars'] as const) {
    expect(all.some((issue) => issue[key].length === 0)).toBe(true);
    expect(all.some((issue) => issue[key].length > 0)).toBe(true);
  }
});

test('all eight kinds of custom fields have values in the shape of the API', () => {
  const [viewer] = [...world.users.values()];
  if (viewer === undefined) throw new Error('nobody is there');
  const bodies = histories.map(({ issue }) => issueBody({ data: world, viewer }, issue));
  const values = bodies.flatMap(({ customFields }) => customFields as { fieldTypeId: number; value: unknown }[]);
  const item = {
    id: expect.any(Number) as number,
    name: expect.any(String) as string,
    displayOrder: expect.any(Number) as number,
  };
  const shapes = [
    expect.any(String),
    expect.any(String),
    expect.any(Number),
    expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00Z$/),
    item,
    [item],
    [item],
    item,
  ];
  for (const [index, shape] of shapes.entries()) {
    const own = values.filter(({ fieldTypeId }) => fieldTypeId === index + 1).map(({ value }) => value);
    expect(own).toContainEqual(shape);
  }
  expect(values).toContainEqual({
    id: 101307,
    fieldTypeId: 8,
    name: '契約 / Contract',
    value: item,
    otherValue: 'その他: other ☕',
  });
});

test('the same name means a number in one project and a text in another', () => {
  const types = [...world.masters.values()].map(
    ({ customFields }) => customFields.find(({ name }) => name === 'Score')?.typeId,
  );
  expect(types).toEqual([3, 1]);
});

test('a large space costs nothing until it is looked at', () => {
  const large = seedWorld({ issues: 200_000, projects: 1, commentsPerIssue: 3 }, clock);
  expect(large.issues.size).toBe(200_000);
  const id = large.issues.idOfKey(101, 200_000) ?? 0;
  expect(large.issues.get(id)).toMatchObject({ id, keyId: 200_000 });
});
