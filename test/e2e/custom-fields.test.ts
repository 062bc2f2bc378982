import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import { addField, createIssue, ITEMS, removeFields, VALUES, valuesFor } from './custom-field-samples.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';

let sandbox: Sandbox;
let folder: JobFolder;

beforeEach(async () => {
  sandbox = await startSandbox();
  removeFields(sandbox.world);
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
    const fields = VALUES.map(({ type }) => addField(sandbox.world, projectId, `type ${type}`, type));
    const issueId = createIssue(sandbox.world, projectId, valuesFor(fields));
    const emptyId = createIssue(sandbox.world, projectId, []);

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
    const amount = addField(sandbox.world, one, 'Amount', FIELD_TYPE.number);
    const words = addField(sandbox.world, other, 'Amount', FIELD_TYPE.text);
    const counted = createIssue(sandbox.world, one, [{ id: amount, value: 12 }]);
    const written = createIssue(sandbox.world, other, [{ id: words, value: '12' }]);

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
    const field = addField(sandbox.world, projectId, 'Old', FIELD_TYPE.text);
    const changed = createIssue(sandbox.world, projectId, [{ id: field, value: 'kept' }]);
    await folder.sync();

    sandbox.world.updateCustomField(projectId, field, { name: 'New' });
    sandbox.world.updateIssue(changed, { summary: 'changed' });
    await folder.sync();

    expect(valuesOf(changed)).toMatchObject([{ CustomFieldId: field, Name: 'New', TextValue: 'kept' }]);
    expect(query(folder.database, 'SELECT Id, Name FROM ProjectCustomFields')).toEqual([{ Id: field, Name: 'New' }]);
  });

  it('that are removed leave the changed issues, and take no other field with them', async () => {
    const [projectId = 0] = projectIds();
    const doomed = addField(sandbox.world, projectId, 'Doomed', FIELD_TYPE.text);
    const kept = addField(sandbox.world, projectId, 'Kept', FIELD_TYPE.singleList);
    const values = [
      { id: doomed, value: 'gone' },
      { id: kept, value: [2] },
    ];
    const changed = createIssue(sandbox.world, projectId, values);
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
