import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, Workshop } from '../workshop.ts';

interface Forecast {
  readonly dry_run: boolean;
  readonly requests: { readonly read: number; readonly search: number };
  readonly minimum_seconds: number;
  readonly requests_made: number;
  readonly statements: readonly {
    readonly table: string;
    readonly mode: string;
    readonly requests: { readonly read: number; readonly search: number };
    readonly is_estimate: boolean;
  }[];
  readonly resources: readonly { readonly resource: string }[];
  readonly schema_changes: readonly string[];
}

const THREE = `REPLICATE Issues;
REPLICATE PROD_Issues SELECT * FROM Issues;
REPLICATE PROD.Issues SELECT * FROM Issues`;

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

function dryRun(sql: string, options: RunOptions = {}) {
  shop.writeQueries(sql);
  return shop.run({ args: ['-g', shop.job, '-f', shop.queries, '--dry-run'], ...options });
}

async function forecast(sql: string): Promise<Forecast> {
  const { code, stdout, stderr } = await dryRun(sql, {
    args: ['-g', shop.job, '-f', shop.queries, '--dry-run', '--json'],
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('a dry run', () => {
  it('writes nothing, not even the file of the database', async () => {
    const { code } = await dryRun(THREE);
    expect(code).toBe(0);
    expect(existsSync(shop.database)).toBe(false);
  });

  it('reads no rows', async () => {
    await dryRun(THREE);
    expect(shop.requestsTo('/issues')).toEqual([]);
  });

  it('tells the requests that the run then makes, each counted once', async () => {
    const { requests, statements, requests_made } = await forecast(THREE);
    expect(requests_made).toBe(shop.sandbox.requests.length);
    const before = shop.sandbox.requests.length;

    const { report } = await shop.replicate(THREE);

    const made = shop.sandbox.requests.slice(before);
    const spent = (rateClass: string) => made.filter((request) => request.rateClass === rateClass).length;
    expect(requests.search).toBe(spent('search'));
    expect(report.requests).toBe(made.length);
    expect(statements.map(({ table, mode }) => ({ table, mode }))).toEqual(
      ['Issues', 'PROD_Issues', 'PROD.Issues'].map((table) => ({ table, mode: 'anew' })),
    );
    for (const statement of statements) expect(statement.requests.search).toBeGreaterThan(0);
  });

  it('tells the tables that would be made, ours among them, and none when all are there', async () => {
    const first = await forecast('REPLICATE Issues');
    const made = first.schema_changes.filter((change) => change.startsWith('CREATE TABLE'));
    expect(made.map((change) => /CREATE TABLE "?(\w+)/.exec(change)?.[1])).toEqual([
      'Issues',
      'backlog_sync_state',
      'backlog_sync_runs',
    ]);
    await shop.replicate('REPLICATE Issues');
    const { schema_changes, statements } = await forecast('REPLICATE Issues');
    expect(schema_changes).toEqual([]);
    expect(statements).toMatchObject([{ mode: 'continue' }]);
  });

  it('leaves a file of somebody else as it is to the byte', async () => {
    const connection = new Database(shop.database);
    connection.exec('CREATE TABLE notes (note TEXT)');
    connection.close();
    const before = readFileSync(shop.database);
    await forecast('REPLICATE Projects');
    expect(readFileSync(shop.database).equals(before)).toBe(true);
  });

  it('tells columns that would be added and leaves the table as it is', async () => {
    await shop.replicate('REPLICATE Issues SELECT Id, Summary FROM Issues');
    const { schema_changes, statements } = await forecast('REPLICATE Issues SELECT Id, Summary, DueDate FROM Issues');
    expect(schema_changes).toEqual([expect.stringMatching(/^ALTER TABLE .*Issues.* ADD .*DueDate/)]);
    expect(statements).toMatchObject([{ mode: 'replace' }]);
    expect(Object.keys(shop.rows('Issues')[0] ?? {})).toEqual(['Id', 'Summary']);
  });

  it('tells that a table would be dropped and made anew', async () => {
    await shop.replicate('REPLICATE Projects');
    const { schema_changes } = await forecast('REPLICATE Projects WITH DropTable');
    expect(schema_changes[0]).toMatch(/^DROP TABLE .*Projects/);
    expect(schema_changes[1]).toMatch(/^CREATE TABLE .*Projects/);
    expect(shop.rows('Projects')).toHaveLength(2);
  });

  it('tells how long the limits make the run', async () => {
    await shop.close();
    shop = await Workshop.open({ seed: { projects: 1, issues: 40, commentsPerIssue: 1 }, budgets: { read: 10 } });
    shop.writeJob({ ConnectionString: `${shop.connection}BudgetShare=1;` });
    const { minimum_seconds, requests, statements } = await forecast('REPLICATE IssueComments');
    expect(statements).toMatchObject([{ is_estimate: true }]);
    expect(minimum_seconds).toBe((Math.ceil(requests.read / 10) - 1) * 60);
    expect(minimum_seconds).toBeGreaterThan(0);
  });

  it.each([
    ['en', /Statement +│? *Table/, /≤/, 'Nothing was written'],
    ['ja', /文 .*表/, /≤/, '何も書き込んでいません'],
  ])('is for people, too (%s)', async (language, ...says) => {
    const { code, stdout } = await dryRun('REPLICATE IssueComments', { environment: { BACKLOG_LANGUAGE: language } });
    expect(code).toBe(0);
    for (const text of says) expect(stdout).toMatch(text);
    expect(stdout).toContain('CREATE TABLE');
    expect(stdout).not.toMatch(/error|exception/i);
  });

  it('still finds what is wrong', async () => {
    expect((await dryRun('REPLICATE Isues')).code).toBe(2);
    shop.writeJob({ ConnectionString: `APIKey=nobody-has-this-key;URL=${shop.sandbox.url};` });
    expect((await dryRun('REPLICATE Issues')).code).toBe(3);
  });
});
