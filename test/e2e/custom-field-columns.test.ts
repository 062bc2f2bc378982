import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import { addField, createIssue, removeFields, VALUES, valuesFor } from './custom-field-samples.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';
import { runProgram } from './program.ts';
import { runPipeline } from './singer-pipeline.ts';

let sandbox: Sandbox;
let folder: JobFolder;
let state: string | undefined;
let projects: readonly number[];

beforeEach(async () => {
  sandbox = await startSandbox({ seed: { projects: 2, issues: 12, commentsPerIssue: 0 } });
  removeFields(sandbox.world);
  projects = [...sandbox.world.projects.keys()];
  folder = new JobFolder();
  state = undefined;
});

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

function writeJob(statements: string, properties = 'IncludeCustomFields=True;'): void {
  const connection = `APIKey=${sandbox.apiKey};URL=${sandbox.url};${properties}`;
  folder.write(FLAVOURS.java(connection, folder.database), statements);
}

/** Two ways from Backlog into a SQLite table of issues. */
const DOORS = {
  'a job file': async () => {
    writeJob('REPLICATE Issues; REPLICATE IssueCustomFieldValues;');
    await folder.sync();
  },
  'a Singer pipeline': async () => {
    const { codes, stderr, ...outcome } = await runPipeline({
      tapConfig: tapConfig(),
      targetConfig: folder.file('target.json', JSON.stringify({ database: folder.database, hard_delete: true })),
      ...(state === undefined ? {} : { stateFile: folder.file('state.json', state) }),
    });
    expect(codes, stderr).toEqual([0, 0]);
    state = outcome.state;
  },
};

function tapConfig(settings: object = { custom_field_columns: 'name' }): string {
  const config = { url: sandbox.url, api_key: sandbox.apiKey, replace_children: true, ...settings };
  return folder.file('tap.json', JSON.stringify(config));
}

/** What an issue's columns for custom fields hold, by their names without the prefix; empty ones are left out. */
function held(issue: number): Record<string, unknown> {
  const [row = {}] = query(folder.database, `SELECT * FROM issues WHERE id = ${issue}`);
  const columns = Object.entries(row).map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value] as const);
  const filled = columns.filter(([name, value]) => /^customfield(?!s$)/.test(name) && value !== null);
  return Object.fromEntries(filled.map(([name, value]) => [name.slice('customfield'.length), value]));
}

function rowOf(table: string, condition: string): Record<string, unknown> {
  const [row = {}] = query(folder.database, `SELECT * FROM ${table} WHERE ${condition}`);
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value]),
  );
}

describe.each(Object.entries(DOORS))('columns for custom fields, by %s', (_, sync) => {
  it('hold values of all eight types, and what was typed beside the items', async () => {
    const [project = 0] = projects;
    const fields = VALUES.map(({ type }) => addField(sandbox.world, project, `型 ${type}`, type));
    const issue = createIssue(sandbox.world, project, valuesFor(fields));

    await sync();

    expect(held(issue)).toEqual({
      ...{ 型1: '顧客 "A" 🌸', 型2: 'one\r\ntwo', 型3: 0.5, 型4: '2028-02-29', 型5: 'two', 型6: '["one","three"]' },
      ...{ 型7: '["three"]', 型7other: '別の', 型8: 'one', 型8other: 'else' },
    });
    const issues = sandbox.world.issues.size;
    expect(query(folder.database, 'SELECT count(*) AS issues FROM issues')).toEqual([{ issues }]);
  });

  it('are shared by equal names where the types agree, and are apart where they do not', async () => {
    const [one = 0, other = 0] = projects;
    const { world } = sandbox;
    const fields = {
      ...{ amount: addField(world, one, 'Amount', FIELD_TYPE.number), words: addField(world, other, 'Amount', 1) },
      ...{ note: addField(world, one, 'Note', FIELD_TYPE.text), notes: addField(world, other, 'Note', 2) },
    };
    const counted = createIssue(world, one, [
      { id: fields.amount, value: 12 },
      { id: fields.note, value: 'a' },
    ]);
    const written = createIssue(world, other, [
      { id: fields.words, value: '12' },
      { id: fields.notes, value: 'b' },
    ]);

    await sync();

    expect(held(counted)).toEqual({ amountnumber: 12, note: 'a' });
    expect(held(written)).toEqual({ amounttext: '12', note: 'b' });
  });

  it('keep everything when a field is renamed, another removed and a third given a namesake', async () => {
    const [one = 0, other = 0] = projects;
    const { world } = sandbox;
    const [renamed, removed, score] = [
      addField(world, one, 'Old', FIELD_TYPE.text),
      addField(world, one, 'Doomed', FIELD_TYPE.number),
      addField(world, one, 'Score', FIELD_TYPE.number),
    ];
    const values = [
      { id: renamed, value: 'kept' },
      { id: removed, value: 7 },
      { id: score, value: 1 },
    ];
    const issue = createIssue(world, one, values);
    const untouched = createIssue(world, other, []);
    await sync();
    expect(held(issue)).toEqual({ old: 'kept', doomed: 7, score: 1 });

    world.updateCustomField(one, renamed, { name: 'New' });
    world.deleteCustomField(one, removed);
    const second = addField(world, other, 'Score', FIELD_TYPE.text);
    const newer = createIssue(world, other, [{ id: second, value: 'A+' }]);
    await sync();

    expect(held(issue)).toEqual({ new: 'kept', scorenumber: 1, old: 'kept', doomed: 7, score: 1 });
    expect(held(newer)).toEqual({ scoretext: 'A+' });
    expect(held(untouched)).toEqual({});
    const before = sandbox.requests.length;
    await sync();
    const searches = sandbox.requests.slice(before).filter(({ path }) => path === '/issues');
    for (const { query: asked } of searches) expect(asked).toContain('updatedSince=');
  });

  it('leave a day that no calendar has to additional_fields, and lose no row by it', async () => {
    const [project = 0] = projects;
    const day = addField(sandbox.world, project, 'Day', FIELD_TYPE.date);
    const issue = createIssue(sandbox.world, project, [{ id: day, value: '2026-02-29' }]);

    await sync();

    const impossible = '2026-02-29T00:00:00Z';
    expect(held(issue)).toEqual({});
    const { additionalfields, customfields } = rowOf('issues', `id = ${issue}`);
    expect(JSON.parse(String(additionalfields))).toEqual({ [`customFields.${day}`]: impossible });
    expect(JSON.parse(String(customfields))).toMatchObject([{ id: day, value: impossible }]);
    const table = state === undefined ? 'IssueCustomFieldValues' : 'issue_custom_field_values';
    const issueId = state === undefined ? 'IssueId' : 'issue_id';
    const value = rowOf(table, `${issueId} = ${issue}`);
    expect(value).toMatchObject({ name: 'Day', datevalue: null });
    expect(JSON.parse(String(value.additionalfields))).toEqual({ dateValue: impossible });
  });
});

describe('a job with columns for custom fields', () => {
  it('selects them by their names and by those of their fields', async () => {
    const [project = 0] = projects;
    const field = addField(sandbox.world, project, 'Story Points', FIELD_TYPE.number);
    const issue = createIssue(sandbox.world, project, [{ id: field, value: 8 }]);
    writeJob(`REPLICATE Estimated SELECT Id, [Story Points] AS Points FROM Issues WHERE CustomFieldStoryPoints > 5;
      REPLICATE Sums SELECT ProjectId, sum("Story Points") AS Points FROM Issues GROUP BY ProjectId`);

    await folder.sync();

    expect(query(folder.database, 'SELECT * FROM Estimated')).toEqual([{ Id: issue, Points: 8 }]);
    expect(query(folder.database, 'SELECT Points FROM Sums WHERE Points > 0')).toEqual([{ Points: 8 }]);
  });

  it('may call them after their ids', async () => {
    const [project = 0] = projects;
    const field = addField(sandbox.world, project, 'Story Points', FIELD_TYPE.number);
    const issue = createIssue(sandbox.world, project, [{ id: field, value: 8 }]);
    writeJob('REPLICATE Issues', 'IncludeCustomFields=Id;');
    await folder.sync();
    expect(held(issue)).toEqual({ [field]: 8 });
  });

  it('has none unless it asks for them', async () => {
    const [project = 0] = projects;
    addField(sandbox.world, project, 'Story Points', FIELD_TYPE.number);
    for (const properties of ['', 'IncludeCustomFields=False;']) {
      writeJob('REPLICATE Issues', properties);
      await folder.sync();
    }
    const columns = query(folder.database, "SELECT name FROM pragma_table_info('Issues')").map(({ name }) => name);
    expect(columns.filter((name) => String(name).startsWith('CustomField'))).toEqual(['CustomFields']);
    expect(sandbox.requests.filter(({ path }) => path.endsWith('/customFields'))).toEqual([]);
  });
});

describe('discovery', () => {
  const discover = (...args: readonly string[]) => runProgram('tap-backlog', ['--discover', ...args]);
  const columnsIn = (catalog: string) => {
    const { streams } = JSON.parse(catalog) as {
      streams: { stream: string; schema: { properties: object }; metadata: { breadcrumb: string[] }[] }[];
    };
    const issues = streams.find(({ stream }) => stream === 'issues');
    const columns = Object.keys(issues?.schema.properties ?? {}).filter((name) => name.startsWith('custom_field_'));
    const described = issues?.metadata.flatMap(({ breadcrumb: [, name = ''] }) => (columns.includes(name) ? name : []));
    expect(described).toEqual(columns);
    return columns;
  };

  it('asks the API for fields if columns for them are wanted, and offers them for selection', async () => {
    const [one = 0, other = 0] = projects;
    addField(sandbox.world, one, 'Story Points', FIELD_TYPE.number);
    addField(sandbox.world, other, 'Kind', FIELD_TYPE.radio);
    const { code, stdout, stderr } = await discover('--config', tapConfig());
    expect(code, stderr).toBe(0);
    expect(columnsIn(stdout)).toEqual(['custom_field_story_points', 'custom_field_kind', 'custom_field_kind_other']);
    const [project] = sandbox.world.projects.values();
    const restricted = tapConfig({ custom_field_columns: 'id', project_keys: [project?.projectKey] });
    expect(columnsIn((await discover('--config', restricted)).stdout)).toHaveLength(1);
  });

  it('needs no network otherwise', async () => {
    const before = sandbox.requests.length;
    const [plain, configured] = [await discover(), await discover('--config', tapConfig({}))];
    expect(columnsIn(plain.stdout)).toEqual([]);
    expect(configured.stdout).toBe(plain.stdout);
    expect(sandbox.requests).toHaveLength(before);
  });

  it('gives a catalog with which columns can be left out', async () => {
    const [one = 0] = projects;
    const points = addField(sandbox.world, one, 'Story Points', FIELD_TYPE.number);
    const kind = addField(sandbox.world, one, 'Note', FIELD_TYPE.text);
    const issue = createIssue(sandbox.world, one, [
      { id: points, value: 8 },
      { id: kind, value: 'x' },
    ]);
    const { stdout } = await discover('--config', tapConfig());
    const catalog = JSON.parse(stdout);
    for (const stream of catalog.streams) {
      for (const { breadcrumb, metadata } of stream.metadata) {
        if (breadcrumb.length === 0) metadata.selected = stream.stream === 'issues';
        if (breadcrumb[1] === 'custom_field_note') metadata.selected = false;
      }
    }
    const { codes, stderr } = await runPipeline({
      tapConfig: tapConfig(),
      targetConfig: folder.file('target.json', JSON.stringify({ database: folder.database })),
      catalog: folder.file('catalog.json', JSON.stringify(catalog)),
    });
    expect(codes, stderr).toEqual([0, 0]);
    expect(held(issue)).toEqual({ storypoints: 8 });
  });
});
