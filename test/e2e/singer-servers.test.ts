import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { hasMariadb, hasMysql, startMariadb, startMysql } from '../servers/mysql-server.ts';
import { hasPostgres, startPostgres } from '../servers/postgres-server.ts';
import { mayRun } from '../servers/required.ts';
import type { TestServer } from '../servers/server-process.ts';
import { query } from './database.ts';
import { JobFolder } from './job-folder.ts';
import { runPipeline } from './singer-pipeline.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

interface Tested {
  readonly name: string;
  readonly present: boolean;
  readonly target: string;
  start(): Promise<TestServer>;
  query(server: TestServer, sql: string): Promise<Rows>;
}

async function queryMysql({ host, port, user, database }: TestServer, sql: string): Promise<Rows> {
  const connection = await mysql.createConnection({ host, port, user, database });
  const [rows] = await connection.query(sql);
  await connection.end();
  return rows as Rows;
}

async function queryPostgres({ host, port, user, database }: TestServer, sql: string): Promise<Rows> {
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Drivers differ in how they give long integers. */
function texts(rows: Rows): readonly (readonly string[])[] {
  return rows.map((row) => Object.values(row).map(String));
}

const TESTED: readonly Tested[] = [
  {
    name: 'PostgreSQL',
    present: mayRun('PostgreSQL', hasPostgres()),
    target: 'target-postgres',
    start: () => startPostgres(),
    query: queryPostgres,
  },
  {
    name: 'MariaDB',
    present: mayRun('MariaDB', hasMariadb()),
    target: 'target-mysql',
    start: () => startMariadb(),
    query: queryMysql,
  },
  {
    name: 'MySQL',
    present: mayRun('MySQL', hasMysql()),
    target: 'target-mysql',
    start: () => startMysql(),
    query: queryMysql,
  },
];

const TABLES = ['issues', 'issue_categories', 'issue_custom_field_values', 'users', 'project_categories'];

/** Texts and whole numbers, which every database holds alike. */
const CONTENT: readonly string[] = [
  ...TABLES.map((table) => `SELECT '${table}' AS name, count(*) AS size FROM ${table}`),
  'SELECT issue_key, summary, description FROM issues ORDER BY issue_key',
  'SELECT issue_id, id, name FROM issue_categories ORDER BY issue_id, id',
];

describe('tap-backlog brings into a server what it brings into SQLite', () => {
  let sandbox: Sandbox;
  const folder = new JobFolder();
  const expected: unknown[] = [];

  const load = async (target: string, settings: object) => {
    const { codes, stderr, state } = await runPipeline({
      tapConfig: folder.file('tap.json', JSON.stringify({ url: sandbox.url, api_key: sandbox.apiKey })),
      targetConfig: folder.file('target.json', JSON.stringify(settings)),
      target,
    });
    expect(codes, stderr).toEqual([0, 0]);
    expect(stderr).not.toMatch(/error|exception/i);
    expect(JSON.parse(state ?? '')).toHaveProperty('bookmarks');
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 'demo', budgets: { read: 1e6, search: 1e6 } });
    await load('target-sqlite', { database: folder.database });
    for (const sql of CONTENT) expected.push(texts(query(folder.database, sql)));
  });

  afterAll(async () => {
    await sandbox.close();
    folder[Symbol.dispose]();
  });

  for (const { name, present, target, start, query: ask } of TESTED) {
    it.runIf(present)(name, async () => {
      const server = await start();
      onTestFinished(() => server.close());
      const { host, port, user, database } = server;
      await load(target, { host, port, user, database });
      for (const [place, sql] of CONTENT.entries()) expect(texts(await ask(server, sql))).toEqual(expected[place]);
    });
  }
});
