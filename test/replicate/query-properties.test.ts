import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogStream } from '../../src/message/catalog.ts';
import type { JsonSchema } from '../../src/message/schema.ts';
import type { Row, Value } from '../../src/message/value.ts';
import { parseStatements } from '../../src/replicate/parse-statements.ts';
import { prepareQuery } from '../../src/replicate/prepare-query.ts';
import type { Query } from '../../src/replicate/query.ts';
import type { ReplicateStatement } from '../../src/replicate/statement.ts';
import { ConfigurationError } from '../../src/runtime/errors.ts';
import { anyText, anyValue, COLUMN_SCHEMAS } from './sqlite-values.ts';
import { STREAMS } from './streams.ts';

function prepare(select: string, streams: readonly CatalogStream[]): Promise<Query> {
  const [statement] = parseStatements(`REPLICATE x ${select}`, 'q.sql');
  return prepareQuery(statement as ReplicateStatement, streams);
}

/** What a whole query makes of these rows. */
async function staged(
  select: string,
  streams: readonly CatalogStream[],
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const query = await prepare(select, streams);
  if (query.rowWise) throw new Error('row-wise');
  const copy = query.stage();
  try {
    copy.upsert(streams[0]?.name ?? '', rows);
    return [...copy.result()].flat();
  } finally {
    copy.close();
  }
}

const PROPERTIES = Object.fromEntries(
  COLUMN_SCHEMAS.map((schema, index): [string, JsonSchema] => [`c_${index}`, schema]),
);

const ANYTHING: CatalogStream = {
  name: 'things',
  schema: { type: 'object', properties: { id: { type: 'integer' }, ...PROPERTIES } },
  keyProperties: ['id'],
  replicationMethod: 'FULL_TABLE',
  selectedByDefault: true,
};

const anyRow = fc.record(Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, anyValue])), {
  noNullPrototype: true,
});

const anyIssue: fc.Arbitrary<Row> = fc.record(
  {
    id: fc.nat(5),
    project_id: fc.nat(3),
    issue_key: fc.option(anyText),
    summary: fc.option(fc.constantFrom('open', 'Open issue', '', '課題')),
    estimated_hours: fc.option(fc.constantFrom(0, 1, 2.5, -3)),
    archived: fc.option(fc.boolean()),
    updated: fc.option(fc.constantFrom('2024-01-01T00:00:00Z', '2023-12-31T23:59:59Z')),
    custom_fields: fc.option(fc.array(fc.record({ id: fc.nat() }, { noNullPrototype: true }), { maxLength: 2 })),
  },
  { noNullPrototype: true },
);

const anyCondition = fc.constantFrom(
  "Summary LIKE '%open%'",
  'ProjectId IN (1, 2)',
  'Archived',
  'NOT Archived OR EstimatedHours > 1',
  "Updated >= '2024-01-01 00:00:00'",
  'Summary IS NULL',
  'ProjectId BETWEEN 1 AND 2 AND Id <> 3',
  "json_extract(CustomFields, '$[0].id') > 5",
  '1 = 0',
);

const EXPRESSIONS = [
  ...[
    'Summary',
    'UCASE(Summary)',
    'EstimatedHours * 2',
    'EstimatedHours',
    'Id + ProjectId',
    'Archived',
    'NOT Archived',
  ],
  ...["CASE WHEN Archived THEN 'a' ELSE Summary END", 'CASE WHEN Archived THEN Id ELSE Summary END', 'Id = 2'],
  ...['COALESCE(Summary, IssueKey)', 'COALESCE(EstimatedHours, Id)', 'CAST(Id AS TEXT)', 'CAST(EstimatedHours AS INT)'],
  ...['LENGTH(Summary)', 'ROUND(EstimatedHours)', 'Summary || Id', 'IIF(Archived, 1, 0)', 'CustomFields', 'Updated'],
  ...[
    'YEAR(Updated)',
    'DATEADD(day, 1, Updated)',
    'NULLIF(Id, 2)',
    '-EstimatedHours',
    "Summary LIKE 'o%'",
    "'x'",
    '1.5',
  ],
  ...['EstimatedHours / 2', 'Id % 2', 'Id IN (1, 2)', 'Summary IS NULL', 'NULL', 'Id & 1', "ISNULL(Summary, 'none')"],
];

const AGGREGATES = [
  ...['COUNT(*)', 'SUM(EstimatedHours)', 'MAX(Updated)', 'MIN(Id)', 'AVG(Id)', 'GROUP_CONCAT(Summary)', 'SUM(Id)'],
  ...['COUNT(DISTINCT Summary)', "MAX(Summary) || ''", 'COUNT(*) + 1', 'MAX(EstimatedHours)', 'TOTAL(Id)'],
];

describe('values', () => {
  it('come out of a staged copy as they went in, whatever their columns are', async () => {
    await fc.assert(
      fc.asyncProperty(anyRow, async (row) => {
        const [out] = await staged('SELECT DISTINCT * FROM Things', [ANYTHING], [{ id: 1, ...row }]);
        const expected = Object.entries(row).map(([name, value]): [string, Value] => [
          name.replace('c_', 'C_'),
          value as Value,
        ]);
        expect(out).toStrictEqual({ Id: 1, ...Object.fromEntries(expected) });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a condition', () => {
  it('keeps the same rows, with the same values, row by row and over a staged copy', async () => {
    const select = 'SELECT DISTINCT Id, IssueKey, Archived, CustomFields, UPPER(Summary) AS Title FROM Issues WHERE';
    const anyIssues = fc.uniqueArray(anyIssue, { selector: ({ id }) => id });
    await fc.assert(
      fc.asyncProperty(anyCondition, anyIssues, async (condition, rows) => {
        const query = await prepare(`${select.replace('DISTINCT ', '')} ${condition}`, STREAMS);
        if (!query.rowWise) throw new Error('not row-wise');
        const applied = query.apply(rows);
        query.close();
        const whole = await staged(`${select} ${condition}`, STREAMS, rows);
        expect(applied.rows.toSorted(byId)).toStrictEqual(whole.toSorted(byId));
        const ids = [...applied.rows, ...applied.gone].map(({ Id }) => Id as Value);
        expect(ids.toSorted()).toStrictEqual(rows.map(({ id }) => id as Value).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

describe('the schema of a computed column', () => {
  it.each([...EXPRESSIONS, ...AGGREGATES])('allows every value of %s', async (expression) => {
    const group = AGGREGATES.includes(expression) ? 'GROUP BY ProjectId' : '';
    const query = await prepare(`SELECT ${expression} AS v FROM Issues ${group} ORDER BY 1`, STREAMS);
    const plain = await prepare(`SELECT ${expression} AS v FROM Issues ${group}`, STREAMS);
    expect(plain.streams).toStrictEqual(['issues']);
    await fc.assert(
      fc.asyncProperty(fc.array(anyIssue, { minLength: 1 }), async (rows) => {
        for (const row of await staged(`SELECT ${expression} AS v FROM Issues ${group}`, STREAMS, rows)) {
          for (const { schema } of [plain, query]) expect(typesOf(schema.properties?.v)).toContain(typeOf(row.v));
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['COUNT(*)', 'integer'],
    ['CONCAT(IssueKey, Summary)', 'string'],
    ["CASE WHEN Archived THEN 'yes' ELSE 'no' END", 'string'],
    ['SUM(EstimatedHours)', 'number'],
    ['CAST(Id AS VARCHAR(10))', 'string'],
    ['YEAR(Updated)', 'integer'],
  ])('is known for %s', async (expression, type) => {
    const { schema } = await prepare(`SELECT ${expression} AS v FROM Issues`, STREAMS);
    expect(schema.properties?.v).toStrictEqual({ type: [type, 'null'] });
  });
});

describe('preparing', () => {
  it('throws nothing but configuration errors, whatever it is given', async () => {
    const word = fc.constantFrom(
      ...[
        'SELECT',
        'FROM',
        'WHERE',
        'Issues',
        'issues',
        'Id',
        'project_id',
        'i',
        '.',
        ',',
        '*',
        '(',
        ')',
        "'x'",
        '1',
        '=',
        'TOP',
      ],
      ...[
        'AS',
        'JOIN',
        'ON',
        'GROUP BY',
        'COUNT',
        'UNION',
        'LIMIT',
        '[a]',
        '"b"',
        '`c`',
        '?',
        '@p',
        '{',
        '%',
        'CAST',
        'ORDER BY',
      ],
      ...[
        'DATEPART',
        'ISNULL',
        'OVER',
        'sqlite_schema',
        'pragma_table_info',
        'load_extension',
        '||',
        'IN',
        'NULL',
        '🙂',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 15 }), async (words) => {
        try {
          const query = await prepare(`SELECT ${words.join(' ')}`, STREAMS);
          if (query.rowWise) query.close();
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function byId(one: Row, other: Row): number {
  return Number(one.Id) - Number(other.Id);
}

function typesOf(schema: JsonSchema | undefined): readonly string[] {
  const types = typeof schema?.type === 'string' ? [schema.type] : (schema?.type ?? []);
  return types.includes('number') ? [...types, 'integer'] : types;
}

function typeOf(value: Value | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return Array.isArray(value) ? 'array' : typeof value;
}
