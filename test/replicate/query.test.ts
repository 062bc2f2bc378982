import { describe, expect, it } from 'vitest';
import { DataError, describeError } from '../../src/runtime/errors.ts';
import { failure, issue, prepare, rowWise, whole } from './prepared-query.ts';
import { STREAMS } from './streams.ts';

const ISSUE_COLUMNS = [
  ...['Id', 'ProjectId', 'IssueKey', 'IssueTypeId', 'Summary', 'EstimatedHours', 'Archived', 'DueDate', 'Updated'],
  'CustomFields',
];

describe('a copy of a table', () => {
  it('has all columns in their order, with their schemas and the key, under the Pascal names', async () => {
    const query = await rowWise('REPLICATE issues');
    expect(query.streams).toStrictEqual(['issues']);
    expect(query.columns.map(({ name }) => name)).toStrictEqual(ISSUE_COLUMNS);
    expect(query.schema.properties?.Id).toStrictEqual({ type: 'integer', description: 'Number of the issue.' });
    expect(query.schema.properties?.DueDate).toStrictEqual({ type: ['string', 'null'], format: 'date' });
    expect(query.keyProperties).toStrictEqual(['Id']);
    expect(query.notices).toStrictEqual([]);
  });

  it('keeps every value as it is and leaves absent ones absent', async () => {
    const query = await rowWise('REPLICATE Issues');
    const row = { id: 9_007_199_254_740_993n, custom_fields: [{ id: 1 }], archived: false, due_date: null };
    expect(query.apply([row])).toStrictEqual({
      rows: [{ Id: 9_007_199_254_740_993n, CustomFields: [{ id: 1 }], Archived: false, DueDate: null }],
      gone: [],
    });
    expect(query.keyOf({ id: 5, _deleted: 'x' })).toStrictEqual({ Id: 5 });
  });

  it('can be narrowed, but never loses its key', async () => {
    const included = await rowWise('REPLICATE Issues INCLUDE (summary)');
    expect(included.columns.map(({ name }) => name)).toStrictEqual(['Id', 'Summary']);
    const excluded = await rowWise('REPLICATE Issues EXCLUDE (custom_fields, [Due Date])');
    expect(excluded.columns.map(({ name }) => name)).toStrictEqual(
      ISSUE_COLUMNS.filter((name) => name !== 'CustomFields' && name !== 'DueDate'),
    );
    expect(await failure('REPLICATE Issues EXCLUDE (Id)')).toMatchObject({ code: 'replicate.key-excluded' });
    expect(describeError(await failure('REPLICATE Issues INCLUDE (Sumary)'), 'en')).toContain('Did you mean: Summary?');
  });

  it('answers an unknown table with the nearest names', async () => {
    const error = await failure('\n  REPLICATE Isues');
    expect(error).toMatchObject({ path: 'q.sql:2:13', code: 'replicate.unknown-table' });
    expect(error.hint?.en).toBe('Did you mean: Issues?');
    expect((await failure('REPLICATE a Weather')).hint?.en).toBe(
      'There are: Issues, Projects, ProjectStatuses, IssueComments, Space',
    );
  });
});

describe('a row-wise SELECT', () => {
  it.each([
    'SELECT * FROM Issues',
    'SELECT Id, Summary FROM Issues',
    "SELECT i.Id, i.Summary AS Title FROM [Issues] AS i WHERE i.Summary LIKE '%login%' AND ProjectId IN (1, 2, 3)",
    'SELECT Id, DATE(Updated) AS Day FROM Issues',
    'SELECT Id FROM Issues ORDER BY Summary DESC',
    'SELECT ProjectId, Id, Name FROM ProjectStatuses',
    "SELECT Id, CASE WHEN Archived THEN 'yes' ELSE 'no' END AS a FROM Issues WHERE Updated BETWEEN '2024' AND '2025'",
  ])('is: %s', async (select) => {
    expect((await prepare(`REPLICATE x ${select}`)).rowWise).toBe(true);
  });

  it.each([
    'SELECT DISTINCT Id FROM Issues',
    'SELECT ProjectId, COUNT(*) AS n FROM Issues GROUP BY ProjectId',
    'SELECT MAX(Id) AS Id FROM Issues',
    'SELECT Id FROM Issues LIMIT 3',
    'SELECT TOP 3 Id FROM Issues',
    'SELECT Id FROM Issues UNION SELECT Id FROM Projects',
    'SELECT i.Id FROM Issues i JOIN Projects p ON p.Id = i.ProjectId',
    'SELECT i.Id FROM Issues i LEFT JOIN Projects p ON p.Id = i.ProjectId',
    'SELECT i.Id FROM Issues i, Issues j',
    'SELECT Id FROM Issues WHERE ProjectId IN (SELECT Id FROM Projects)',
    'SELECT Id FROM (SELECT Id FROM Issues)',
    'WITH x AS (SELECT * FROM Issues) SELECT * FROM x',
    'SELECT Id, RANK() OVER (ORDER BY Id) AS r FROM Issues',
    "SELECT Id FROM Issues WHERE Updated > DATE('now')",
    'SELECT Id FROM Issues WHERE Updated > DATE()',
    'SELECT Id FROM Issues WHERE Updated > GETDATE()',
    'SELECT Id, RANDOM() AS r FROM Issues',
    'SELECT Issues.Id, value FROM Issues, json_each(CustomFields)',
    'SELECT Summary FROM Issues',
    'SELECT Id, Name FROM ProjectStatuses',
    'SELECT Id + 0 AS Id FROM Issues',
  ])('is not: %s', async (select) => {
    const query = await whole(`REPLICATE x ${select}`);
    expect(query.keyProperties).toStrictEqual([]);
    expect(query.notices[0]?.en).toMatch(/^q\.sql:1:1: .* so every run reads .* in full and replaces the table$/);
  });

  it('turns rows into rows of the result, and names the keys of those that it turns away', async () => {
    const query = await rowWise(
      "REPLICATE x SELECT Id AS Ticket, UCASE(Summary) AS Title, CustomFields FROM Issues WHERE Summary LIKE '%login%'",
    );
    expect(query.keyProperties).toStrictEqual(['Ticket']);
    expect(
      query.apply([
        issue({ custom_fields: [{ id: 7 }] }),
        issue({ id: 2, summary: 'Other' }),
        issue({ id: 3, summary: null }),
      ]),
    ).toStrictEqual({
      rows: [{ Ticket: 1, Title: 'LOGIN FAILS', CustomFields: [{ id: 7 }] }],
      gone: [{ Ticket: 2 }, { Ticket: 3 }],
    });
  });

  it('keeps a key of several columns', async () => {
    const query = await rowWise('REPLICATE x SELECT Name, Id, ProjectId AS P FROM ProjectStatuses WHERE Id > 1');
    expect(query.keyProperties).toStrictEqual(['P', 'Id']);
    expect(query.apply([{ project_id: 5, id: 1, name: 'Open' }]).gone).toStrictEqual([{ Id: 1, P: 5 }]);
  });

  it('sees values in their natural types', async () => {
    const query = await rowWise(
      `REPLICATE x SELECT Id, typeof(Id) AS a, typeof(EstimatedHours) AS b, typeof(Archived) AS c, typeof(Updated) AS d,
        json_extract(CustomFields, '$[0].id') AS e FROM Issues WHERE Archived = TRUE AND Id > 4294967296`,
    );
    const row = issue({ id: 9_007_199_254_740_993n, estimated_hours: 2, archived: true, custom_fields: [{ id: 3 }] });
    expect(query.apply([row]).rows).toStrictEqual([
      { Id: 9_007_199_254_740_993n, a: 'integer', b: 'real', c: 'integer', d: 'text', e: 3 },
    ]);
  });

  it('compares instants as SQL writes them', async () => {
    const query = await rowWise("REPLICATE x SELECT Id FROM Issues WHERE Updated >= '2024-01-02 03:04:05'");
    expect(query.apply([issue({}), issue({ id: 2, updated: '2024-01-02T03:04:04Z' })])).toStrictEqual({
      rows: [{ Id: 1 }],
      gone: [{ Id: 2 }],
    });
  });

  it('reports an expression that fails on a row', async () => {
    const query = await rowWise("REPLICATE x SELECT Id, json_extract(Summary, '$.a') AS a FROM Issues");
    expect(() => query.apply([issue({})])).toThrow(DataError);
    expect(() => query.apply([issue({})])).toThrow('malformed JSON');
  });
});

describe('several rows with one key', () => {
  it('count as the last of them says', async () => {
    const query = await rowWise("REPLICATE x SELECT Id FROM Issues WHERE Summary = 'open'");
    const [open, closed] = [issue({ summary: 'open' }), issue({ summary: 'closed' })];
    expect(query.apply([closed, open])).toStrictEqual({ rows: [{ Id: 1 }], gone: [] });
    expect(query.apply([open, closed])).toStrictEqual({ rows: [{ Id: 1 }], gone: [{ Id: 1 }] });
  });
});

describe('columns for custom fields', () => {
  const text = { type: ['string', 'null'] };
  const columns = {
    custom_field_重要度_severity: { ...text, title: '重要度 / Severity' },
    custom_field_story_points: { type: ['number', 'null'], title: 'Story Points' },
    custom_field_score_number: { type: ['number', 'null'], title: 'Score' },
    custom_field_score_text: { ...text, title: 'Score' },
  };
  const streams = STREAMS.map((stream) =>
    stream.name === 'issues'
      ? { ...stream, schema: { ...stream.schema, properties: { ...stream.schema.properties, ...columns } } }
      : stream,
  );
  const namesOf = async (sql: string) => {
    const query = await prepare(sql, streams);
    return query.columns.map(({ name, origin }) => [name, origin?.column]);
  };

  it.each([
    'CustomFieldStoryPoints',
    'custom_field_story_points',
    '[Story Points]',
    '"Story Points"',
    'Issues.[Story Points]',
  ])('are found by %s', async (typed) => {
    expect(await namesOf(`REPLICATE X SELECT Id, ${typed} FROM Issues WHERE ${typed} > 2`)).toEqual([
      ['Id', 'id'],
      ['CustomFieldStoryPoints', 'custom_field_story_points'],
    ]);
  });

  it('are found by names in any script', async () => {
    for (const typed of ['[重要度 / Severity]', 'CustomField重要度Severity', 'custom_field_重要度_severity'])
      expect(await namesOf(`REPLICATE X SELECT Id, ${typed} FROM Issues`)).toEqual([
        ['Id', 'id'],
        ['CustomField重要度Severity', 'custom_field_重要度_severity'],
      ]);
  });

  it('are not guessed where two fields have the name', async () => {
    await expect(namesOf('REPLICATE X SELECT Id, Score FROM Issues')).rejects.toThrow('there is no column Score');
  });
});
