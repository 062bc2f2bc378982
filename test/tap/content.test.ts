import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { offeredStreams } from '../../src/tap/tap.ts';
import { enrichFamilies } from '../streams/enrich-families.ts';
import { EXPECTED_STREAMS, expectedRows } from './expected-rows.ts';
import { keyText, Replica } from './replica.ts';
import { openSpace, type Reading, type TestSpace } from './test-space.ts';

let space: TestSpace;
let reading: Reading;
const replica = new Replica();

beforeAll(async () => {
  space = await openSpace();
  enrich(space);
  reading = await space.read({
    streams: offeredStreams().map(({ name }) => name),
    settings: { skipUntouched: false },
  });
  for (const message of reading.messages) replica.apply(message);
});

afterAll(() => space[Symbol.asyncDispose]());

/** Adds what the seed has none of. */
function enrich({ sandbox: { world } }: TestSpace): void {
  const [head] = [...world.issues.heads()];
  const history = head && world.issues.history(head.id);
  if (!history) throw new Error('the seed has no issue');
  const created = Date.UTC(2026, 0, 2, 3, 4, 5);
  const link = { id: 9, type: 'GoogleDrive', url: 'https://example.test/9', title: '図面', createdUserId: 1, created };
  const { createdUserId } = history.issue;
  const externalFileLinks = [{ ...link, createdUserId }];
  world.issues.save({ ...history, issue: { ...history.issue, externalFileLinks, assigneeId: null } });
  enrichFamilies(world);
}

test('every stream is expected, and every expectation has its stream', () => {
  expect([...EXPECTED_STREAMS()].sort()).toEqual(
    offeredStreams()
      .map(({ name }) => name)
      .sort(),
  );
});

test.each(EXPECTED_STREAMS())('%s: the rows are those of the space, column by column', (stream) => {
  const expected = expectedRows(space.sandbox.world, stream);
  expect(replica.rows(stream)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(0);
});

test('each row comes exactly once', () => {
  const keysOf = new Map(offeredStreams().map(({ name, keyProperties }) => [name, keyProperties]));
  const seen = new Set<string>();
  for (const message of reading.messages) {
    if (message.type !== 'record') continue;
    const key = `${message.stream} ${keyText(keysOf.get(message.stream) ?? [], message.record)}`;
    expect(seen).not.toContain(key);
    seen.add(key);
  }
  expect(seen.size).toBe(replica.received);
});

test('schemas come first, then records; the last message is the state of the whole run', () => {
  const types = reading.messages.map(({ type }) => type);
  const streams = offeredStreams().length;
  expect(new Set(types.slice(0, streams))).toEqual(new Set(['schema']));
  expect(types.slice(streams)).not.toContain('schema');
  expect(types.at(-1)).toBe('state');
  expect(replica.state).not.toHaveProperty('currently_syncing');
});

test('rows hold the columns of their schema, in its order, and nothing else', () => {
  const columns = new Map(offeredStreams().map(({ name, schema }) => [name, Object.keys(schema.properties ?? {})]));
  const wrong = reading.messages.filter(
    (message) => message.type === 'record' && !sameOrder(Object.keys(message.record), columns.get(message.stream)),
  );
  expect(wrong).toEqual([]);
});

test('streams of one walk cost that walk alone', () => {
  const projects = space.sandbox.world.projects.size;
  const { requests } = reading.report;
  expect(requests.get('issue_stars')).toBe(requests.get('issues'));
  expect(requests.get('issues')).toBe(projects);
  expect(requests.get('project_custom_field_items')).toBe(projects);
  expect(requests.get('projects')).toBe(1);
  expect(requests.get('issue_comments')).toBe(space.sandbox.world.issues.size);
});

test('the report counts what was emitted', () => {
  const counts = new Map<string, number>();
  for (const message of reading.messages as readonly Message[])
    if (message.type === 'record') counts.set(message.stream, (counts.get(message.stream) ?? 0) + 1);
  expect(reading.report.rows).toEqual(counts);
  expect(reading.report.failures).toEqual([]);
});

function sameOrder(a: readonly string[], b: readonly string[] | undefined): boolean {
  return a.join() === b?.join();
}
