import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChildrenMessage, Message } from '../../src/message/message.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const PARTS = [
  'issue_categories',
  'issue_milestones',
  'issue_versions',
  'issue_attachments',
  'issue_linked_shared_files',
  'issue_stars',
  'issue_external_file_links',
  'issue_custom_field_values',
];
const COMMENT_STREAMS = [
  'issue_comments',
  'issue_comment_change_log',
  'issue_comment_stars',
  'issue_comment_notifications',
];
const EVERYTHING = ['issues', ...PARTS, ...COMMENT_STREAMS];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 1, issues: 40, commentsPerIssue: 2 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

const childrenIn = (messages: readonly Message[]) =>
  messages.filter((message): message is ChildrenMessage => message.type === 'children');

function expectEqualContent(streams: readonly string[]): void {
  for (const stream of streams) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

/** The first issue with two categories and with custom fields. */
function richIssue(): number {
  const { world } = space.sandbox;
  const [head] = [...world.issues.heads()];
  const [project] = [...world.masters.values()];
  const categoryIds = project?.categories.slice(0, 2).map(({ id }) => id) ?? [];
  expect(categoryIds).toHaveLength(2);
  world.updateIssue(head?.id ?? 0, { categoryIds });
  return head?.id ?? 0;
}

describe('lists inside issues', () => {
  test('come as plain records in a first load', async () => {
    const { messages } = await space.read({ streams: EVERYTHING });
    expect(childrenIn(messages)).toEqual([]);
  });

  test('come whole, one message per list, when their issue has changed, be they empty or not', async () => {
    const id = richIssue();
    await space.readInto(replica, { streams: EVERYTHING });
    space.clock.advance(60);
    space.sandbox.world.updateIssue(id, { categoryIds: [], customFields: [], summary: 'bare' });
    const { messages } = await space.read({ streams: ['issues', ...PARTS], state: replica.state });
    const lists = childrenIn(messages);
    expect(lists.map(({ stream }) => stream).sort()).toEqual([...PARTS].sort());
    expect(lists.map(({ parent }) => parent)).toEqual(PARTS.map(() => ({ issue_id: id })));
    expect(lists.find(({ stream }) => stream === 'issue_categories')?.records).toEqual([]);
    expect(messages.flatMap((message) => (message.type === 'record' ? [message.stream] : []))).toEqual(['issues']);
  });

  test('lose what left them', async () => {
    const id = richIssue();
    await space.readInto(replica, { streams: EVERYTHING });
    expect(replica.rows('issue_categories').filter(({ issue_id }) => issue_id === id)).toHaveLength(2);
    space.clock.advance(60);
    space.sandbox.world.updateIssue(id, { categoryIds: [], customFields: [] });
    await space.readInto(replica, { streams: EVERYTHING });
    expect(replica.rows('issue_categories').filter(({ issue_id }) => issue_id === id)).toEqual([]);
    expectEqualContent(EVERYTHING);
  });

  test('lose it too where another stream makes the walk begin from the start', async () => {
    const id = richIssue();
    await space.readInto(replica, { streams: ['issues', 'issue_categories'] });
    space.clock.advance(60);
    space.sandbox.world.updateIssue(id, { categoryIds: [] });
    await space.readInto(replica, { streams: ['issues', 'issue_categories', 'issue_stars'] });
    space.clock.advance(60);
    await space.readInto(replica, { streams: ['issues', 'issue_categories', 'issue_stars'] });
    expectEqualContent(['issues', 'issue_categories', 'issue_stars']);
  });

  test('of a versioned stream come as records of the version', async () => {
    await space.readInto(replica, { streams: ['issues', 'issue_categories'] });
    space.sandbox.world.updateIssue(richIssue(), { summary: 'other' });
    const { messages } = await space.read({
      streams: ['issues', { name: 'issue_categories', fullRefresh: true }],
      state: replica.state,
    });
    expect(childrenIn(messages)).toEqual([]);
  });
});

describe('comments', () => {
  test('deleted from an issue that has changed are gone, with all that hung on them', async () => {
    const { world } = space.sandbox;
    const issue = richIssue();
    const comment = world.addComment(issue, { content: 'regretted', notifiedUserIds: [] });
    await space.readInto(replica, { streams: EVERYTHING });
    space.clock.advance(60);
    world.deleteComment(issue, comment.id);
    world.updateIssue(issue, { summary: 'moved on' });
    await space.readInto(replica, { streams: EVERYTHING });
    expect(replica.rows('issue_comments').map(({ id }) => id)).not.toContain(comment.id);
    expectEqualContent(EVERYTHING);
  });

  test('of an issue with a hundred or more are not taken for whole, and their own lists are', async () => {
    const { world } = space.sandbox;
    const issue = richIssue();
    for (let count = 0; count < 120; count++) world.addComment(issue, { content: `Comment ${count}` });
    await space.readInto(replica, { streams: EVERYTHING });
    space.clock.advance(60);
    world.updateIssue(issue, { summary: 'once more' });
    const { messages } = await space.read({ streams: COMMENT_STREAMS, state: replica.state });
    const lists = childrenIn(messages);
    expect(new Set(lists.map(({ stream }) => stream))).toEqual(new Set(COMMENT_STREAMS.slice(1)));
    expect(lists.every(({ parent }) => parent.issue_id === issue && Number(parent.comment_id) > 0)).toBe(true);
    for (const message of messages) replica.apply(message);
    expectEqualContent(COMMENT_STREAMS);
  });
});
