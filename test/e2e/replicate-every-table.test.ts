import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pascalName } from '../../src/replicate/names.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { offeredStreams } from '../../src/tap/tap.ts';
import { Api } from './api/api.ts';
import { type PlainRow, plain } from './api/expected-row.ts';
import { rowsInApi, sorted } from './api/sources.ts';
import { CDATA_TABLES, CDATA_VIEWS } from './cdata-names.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder, type JobOutcome } from './job-folder.ts';
import { startRicherDemo } from './richer-demo.ts';

/** What it holds changes with every request. */
const MOVING = 'RateLimits';

const WINDOW = 60_000;

/** Where an issue holds what its history has last brought it to. */
const CURRENT = { status: 'StatusId', priority: 'PriorityId', issue_type: 'IssueTypeId' };

const offered = offeredStreams().map(({ name }) => pascalName(name));
const tables = [...new Set([...CDATA_TABLES, ...CDATA_VIEWS, ...offered])];

let sandbox: Sandbox;
let folder: JobFolder;
let outcome: JobOutcome;

beforeAll(async () => {
  sandbox = await startRicherDemo();
  folder = new JobFolder();
  const statements = tables.map((table) => `REPLICATE ${table};`).join('\n');
  folder.write(FLAVOURS.java(`APIKey=${sandbox.apiKey};URL=${sandbox.url};`, folder.database), statements);
  outcome = await folder.sync();
});

afterAll(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

function stored(table: string): readonly PlainRow[] {
  return sorted(query(folder.database, `SELECT * FROM [${table}]`).map(plain));
}

it('knows each of CData’s 55 tables and views', () => {
  const names = [...CDATA_TABLES, ...CDATA_VIEWS];
  expect(new Set(names).size).toBe(55);
  expect(names.filter((name) => !offered.includes(name))).toEqual([]);
});

describe('REPLICATE loads exactly what the API gives', () => {
  it.each(tables.filter((table) => table !== MOVING))('into %s', async (table) => {
    const expected = await rowsInApi(new Api(sandbox), table);

    expect(stored(table)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('into RateLimits, as of the request that asked for them', () => {
    const { requests } = sandbox;
    const asked = requests.findLastIndex(({ path }) => path === '/rateLimit');
    const window = Math.floor((requests[asked]?.time ?? 0) / WINDOW);
    const spent = requests.slice(0, asked + 1).filter(({ time }) => Math.floor(time / WINDOW) === window);
    const sizes = { read: 1e6, search: 1e6, icon: 60, update: 150 };

    const expected = Object.entries(sizes).map(([kind, limit]) => ({
      kind,
      limit: `${limit}`,
      remaining: `${limit - spent.filter(({ rateClass }) => rateClass === kind).length}`,
      reset: new Date((window + 1) * WINDOW).toISOString(),
    }));
    const seconds = (row: PlainRow) => ({ ...row, reset: new Date(String(row.reset)).toISOString() });
    expect(stored(MOVING).map(seconds)).toEqual(sorted(expected));
  });

  it('into IssueHistory with ids that lead to those that the issues have now', () => {
    const sql =
      'SELECT * FROM IssueHistory WHERE Field = ? AND NewId IS NOT NULL ORDER BY IssueId, CommentId, Position';
    let compared = 0;
    for (const [field, column] of Object.entries(CURRENT)) {
      const last = new Map(
        query(folder.database, sql.replace('?', `'${field}'`)).map((row) => [row.IssueId, row.NewId]),
      );
      const now = new Map(
        query(folder.database, `SELECT Id, ${column} FROM Issues`).map((row) => [row.Id, row[column]]),
      );
      for (const [issue, id] of last) expect([field, issue, now.get(issue)]).toEqual([field, issue, id]);
      compared += last.size;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('and every statement says so', () => {
    const troubled = outcome.report.statements.filter(({ status }) => status !== 'OK');
    expect(troubled).toEqual([]);
    for (const { table, inserted } of outcome.report.statements) expect(inserted, table).toBe(stored(table).length);
  });
});
