import { describe, expect, it } from 'vitest';
import { failure, issue, prepare, rowWise, whole } from './prepared-query.ts';

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
