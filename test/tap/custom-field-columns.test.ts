import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row, Value } from '../../src/message/value.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type Reading, type ReadingOptions, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_categories', 'issue_comments'];

let space: TestSpace;
let replica: Replica;
let one: number;
let other: number;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 0 } });
  replica = new Replica();
  [one = 0, other = 0] = space.sandbox.world.projects.keys();
  for (const [projectId, { customFields }] of space.sandbox.world.masters)
    for (const { id } of customFields) space.sandbox.world.deleteCustomField(projectId, id);
});

afterEach(() => space[Symbol.asyncDispose]());

const ASKED: ReadingOptions = { streams: STREAMS, customFields: 'name' };

async function run(options: Partial<ReadingOptions> = {}): Promise<Reading> {
  space.clock.advance(60);
  space.requestsOf(/./);
  const reading = await space.read({ ...ASKED, ...options, state: replica.state });
  for (const message of reading.messages) replica.apply(message);
  return reading;
}

function addField(projectId: number, name: string, typeId: number): number {
  const isList = typeId >= FIELD_TYPE.singleList;
  const items = ['one', 'two'].map((item, order) => ({ id: order + 1, name: item, displayOrder: order }));
  const list = isList ? { list: { items, allowAddItem: false, allowInput: typeId >= FIELD_TYPE.checkbox } } : {};
  return space.sandbox.world.addCustomField(projectId, { name, typeId, ...list }).id;
}

function addIssue(projectId: number, values: Record<number, string | number | readonly number[]>): number {
  const customFields = Object.entries(values).map(([id, value]) => ({ id: Number(id), value }));
  return space.sandbox.world.createIssue({ projectId, summary: 'new', customFields }).id;
}

/** By issue, what its columns for custom fields hold; empty ones are left out. */
function held(): Record<number, Row> {
  return Object.fromEntries(
    replica.rows('issues').map((row) => {
      const columns = Object.entries(row).filter(([name, value]) => name.startsWith('custom_field_') && value !== null);
      return [Number(row.id), Object.fromEntries(columns) as Row];
    }),
  );
}

/** All else of the rows is what it is without these columns. */
function expectOtherColumns(): void {
  const others = replica.rows('issues').map((row) => {
    return Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('custom_field_')));
  });
  expect(others).toEqual(expectedRows(space.sandbox.world, 'issues'));
}

const searches = () => space.requestsOf(/^\/issues$/).map(({ query }) => query);

/** Issues that came as records, in the order of their coming. */
function readIssues({ messages }: Reading): readonly Value[] {
  return messages.flatMap((message) =>
    message.type === 'record' && message.stream === 'issues' ? [message.record.id ?? null] : [],
  );
}

describe('columns for custom fields', () => {
  test('are in the schema and in each row', async () => {
    const score = addField(one, 'Score', FIELD_TYPE.number);
    const issue = addIssue(one, { [score]: 5 });
    const bare = addIssue(other, {});
    const { messages } = await run();
    const schema = messages.find((message) => message.type === 'schema' && message.stream === 'issues');
    expect(schema).toMatchObject({ schema: { properties: { custom_field_score: { type: ['number', 'null'] } } } });
    expect(held()).toEqual({ [issue]: { custom_field_score: 5 }, [bare]: {} });
    for (const row of replica.rows('issues')) expect(row).toHaveProperty('custom_field_score');
    expectOtherColumns();
  });

  test('are called after ids, too', async () => {
    const score = addField(one, 'Score', FIELD_TYPE.number);
    const issue = addIssue(one, { [score]: 5 });
    await run({ customFields: 'id' });
    expect(held()).toEqual({ [issue]: { [`custom_field_${score}`]: 5 } });
  });

  test('that stay as they are cost nothing but the lists of fields, which are read once', async () => {
    addIssue(one, { [addField(one, 'Score', FIELD_TYPE.number)]: 5 });
    const streams = [...STREAMS, 'projects', 'project_custom_fields', 'issue_history'];
    await run({ streams });
    await run({ streams });
    const requests = space.requestsOf(/./).map(({ path }) => path);
    expect(requests).not.toContain('/issues');
    expect(requests.filter((path) => path === '/projects')).toHaveLength(1);
    expect(requests.filter((path) => path.endsWith('/customFields'))).toHaveLength(2);
  });

  test.each([
    ['renamed', 'New', (id: number) => space.sandbox.world.updateCustomField(one, id, { name: 'New' })],
    ['added beside one of the name in its project', undefined, () => addField(one, 'Old', FIELD_TYPE.text)],
    ['added with the name and another type in another project', 'Old text', () => addField(other, 'Old', 3)],
  ])('come to issues that have not changed when a field is %s', async (_, name, change) => {
    const field = addField(one, 'Old', FIELD_TYPE.text);
    const issue = addIssue(one, { [field]: 'kept' });
    await run();
    expect(held()).toEqual({ [issue]: { custom_field_old: 'kept' } });

    change(field);
    expect(readIssues(await run())).toEqual([issue]);

    const column = `custom_field_${name?.replace(' ', '_').toLowerCase() ?? `old_${field}`}`;
    expect(held()).toEqual({ [issue]: { [column]: 'kept' } });
    expect(readIssues(await run())).toEqual([]);
  });

  test('are filled anew in the projects alone whose fields have changed', async () => {
    const shared = [addField(one, 'Note', FIELD_TYPE.text), addField(other, 'Note', FIELD_TYPE.text)] as const;
    const issue = addIssue(one, { [shared[0]]: 'a' });
    const untouched = addIssue(other, { [shared[1]]: 'b' });
    await run();
    space.sandbox.world.deleteCustomField(one, shared[0]);
    const reading = await run();
    expect(readIssues(reading)).toEqual([issue]);
    expect(held()).toEqual({ [issue]: {}, [untouched]: { custom_field_note: 'b' } });
  });

  test('find deletions that happen together with a change of fields', async () => {
    const field = addField(one, 'Old', FIELD_TYPE.text);
    const [kept, doomed] = [addIssue(one, { [field]: 'a' }), addIssue(one, { [field]: 'b' })];
    await run();
    space.sandbox.world.updateCustomField(one, field, { name: 'New' });
    space.sandbox.world.deleteIssue(doomed);
    await run();
    expect(held()).toEqual({ [kept]: { custom_field_new: 'a' } });
    expectOtherColumns();
  });

  test('are all filled at last, wherever runs are interrupted', async () => {
    const field = addField(one, 'Old', FIELD_TYPE.text);
    const issues = Array.from({ length: 250 }, (_, number) => addIssue(one, { [field]: `${number}` }));
    await run();
    for (const messages of [260, 8, 120, 300]) {
      const name = `Name ${messages}`;
      space.sandbox.world.updateCustomField(one, field, { name });
      space.clock.advance(60);
      await space.readInto(replica, ASKED, messages);
      await run();
      const column = `custom_field_name_${messages}`;
      expect(held()).toEqual(Object.fromEntries(issues.map((id, number) => [id, { [column]: `${number}` }])));
      searches();
      await run();
      expect(searches()).toEqual([]);
    }
  });

  test('that were not asked for at first are filled when they are, and again after a pause', async () => {
    const field = addField(one, 'Score', FIELD_TYPE.number);
    const issue = addIssue(one, { [field]: 5 });
    await run({ customFields: undefined });
    expect(held()).toEqual({ [issue]: {} });
    await run();
    expect(held()).toEqual({ [issue]: { custom_field_score: 5 } });
    const { messages } = await run({ customFields: undefined });
    expect(messages.filter(({ type }) => type === 'record')).toEqual([]);
    expect(JSON.stringify(replica.state)).not.toContain('"columns"');
  });

  test('are lost in no project whose fields cannot be read: it waits, the others go on', async () => {
    const field = addField(one, 'Note', FIELD_TYPE.text);
    const [issue, second] = [addIssue(one, { [field]: 'kept' }), addIssue(other, {})];
    await run();
    for (const id of [issue, second]) space.sandbox.world.updateIssue(id, { summary: 'changed' });
    space.sandbox.faults.add({
      path: `/projects/${one}/customFields`,
      times: 99,
      fault: { kind: 'status', status: 500 },
    });
    const reading = await run();
    expect(readIssues(reading)).toEqual([second]);
    expect(reading.report.failures).toMatchObject([{ streams: expect.arrayContaining(['issues']) }]);
    expect(held()[issue]).toEqual({ custom_field_note: 'kept' });
    space.sandbox.faults.clear();
    expect(readIssues(await run())).toEqual([issue]);
    expectOtherColumns();
  });

  test('are none where the plan has no custom fields, which is told', async () => {
    addIssue(one, {});
    const body = '{"errors":[{"message":"No.","code":5}]}';
    space.sandbox.faults.add({
      path: '/projects/*/customFields',
      times: 9,
      fault: { kind: 'body', status: 403, body },
    });
    const { report, log } = await run();
    expect(report.failures).toEqual([]);
    expect(log.filter(({ level }) => level === 'warning').map(({ text }) => text.en)).toEqual([
      expect.stringContaining('project_custom_fields could not be read'),
      expect.stringContaining('project_custom_fields could not be read'),
    ]);
    expectOtherColumns();
  });
});
