import { afterEach, describe, expect, it } from 'vitest';
import type { Row } from '../../src/message/value.ts';
import { parseStatements } from '../../src/replicate/parse-statements.ts';
import { prepareQuery } from '../../src/replicate/prepare-query.ts';
import type { Query, RowWiseQuery, WholeQuery } from '../../src/replicate/query.ts';
import type { ReplicateStatement } from '../../src/replicate/statement.ts';
import { ConfigurationError, DataError, describeError } from '../../src/runtime/errors.ts';
import { STREAMS } from './streams.ts';

const CLOCK = { now: () => Date.UTC(2024, 4, 6, 7, 8, 9), sleep: async () => undefined };

const opened: Query[] = [];

afterEach(() => {
  for (const query of opened.splice(0)) if (query.rowWise) query.close();
});

async function prepare(sql: string): Promise<Query> {
  const statement = parseStatements(sql, 'q.sql').at(-1);
  const query = await prepareQuery(statement as ReplicateStatement, STREAMS, CLOCK);
  opened.push(query);
  return query;
}

async function rowWise(sql: string): Promise<RowWiseQuery> {
  const query = await prepare(sql);
  if (!query.rowWise) throw new Error(`not row-wise: ${sql}`);
  return query;
}

async function whole(sql: string): Promise<WholeQuery> {
  const query = await prepare(sql);
  if (query.rowWise) throw new Error(`row-wise: ${sql}`);
  return query;
}

async function failure(sql: string): Promise<ConfigurationError> {
  try {
    await prepare(sql);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error(`accepted: ${sql}`);
}

function issue(fields: Row): Row {
  return {
    id: 1,
    project_id: 10,
    issue_key: 'A-1',
    summary: 'Login fails',
    updated: '2024-01-02T03:04:05Z',
    ...fields,
  };
}

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

describe('a SELECT over several rows', () => {
  it('runs over a copy of all rows that it needs', async () => {
    const query = await whole(
      `REPLICATE x SELECT p.ProjectKey, p.Name, COUNT(i.Id) AS Issues, SUM(i.EstimatedHours) AS Hours
       FROM Projects p LEFT JOIN Issues i ON i.ProjectId = p.Id GROUP BY p.Id ORDER BY p.ProjectKey`,
    );
    expect(query.streams).toStrictEqual(['issues', 'projects']);
    const copy = query.stage();
    copy.upsert('projects', [
      { id: 1, project_key: 'A', name: 'Alpha' },
      { id: 2, project_key: 'B', name: 'Beta' },
    ]);
    copy.upsert('issues', [
      issue({ project_id: 1, estimated_hours: 1.5 }),
      issue({ id: 2, project_id: 1, estimated_hours: 2 }),
    ]);
    copy.upsert('issues', [issue({ id: 2, project_id: 1, estimated_hours: 3 }), issue({ id: 3, project_id: 2 })]);
    copy.delete('issues', [{ id: 3 }]);
    expect([...copy.result()].flat()).toStrictEqual([
      { ProjectKey: 'A', Name: 'Alpha', Issues: 2, Hours: 4.5 },
      { ProjectKey: 'B', Name: 'Beta', Issues: 0, Hours: null },
    ]);
    copy.close();
  });

  it('gives its rows in groups', async () => {
    const copy = (await whole('REPLICATE x SELECT DISTINCT Id FROM Issues')).stage();
    copy.upsert(
      'issues',
      Array.from({ length: 1001 }, (_, id) => ({ id })),
    );
    expect([...copy.result()].map((group) => group.length)).toStrictEqual([500, 500, 1]);
    copy.close();
  });

  it('names equal columns apart', async () => {
    const query = await whole(
      'REPLICATE x SELECT * FROM ProjectStatuses s JOIN Projects p ON p.Id = s.ProjectId, Projects q',
    );
    expect(query.columns.map(({ name }) => name)).toStrictEqual([
      ...['ProjectId', 'Id', 'Name', 'ProjectsId', 'ProjectKey', 'ProjectsName'],
      ...['Id2', 'ProjectsProjectKey', 'Name2'],
    ]);
  });

  it('may have nulls where an outer join finds nothing', async () => {
    const query = await whole(
      'REPLICATE x SELECT i.Id, p.Id AS P FROM Issues i LEFT JOIN Projects p ON p.Id = i.ProjectId',
    );
    expect(query.schema.properties?.P).toStrictEqual({ type: ['integer', 'null'] });
  });

  it('does not take the second half of a UNION for the first', async () => {
    const query = await whole('REPLICATE x SELECT CustomFields AS a FROM Issues UNION ALL SELECT Name FROM Projects');
    const copy = query.stage();
    copy.upsert('projects', [{ id: 1, name: 'not JSON' }]);
    copy.upsert('issues', [issue({ custom_fields: [1] })]);
    expect([...copy.result()].flat()).toStrictEqual([{ a: '[1]' }, { a: 'not JSON' }]);
    expect(query.schema.properties?.a).toStrictEqual({ type: ['string', 'null'] });
    copy.close();
  });
});

describe('names in a SELECT', () => {
  it.each([
    ['SELECT id, issue_key FROM issues', ['Id', 'IssueKey']],
    ['SELECT ID, ISSUEKEY FROM ISSUES', ['Id', 'IssueKey']],
    ['SELECT i.id, i.issue_key AS issue_key FROM issues i', ['Id', 'issue_key']],
    ['SELECT [Issues].[Id], `issues`.`Issue Key` FROM "Issues"', ['Id', 'IssueKey']],
    ['SELECT project_statuses.Id, project_statuses.project_id FROM project_statuses', ['Id', 'ProjectId']],
    ['SELECT Id FROM CData.Issues', ['Id']],
    ['SELECT Id -- the key\n# all\n/* ; */ FROM Issues', ['Id']],
    ['SELECT Id AS [a]]b], Id AS 課題 FROM Issues', ['a]b', '課題']],
  ])('%s', async (select, names) => {
    expect((await prepare(`REPLICATE x ${select}`)).columns.map(({ name }) => name)).toStrictEqual(names);
  });
});

describe('a mistake in a SELECT', () => {
  it.each([
    ['SELECT * FROM Isues', '1:27', 'there is no table Isues', 'Did you mean: Issues?'],
    ['SELECT Sumary FROM Issues', '1:20', 'there is no column Sumary', 'Did you mean: Summary?'],
    ['SELECT i.Sumary\n FROM Issues i', '1:22', 'there is no column i.Sumary', 'Did you mean: Summary?'],
    ['SELECT Id FROM Issues WHERE Summary = "open"', '1:51', 'there is no column open', "single quotes: 'text'"],
    ['SELECT Id FROM Issues WHERE "Sumary" = 1', '1:41', 'there is no column Sumary', 'Did you mean: Summary?'],
    ['SELECT Weather FROM Issues', '1:20', 'there is no column Weather', 'There are: Id, ProjectId,'],
    ['SELECT Id FROM Issues WHERE', '1:40', 'the SELECT ends too early', 'SQLite'],
    ['SELECT Id Id Id FROM Issues', '1:26', 'Id cannot stand here', 'SQLite'],
    ["SELECT Id FROM Issues WHERE Summary CONTAINS 'x'", '1:49', 'CONTAINS cannot stand here', 'LIKE'],
    ['SELECT Id FROM Issues {', '1:35', '{ cannot stand here', 'SQLite'],
    ['SELECT UPPPER(Summary) FROM Issues', '1:20', 'there is no function UPPPER', 'upper'],
    ['SELECT Id FROM Issues, Projects', '1:20', 'several tables have a column Id', 'Issues.Id'],
    ['SELECT SUM(COUNT(*)) FROM Issues', '1:24', 'misuse of aggregate function COUNT()', 'SQLite'],
    ['SELECT SUBSTR() FROM Issues', '1:20', 'wrong number of arguments to function SUBSTR()', 'SQLite'],
    ['SELECT Id FROM Issues WHERE Id = ?', '1:46', 'parameters have no value here', 'value itself'],
    ['SELECT Id FROM Issues WHERE Id = @id', '1:46', 'there is no column @id', 'Did you mean: Id?'],
    ['SELECT 1 AS one', '1:13', 'the SELECT reads no table of Backlog', 'SELECT * FROM Issues'],
    ['SELECT name FROM sqlite_schema', '1:13', 'the SELECT reads no table of Backlog', 'SELECT * FROM Issues'],
    ['SELECT TOP 3 Id FROM Issues UNION SELECT 1', '1:41', 'TOP cannot be combined with UNION', 'LIMIT'],
  ])('%s', async (select, place, message, hint) => {
    const error = await failure(`REPLICATE x ${select}`);
    expect(error).toMatchObject({ path: `q.sql:${place}`, message });
    expect(error.hint?.en).toContain(hint);
  });

  it('is shown where it stands in the file', async () => {
    const error = await failure('REPLICATE a Projects;\n\nREPLICATE x\n  SELECT Id,\n    Sumary FROM Issues');
    expect(error.path).toBe('q.sql:5:5');
    expect(error.hint?.en).toBe('Did you mean: Summary?\n        Sumary FROM Issues\n        ^');
  });
});

describe('the SQL of CData', () => {
  it.each([
    ['ISNULL(DueDate, Summary)', 'Login fails'],
    ["CONCAT(IssueKey, ' ', Summary)", 'A-1 Login fails'],
    ["LEFT(Summary, 5) || RIGHT(Summary, 5) || '.'", 'Loginfails.'],
    ['LEN(Summary)', 11],
    ["CHARINDEX('FAILS', Summary)", 7],
    ["LOCATE('x', Summary)", 0],
    ["LPAD(ProjectId, 5, '0') || RPAD('a', 3, 'b')", '00010abb'],
    ["STUFF(Summary, 1, 5, 'Sign-in')", 'Sign-in fails'],
    ["REPLICATE('ab', 2) || REVERSE('xyz') || SPACE(1)", 'ababzyx '],
    ["LCASE('ÄÖ') || UCASE('ä')", 'äöÄ'],
    ['SUBSTRING(Summary, 1, 5)', 'Login'],
    ['YEAR(Updated) * 10000 + MONTH(Updated) * 100 + DAY(Updated)', 20240102],
    ['DATEPART(hour, Updated)', 3],
    ["DATEPART(week, '2024-01-07')", 2],
    ['DATEADD(day, 30, Updated)', '2024-02-01T03:04:05Z'],
    ["DATEADD(month, 1, '2024-01-31')", '2024-02-29'],
    ["DATEADD(hour, 1, '2024-01-31')", '2024-01-31T01:00:00Z'],
    ["DATEDIFF(day, '2024-01-01T23:59:00Z', '2024-01-02T00:01:00Z')", 1],
    ["DATEDIFF(month, '2023-12-31', Updated)", 1],
    ["DATEDIFF(day, 'soon', Updated)", null],
    ["Summary REGEXP '^L.*s$'", 1],
    ["CAST(Id AS VARCHAR(10)) || 'x'", '1x'],
    ["NVL(NULL, 'x')", 'x'],
    ['LEN(DueDate)', null],
    ['POWER(2, 3)', 8],
    ['CAST(Updated AS DATE)', '2024-01-02'],
    ['CAST(CAST(Updated AS DATE) AS DATETIME)', '2024-01-02T00:00:00Z'],
    ["DATETIME(Updated, '+1 hour')", '2024-01-02T04:04:05Z'],
    ["DATETIME(Updated) = '2024-01-02 03:04:05'", 1],
    ['CAST((Id + 1) AS TEXT) || CAST(Id AS DECIMAL(5, 2))', '21'],
  ])('%s', async (expression, value) => {
    const query = await rowWise(`REPLICATE x SELECT Id, ${expression} AS v FROM Issues`);
    expect(query.apply([issue({ due_date: null })]).rows).toStrictEqual([{ Id: 1, v: value }]);
  });

  it('reads the given clock', async () => {
    const copy = (
      await whole('REPLICATE x SELECT Id, GETDATE() AS now, CURRENT_TIMESTAMP AS t, CURRENT_DATE AS d FROM Issues')
    ).stage();
    copy.upsert('issues', [issue({})]);
    expect([...copy.result()].flat()).toStrictEqual([
      { Id: 1, now: '2024-05-06T07:08:09Z', t: '2024-05-06T07:08:09Z', d: '2024-05-06' },
    ]);
    copy.close();
  });

  it.each(['TOP 2', 'TOP (2)'])('%s keeps the first rows', async (top) => {
    const copy = (await whole(`REPLICATE x SELECT ${top} Id FROM Issues ORDER BY Id DESC -- newest`)).stage();
    copy.upsert(
      'issues',
      [1, 2, 3].map((id) => issue({ id })),
    );
    expect([...copy.result()].flat()).toStrictEqual([{ Id: 3 }, { Id: 2 }]);
    copy.close();
  });
});

describe('a list of column definitions', () => {
  it('names the columns, their types and the key', async () => {
    const query = await rowWise(
      'REPLICATE x (Id INTEGER, IssueKey VARCHAR(50), Updated DATETIME, PRIMARY KEY(Id)) SELECT Id, Updated, IssueKey FROM Issues',
    );
    expect(query.schema.properties).toStrictEqual({
      Id: { type: ['integer', 'null'], description: 'Number of the issue.' },
      IssueKey: { type: ['string', 'null'], maxLength: 50 },
      Updated: { type: ['string', 'null'], format: 'date-time' },
    });
    expect(query.keyProperties).toStrictEqual(['Id']);
    expect(query.apply([issue({})]).rows).toStrictEqual([{ Id: 1, IssueKey: 'A-1', Updated: '2024-01-02T03:04:05Z' }]);
  });

  it('renames the columns at the same places', async () => {
    const query = await rowWise('REPLICATE x (Ticket BIGINT, Title TEXT) SELECT Id, Summary FROM Issues WHERE Id > 1');
    expect(query.keyProperties).toStrictEqual(['Ticket']);
    expect(query.apply([issue({ id: 2 }), issue({})])).toStrictEqual({
      rows: [{ Ticket: 2, Title: 'Login fails' }],
      gone: [{ Ticket: 1 }],
    });
  });

  it('may choose another key, at the price of full readings', async () => {
    const query = await whole('REPLICATE x (Id INT, IssueKey TEXT, PRIMARY KEY (IssueKey)) Issues');
    expect(query.keyProperties).toStrictEqual(['IssueKey']);
    const copy = query.stage();
    copy.upsert('issues', [issue({})]);
    expect([...copy.result()].flat()).toStrictEqual([{ Id: 1, IssueKey: 'A-1' }]);
    copy.close();
  });

  it('answers a column that is not there with the nearest names', async () => {
    expect(await failure('REPLICATE x (Id INT, Id INT) Issues')).toMatchObject({
      message: 'column Id is defined twice',
    });
    const error = await failure('REPLICATE x (Id INT, Sumary TEXT) Issues');
    expect(error).toMatchObject({ message: 'there is no column Sumary' });
    expect(error.hint?.en).toBe('Did you mean: Summary?');
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
    const [statement] = parseStatements(sql, 'q.sql');
    const query = await prepareQuery(statement as ReplicateStatement, streams, CLOCK);
    opened.push(query);
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
