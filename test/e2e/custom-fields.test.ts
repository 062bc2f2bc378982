import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { CustomFieldValue } from '../../src/sandbox/world/issue.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';

const LISTS = new Set<number>([FIELD_TYPE.singleList, FIELD_TYPE.multipleList, FIELD_TYPE.checkbox, FIELD_TYPE.radio]);

/** One value for each of the eight types, and what its row must say. */
const VALUES = [
  { type: FIELD_TYPE.text, value: '顧客 "A" 🌸', row: { TextValue: '顧客 "A" 🌸' } },
  { type: FIELD_TYPE.textArea, value: 'one\r\ntwo', row: { TextValue: 'one\r\ntwo' } },
  { type: FIELD_TYPE.number, value: 0.5, row: { NumberValue: 0.5 } },
  { type: FIELD_TYPE.date, value: '2028-02-29', row: { DateValue: '2028-02-29' } },
  { type: FIELD_TYPE.singleList, value: [2], row: { ItemIds: '[2]', ItemNames: '["two"]' } },
  { type: FIELD_TYPE.multipleList, value: [1, 3], row: { ItemIds: '[1,3]', ItemNames: '["one","three"]' } },
  {
    type: FIELD_TYPE.checkbox,
    value: [3],
    other: '別の',
    row: { ItemIds: '[3]', ItemNames: '["three"]', OtherValue: '別の' },
  },
  {
    type: FIELD_TYPE.radio,
    value: [1],
    other: 'else',
    row: { ItemIds: '[1]', ItemNames: '["one"]', OtherValue: 'else' },
  },
] as const;

const ITEMS = ['one', 'two', 'three'].map((name, order) => ({ id: order + 1, name, displayOrder: order }));

let sandbox: Sandbox;
let folder: JobFolder;

beforeEach(async () => {
  sandbox = await startSandbox();
  for (const [projectId, masters] of sandbox.world.masters)
    for (const { id } of masters.customFields) sandbox.world.deleteCustomField(projectId, id);
  folder = new JobFolder();
  const statements = ['Issues', 'IssueCustomFieldValues', 'ProjectCustomFields', 'ProjectCustomFieldItems'];
  folder.write(
    FLAVOURS.java(`APIKey=${sandbox.apiKey};URL=${sandbox.url};`, folder.database),
    statements.map((table) => `REPLICATE ${table};`).join('\n'),
  );
});

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

const projectIds = () => [...sandbox.world.projects.keys()];

function addField(projectId: number, name: string, typeId: number): number {
  const allowInput = typeId >= FIELD_TYPE.checkbox;
  const list = LISTS.has(typeId) ? { list: { items: ITEMS, allowAddItem: false, allowInput } } : {};
  return sandbox.world.addCustomField(projectId, { name, typeId, ...list }).id;
}

function createIssue(projectId: number, customFields: readonly CustomFieldValue[]): number {
  return sandbox.world.createIssue({ projectId, summary: 'with custom fields', customFields }).id;
}

/** The rows of an issue as the table has them, without what is empty. */
function valuesOf(issueId: number): readonly Record<string, unknown>[] {
  const sql = `SELECT * FROM IssueCustomFieldValues WHERE IssueId = ${issueId} ORDER BY CustomFieldId`;
  return query(folder.database, sql).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  );
}

function jsonOf(issueId: number): readonly Record<string, unknown>[] {
  const [row] = query(folder.database, `SELECT CustomFields FROM Issues WHERE Id = ${issueId}`);
  return JSON.parse(String(row?.CustomFields));
}

describe('custom fields', () => {
  it('of all eight types keep their values, and what was typed beside the items', async () => {
    const [projectId = 0] = projectIds();
    const fields = VALUES.map(({ type }) => addField(projectId, `type ${type}`, type));
    const values = VALUES.map((each, place) => ({
      id: fields[place] ?? 0,
      value: each.value,
      ...('other' in each && { otherValue: each.other }),
    }));
    const issueId = createIssue(projectId, values);
    const emptyId = createIssue(projectId, []);

    await folder.sync();

    expect(valuesOf(issueId)).toEqual(
      VALUES.map(({ type, row }, place) => ({
        ...{ IssueId: issueId, ProjectId: projectId, CustomFieldId: fields[place] },
        ...{ FieldTypeId: type, Name: `type ${type}` },
        ...row,
      })),
    );
    expect(valuesOf(emptyId).map(({ CustomFieldId }) => CustomFieldId)).toEqual(fields);
    expect(jsonOf(issueId)).toMatchObject(VALUES.map(({ type }, place) => ({ id: fields[place], fieldTypeId: type })));
    expect(jsonOf(issueId)[2]).toMatchObject({ value: 0.5 });
    expect(jsonOf(issueId)[6]).toMatchObject({ value: [{ id: 3, name: 'three' }], otherValue: '別の' });
  });

  it('of one name and two types in two projects stay apart', async () => {
    const [one = 0, other = 0] = projectIds();
    const amount = addField(one, 'Amount', FIELD_TYPE.number);
    const words = addField(other, 'Amount', FIELD_TYPE.text);
    const counted = createIssue(one, [{ id: amount, value: 12 }]);
    const written = createIssue(other, [{ id: words, value: '12' }]);

    await folder.sync();

    expect(valuesOf(counted)).toMatchObject([{ CustomFieldId: amount, Name: 'Amount', NumberValue: 12 }]);
    expect(valuesOf(counted)[0]).not.toHaveProperty('TextValue');
    expect(valuesOf(written)).toMatchObject([{ CustomFieldId: words, Name: 'Amount', TextValue: '12' }]);
    expect(valuesOf(written)[0]).not.toHaveProperty('NumberValue');
    const fields = query(
      folder.database,
      'SELECT Id, ProjectId, TypeId, Name FROM ProjectCustomFields ORDER BY TypeId',
    );
    expect(fields).toEqual([
      { Id: words, ProjectId: other, TypeId: FIELD_TYPE.text, Name: 'Amount' },
      { Id: amount, ProjectId: one, TypeId: FIELD_TYPE.number, Name: 'Amount' },
    ]);
  });

  it('keep their values when they are renamed, and have the new name as soon as their issue changes', async () => {
    const [projectId = 0] = projectIds();
    const field = addField(projectId, 'Old', FIELD_TYPE.text);
    const changed = createIssue(projectId, [{ id: field, value: 'kept' }]);
    await folder.sync();

    sandbox.world.updateCustomField(projectId, field, { name: 'New' });
    sandbox.world.updateIssue(changed, { summary: 'changed' });
    await folder.sync();

    expect(valuesOf(changed)).toMatchObject([{ CustomFieldId: field, Name: 'New', TextValue: 'kept' }]);
    expect(query(folder.database, 'SELECT Id, Name FROM ProjectCustomFields')).toEqual([{ Id: field, Name: 'New' }]);
  });

  it('that are removed leave the changed issues, and take no other field with them', async () => {
    const [projectId = 0] = projectIds();
    const doomed = addField(projectId, 'Doomed', FIELD_TYPE.text);
    const kept = addField(projectId, 'Kept', FIELD_TYPE.singleList);
    const values = [
      { id: doomed, value: 'gone' },
      { id: kept, value: [2] },
    ];
    const changed = createIssue(projectId, values);
    await folder.sync();
    expect(valuesOf(changed)).toHaveLength(2);

    sandbox.world.deleteCustomField(projectId, doomed);
    sandbox.world.updateIssue(changed, { summary: 'changed' });
    await folder.sync();

    expect(valuesOf(changed)).toMatchObject([{ CustomFieldId: kept, ItemNames: '["two"]' }]);
    expect(jsonOf(changed).map(({ id }) => id)).toEqual([kept]);
    expect(query(folder.database, 'SELECT Id FROM ProjectCustomFields')).toEqual([{ Id: kept }]);
    const items = query(folder.database, 'SELECT CustomFieldId, Name FROM ProjectCustomFieldItems ORDER BY Id');
    expect(items).toEqual(ITEMS.map(({ name }) => ({ CustomFieldId: kept, Name: name })));
  });
});
