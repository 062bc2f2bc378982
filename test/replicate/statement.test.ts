import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatements } from '../../src/replicate/parse-statements.ts';
import type { ReplicateStatement } from '../../src/replicate/statement.ts';
import { ConfigurationError, describeError } from '../../src/runtime/errors.ts';
import { anyStatement, printStatement } from './print-statement.ts';

function parseOne(sql: string): ReplicateStatement {
  const statements = parseStatements(sql, 'q.sql');
  expect(statements).toHaveLength(1);
  return statements[0] as ReplicateStatement;
}

function failure(sql: string): ConfigurationError {
  try {
    parseStatements(sql, 'q.sql');
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error(`understood: ${sql}`);
}

describe('the forms of REPLICATE', () => {
  it.each([
    ['REPLICATE Projects;', { destination: { name: 'Projects' }, source: 'Projects' }],
    ['REPLICATE Projects', { destination: { name: 'Projects' }, source: 'Projects' }],
    ['replicate [Issues];', { destination: { name: 'Issues' }, source: 'Issues' }],
    ['REPLICATE BL_Issues WITH TruncateTable SELECT * FROM Issues;', { select: 'SELECT * FROM Issues' }],
    ["REPLICATE [Issues] WITH IncrementalCheckColumns = 'Updated';", { source: 'Issues' }],
    ['REPLICATE a EXCLUDE (x) WITH DropTable INCLUDE (y) b', { include: ['y'], exclude: ['x'], source: 'b' }],
    ['REPLICATE [Account.csv]', { destination: { name: 'Account.csv' }, source: 'Account.csv' }],
    ['REPLICATE "a""b"', { destination: { name: 'a"b' }, source: 'a"b' }],
    ['REPLICATE `a``b`', { destination: { name: 'a`b' }, source: 'a`b' }],
    ['REPLICATE [a]]b]', { destination: { name: 'a]b' }, source: 'a]b' }],
    ['REPLICATE BL_Projects Projects;', { destination: { name: 'BL_Projects' }, source: 'Projects' }],
    ['REPLICATE a.b.c', { destination: { catalog: 'a', schema: 'b', name: 'c' }, source: 'c' }],
    ['REPLICATE 課題一覧 Issues', { destination: { name: '課題一覧' }, source: 'Issues' }],
    ['REPLICATE 2024_Issues Issues', { destination: { name: '2024_Issues' }, source: 'Issues' }],
    [
      'REPLICATE PROD_Issues SELECT * FROM Issues',
      { destination: { name: 'PROD_Issues' }, select: 'SELECT * FROM Issues' },
    ],
    [
      'REPLICATE PROD.Issues SELECT * FROM Issues',
      { destination: { schema: 'PROD', name: 'Issues' }, select: 'SELECT * FROM Issues' },
    ],
    [
      "REPLICATE OpenIssues SELECT Id, CONCAT(IssueKey, ' ', Summary) AS Label FROM Issues WHERE Summary LIKE '%;%';",
      {
        destination: { name: 'OpenIssues' },
        select: "SELECT Id, CONCAT(IssueKey, ' ', Summary) AS Label FROM Issues WHERE Summary LIKE '%;%'",
      },
    ],
    ['REPLICATE a (SELECT (Id) FROM Issues);', { destination: { name: 'a' }, select: 'SELECT (Id) FROM Issues' }],
    [
      'REPLICATE a WITH x AS (SELECT * FROM Issues) SELECT * FROM x',
      { destination: { name: 'a' }, select: 'WITH x AS (SELECT * FROM Issues) SELECT * FROM x' },
    ],
    [
      'REPLICATE Issues INCLUDE (Id, [Summary])',
      { destination: { name: 'Issues' }, include: ['Id', 'Summary'], source: 'Issues' },
    ],
    ['REPLICATE Issues EXCLUDE (Description)', { exclude: ['Description'], source: 'Issues' }],
    [
      'REPLICATE BL_Issues (Id INTEGER, IssueKey VARCHAR(50), Hours DECIMAL(9, 2), PRIMARY KEY(Id)) Issues',
      {
        definition: {
          columns: [
            { name: 'Id', type: 'INTEGER', typeArguments: [] },
            { name: 'IssueKey', type: 'VARCHAR', typeArguments: [50] },
            { name: 'Hours', type: 'DECIMAL', typeArguments: [9, 2] },
          ],
          primaryKey: ['Id'],
        },
        source: 'Issues',
      },
    ],
    [
      'REPLICATE t ([Id] [bigint] PRIMARY KEY, Rate double precision NOT NULL, Note NVARCHAR(MAX)) Issues',
      {
        definition: {
          columns: [
            { name: 'Id', type: 'BIGINT', typeArguments: [] },
            { name: 'Rate', type: 'DOUBLE PRECISION', typeArguments: [] },
            { name: 'Note', type: 'NVARCHAR', typeArguments: [] },
          ],
          primaryKey: ['Id'],
        },
      },
    ],
  ])('%s', (sql, expected) => {
    expect(parseOne(sql)).toMatchObject(expected);
  });

  it('reads a schema only where one is written', () => {
    expect(parseOne('REPLICATE Issues').destination).toStrictEqual({ name: 'Issues' });
  });

  it('reads options with and without values, in any case, before and after a column list', () => {
    const { options } = parseOne('REPLICATE a WITH droptable = true, TruncateTableData, BATCHSIZE=500 SELECT 1');
    expect([...options]).toStrictEqual([
      ['DropTable', true],
      ['TruncateTable', true],
      ['BatchSize', 500],
    ]);
    const later = parseOne("REPLICATE Issues INCLUDE (Id) WITH IncrementalCheckColumns = 'Updated,Created'");
    expect([...later.options]).toStrictEqual([['IncrementalCheckColumns', 'Updated,Created']]);
    expect(later.include).toStrictEqual(['Id']);
  });

  it('tells which options have no effect', () => {
    const { options, notices } = parseOne('REPLICATE Issues WITH UseGmtDateTime=true');
    expect(options.size).toBe(0);
    expect(notices).toStrictEqual([
      {
        en: 'q.sql:1:23: option UseGmtDateTime has no effect: times are always stored in UTC',
        ja: 'q.sql:1:23: オプション UseGmtDateTime は効果がありません（日時は常に UTC で保存します）',
      },
    ]);
  });

  it('takes an unsupported option that is switched off', () => {
    expect(parseOne('REPLICATE Issues WITH HistoryMode=false').options.size).toBe(0);
  });
});

describe('a query file', () => {
  it('may begin with a byte-order mark, end lines with CRLF, hold comments and lack the last semicolon', () => {
    const sql =
      '\uFEFF# for the team\r\n-- first; not a statement\r\nREPLICATE Issues; /* ; REPLICATE No; */\r\n;;\r\n  # again\r\nREPLICATE\r\n  Projects';
    expect(
      parseStatements(sql, 'q.sql').map(({ source, line, column, text }) => ({ source, line, column, text })),
    ).toEqual([
      { source: 'Issues', line: 3, column: 1, text: 'REPLICATE Issues' },
      { source: 'Projects', line: 6, column: 1, text: 'REPLICATE\r\n  Projects' },
    ]);
  });

  it('may hold the three statements of the article', () => {
    const sql =
      'REPLICATE Issues;\nREPLICATE PROD_Issues SELECT * FROM Issues;\nREPLICATE PROD.Issues SELECT * FROM Issues';
    expect(parseStatements(sql, 'q.sql').map(({ destination }) => destination)).toStrictEqual([
      { name: 'Issues' },
      { name: 'PROD_Issues' },
      { schema: 'PROD', name: 'Issues' },
    ]);
  });

  it('may be empty', () => {
    expect(parseStatements('\uFEFF -- nothing yet\n', 'q.sql')).toStrictEqual([]);
  });

  it('does not end a statement at a semicolon in quotes, brackets or comments', () => {
    const select = 'SELECT \';\' AS [a;b], "c;d" AS `e;f` /* ; */ FROM Issues';
    expect(parseOne(`REPLICATE x ${select};`).select).toBe(select);
  });

  it('says where a SELECT begins', () => {
    expect(parseOne('REPLICATE x\n  SELECT 1').selectAt).toStrictEqual({ line: 2, column: 3 });
  });

  it('takes REPLICATE for a function inside a SELECT', () => {
    expect(parseOne("REPLICATE x SELECT REPLICATE('a', 3) AS r FROM Issues").select).toContain("REPLICATE('a', 3)");
  });
});

describe('a mistake', () => {
  it.each([
    ['REPLICATE', 'q.sql:1:10', 'expected a table name, but the text ends here'],
    ['REPLICATE ;', 'q.sql:1:11', 'expected a table name, found ;'],
    ['REPLICATE a b c', 'q.sql:1:15', 'expected ";", found c'],
    ['REPLICATE a\nREPLICATE b', 'q.sql:2:1', 'expected SELECT, a source table or ";", found REPLICATE'],
    ['REPLICATE a = b', 'q.sql:1:13', 'expected SELECT, a source table or ";", found ='],
    ['REPLICATE a WITH', 'q.sql:1:17', 'expected an option name, but the text ends here'],
    ['REPLICATE a WITH DropTable =', 'q.sql:1:29', 'expected a value, but the text ends here'],
    ['REPLICATE a (Id)', 'q.sql:1:16', 'expected a data type, found )'],
    ['REPLICATE a (Id INT', 'q.sql:1:20', 'expected ")", but the text ends here'],
    ["REPLICATE a SELECT 'b", 'q.sql:1:20', "' is never closed"],
    ['REPLICATE a /* b', 'q.sql:1:13', '/* is never closed'],
    ['REPLICATE [a', 'q.sql:1:11', '[ is never closed'],
    ['REPLICATE a.b.c.d', 'q.sql:1:18', 'a table name has at most three parts'],
    ['FETCH Issues', 'q.sql:1:1', 'expected REPLICATE, found FETCH'],
    ['SELECT * FROM Issues', 'q.sql:1:1', 'SELECT cannot stand here alone'],
    ['REPLICATE a;\n  CHECKCACHE a', 'q.sql:2:3', 'CHECKCACHE cannot stand here alone'],
    ['REPLICATE a WITH BatchSize=many', 'q.sql:1:18', 'option BatchSize takes a whole number'],
    ['REPLICATE a WITH DropTable=maybe', 'q.sql:1:18', 'option DropTable takes true or false'],
    ['REPLICATE a WITH CacheSchema', 'q.sql:1:18', 'option CacheSchema takes a value'],
    ['REPLICATE a WITH DropTable, DropTable', 'q.sql:1:29', 'option DropTable stands here twice'],
    ['REPLICATE a WITH HistoryMode', 'q.sql:1:18', 'option HistoryMode is not supported'],
  ])('%s', (sql, path, message) => {
    expect(failure(sql)).toMatchObject({ path, message });
  });

  it('is shown with a caret under it and with the nearest names', () => {
    expect(describeError(failure('\n\tREPLICATE a WITH DropTabel;'), 'en')).toBe(
      [
        'q.sql:2:19: unknown option DropTabel [replicate.unknown-option]',
        '  → Did you mean: DropTable?',
        '    \tREPLICATE a WITH DropTabel;',
        '    \t                 ^',
      ].join('\n'),
    );
  });

  it('is told in Japanese too', () => {
    expect(describeError(failure('REPLICATE'), 'ja')).toContain('テーブル名が必要ですが、ここで終わっています');
  });
});

describe('parsing', () => {
  it('is the inverse of printing', () => {
    fc.assert(
      fc.property(fc.array(anyStatement), fc.constantFrom(';', ';\r\n', ' ;\n-- next\n'), (statements, separator) => {
        const printed = statements.map(printStatement).join(separator);
        const parsed = parseStatements(printed, 'q.sql').map(
          ({ path, text, line, column, selectAt, sourceAt, notices, ...content }) => content,
        );
        expect(parsed).toStrictEqual(statements);
      }),
      { numRuns: 300 },
    );
  });

  it('throws nothing but configuration errors, whatever it is given', () => {
    const fragment = fc.oneof(
      fc.constantFrom(
        'REPLICATE',
        'WITH',
        'SELECT',
        'INCLUDE',
        '(',
        ')',
        ',',
        ';',
        '.',
        '=',
        "'",
        '"',
        '[',
        ']',
        '`',
        '\n',
      ),
      fc.constantFrom('--', '/*', '*/', '#', 'PRIMARY KEY', 'DropTable', '1', '-', 'a', ' ', '\uFEFF', '\u{1F600}'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 25 }), (fragments) => {
        try {
          parseStatements(fragments.join(' '), 'q.sql');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
