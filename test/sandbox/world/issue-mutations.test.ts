import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, standingClock } from '../asker.ts';

const NOON = Date.UTC(2026, 4, 1, 3, 0, 0);

let sandbox: Sandbox;
const clock = standingClock(NOON);

beforeEach(async () => {
  clock.set(NOON);
  sandbox = await startSandbox({ clock, budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

const newest = async () => (await asker(sandbox)('/space/activities?count=1')).body[0];
const issue = async (id: number) => (await asker(sandbox)(`/issues/${id}`)).body;
const at = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

test('a new issue takes the next number of its project and tells the feed', async () => {
  const before = [...sandbox.world.issues.heads()].filter(({ projectId }) => projectId === 102);
  const { id } = sandbox.world.createIssue({ projectId: 102, summary: 'New', description: 'd', createdUserId: 5003 });
  const keyId = before.length + 1;
  expect(await issue(id)).toMatchObject({
    issueKey: `ROCKET-${keyId}`,
    created: at(NOON),
    updated: at(NOON),
    updatedUser: null,
  });
  expect(id).toBeGreaterThan(Math.max(...before.map((head) => head.id)));
  expect(await newest()).toMatchObject({
    type: 1,
    project: { id: 102 },
    content: { id, key_id: keyId, summary: 'New', description: 'd' },
    createdUser: { id: 5003 },
    created: at(NOON),
  });
});

test('an edit writes a comment with the names of before and after, and moves updated', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 102, summary: 'Old' });
  clock.set(NOON + 5000);
  sandbox.world.updateIssue(id, {
    summary: 'New',
    statusId: 2,
    assigneeId: 5002,
    categoryIds: [102101, 102102],
    dueDate: '2026-06-01',
    customFields: [{ id: 102307, value: [2] }],
  });
  const { body: comments } = await asker(sandbox)(`/issues/${id}/comments`);
  const change = (field: string, newValue: string, originalValue: string | null) => ({
    field,
    newValue,
    originalValue,
    attachmentInfo: null,
    attributeInfo: null,
    notificationInfo: null,
  });
  expect(comments).toMatchObject([{ content: null, created: at(NOON + 5000) }]);
  expect(comments[0].changeLog).toEqual([
    change('summary', 'New', 'Old'),
    change('component', 'API, Infrastructure', null),
    change('status', 'In Progress', 'Open'),
    change('assigner', 'Taylor Reed', null),
    change('limitDate', '2026-06-01', null),
    { ...change('契約 / Contract', '準委任', null), attributeInfo: { id: 102307, typeId: '8' } },
  ]);
  expect(await issue(id)).toMatchObject({ summary: 'New', updated: at(NOON + 5000), updatedUser: { id: 5001 } });
  const activity = await newest();
  expect(activity).toMatchObject({
    type: 2,
    content: { id, summary: 'New', comment: { id: comments[0].id, content: '' } },
  });
  expect(activity.content.changes).toContainEqual({
    field: 'status',
    field_text: 'status',
    new_value: 'In Progress',
    old_value: 'Open',
    type: 'standard',
  });
});

test('a comment moves the issue to its own time', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's' });
  clock.set(NOON + 7000);
  const comment = sandbox.world.addComment(id, { content: '了解🙆', createdUserId: 5002, notifiedUserIds: [5003] });
  expect(await issue(id)).toMatchObject({ updated: at(NOON + 7000), updatedUser: { id: 5002 } });
  const { body } = await asker(sandbox)(`/issues/${id}/comments/${comment.id}/notifications`);
  expect(body).toMatchObject([{ reason: 2, alreadyRead: false, user: { id: 5003 } }]);
  expect(await newest()).toMatchObject({
    type: 3,
    content: { comment: { id: comment.id, content: '了解🙆' }, changes: [] },
  });
});

test('editing or deleting a comment leaves no sign on the issue or in the feed', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's' });
  const [kept, gone] = ['a', 'b'].map((content) => sandbox.world.addComment(id, { content }).id);
  const [before, feed] = [await issue(id), await newest()];
  clock.set(NOON + 60_000);
  sandbox.world.updateComment(id, kept ?? 0, 'a!');
  sandbox.world.deleteComment(id, gone ?? 0);
  expect(await issue(id)).toEqual(before);
  expect(await newest()).toEqual(feed);
  const { body } = await asker(sandbox)(`/issues/${id}/comments`);
  expect(body).toMatchObject([{ id: kept, content: 'a!', created: at(NOON), updated: at(NOON + 60_000) }]);
});

test('stars do not move the issue either', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's' });
  const comment = sandbox.world.addComment(id, { content: 'c' });
  clock.set(NOON + 9000);
  sandbox.world.starIssue(id, 5002);
  sandbox.world.starComment(id, comment.id);
  expect(await issue(id)).toMatchObject({
    updated: at(NOON),
    stars: [{ presenter: { id: 5002 }, created: at(NOON + 9000) }],
  });
  const { body } = await asker(sandbox)(`/issues/${id}/comments/${comment.id}`);
  expect(body.stars).toMatchObject([{ presenter: { id: 5001 }, url: expect.stringMatching(/#comment-\d+$/) }]);
});

test('a deleted issue is gone, tells its id and number alone, and its number stays free', async () => {
  const { id, keyId } = sandbox.world.createIssue({ projectId: 101, summary: 's' });
  const child = sandbox.world.createIssue({ projectId: 101, summary: 'c', parentIssueId: id });
  sandbox.world.deleteIssue(id);
  expect((await asker(sandbox)(`/issues/${id}`)).status).toBe(404);
  expect((await asker(sandbox)(`/issues/SAKURA-${keyId}`)).status).toBe(404);
  expect((await newest()).content).toEqual({ id, key_id: keyId });
  expect((await newest()).type).toBe(4);
  expect((await issue(child.id)).parentIssueId).toBeNull();
  expect(sandbox.world.createIssue({ projectId: 101, summary: 'n' }).keyId).toBe(keyId + 2);
});

test('an import of the past has its own times and no activity', async () => {
  const feed = await newest();
  const then = Date.UTC(2020, 0, 1);
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 'old', created: then, updated: then + 1000 });
  sandbox.world.addComment(id, { content: 'old', created: then + 500, updated: then + 800 });
  expect(await issue(id)).toMatchObject({ created: at(then), updated: at(then + 1000) });
  expect(await newest()).toEqual(feed);
  const { body } = await asker(sandbox)('/issues?sort=created&order=asc&count=1');
  expect(body[0].id).toBe(id);
});

test('seeded issues can be changed like any other', async () => {
  const id = sandbox.world.issues.idOfKey(101, 3) ?? 0;
  const before = (await asker(sandbox)(`/issues/${id}/comments?count=100`)).body;
  sandbox.world.updateIssue(id, { summary: '改題' }, { content: '直しました' });
  const after = (await asker(sandbox)(`/issues/${id}/comments?count=100`)).body;
  expect(after.slice(1)).toEqual(before);
  expect((await issue(id)).summary).toBe('改題');
  expect(await newest()).toMatchObject({ type: 3, content: { summary: '改題', comment: { content: '直しました' } } });
});
