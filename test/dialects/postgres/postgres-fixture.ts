import pg from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import type { PostgresSettings } from '../../../src/dialects/postgres/settings.ts';
import type { Session } from '../../../src/load/dialect.ts';
import { startPostgres } from '../../servers/postgres-server.ts';
import type { TestServer } from '../../servers/server-process.ts';

/** A schema of one test, with a loader's session and a second connection that looks at what is committed. */
export interface TestDatabase {
  readonly schema: string;
  readonly settings: PostgresSettings;
  readonly session: Session;
  /** Runs as a superuser; names without a schema are the test's own. Values come back as texts. */
  query(sql: string): Promise<Record<string, string | null>[]>;
  rows(table: string, order?: string): Promise<Record<string, string | null>[]>;
  types(table: string): Promise<Record<string, string>>;
}

export interface Server {
  settings(): PostgresSettings;
  crash(): Promise<void>;
  open(settings?: Partial<PostgresSettings>): Promise<TestDatabase>;
}

/** One server for all tests of the file. */
export function useServer(): Server {
  let server: TestServer | undefined;
  let made = 0;
  const running = () => {
    if (server === undefined) throw new Error('the server does not run');
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server?.close());
  const settings = () => {
    const { host, port, user, database } = running();
    return { host, port, user, database };
  };
  return {
    settings,
    crash: async () => running().crash?.(),
    open: (own = {}) => {
      made += 1;
      return openDatabase({ ...settings(), schema: `test_${made}`, ...own }, settings());
    },
  };
}

export async function connectReader(settings: PostgresSettings): Promise<pg.Client> {
  const { host, port, user, database } = settings;
  const client = new pg.Client({
    host,
    port,
    user,
    database,
    types: { getTypeParser: () => (text: string) => text },
  } as pg.ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function openDatabase(
  settings: PostgresSettings & { readonly schema: string },
  direct: PostgresSettings,
): Promise<TestDatabase> {
  const session = await postgres.connect(settings);
  onTestFinished(() => session[Symbol.asyncDispose]());
  const reader = await connectReader(direct);
  onTestFinished(() => reader.end());
  const quoted = `"${settings.schema.replaceAll('"', '""')}"`;
  // IF NOT EXISTS does not keep two connections from making the same schema at once. The two statements are one
  // transaction, and the lock is held until its end: one that is given back before lets the other in too early.
  await reader.query(`SELECT pg_advisory_xact_lock(1); CREATE SCHEMA IF NOT EXISTS ${quoted}`);
  await reader.query(`SET search_path = ${quoted}`);
  await reader.query("SET TimeZone = 'Asia/Tokyo'");
  const query = async (sql: string) => (await reader.query<Record<string, string | null>>(sql)).rows;
  return {
    schema: settings.schema,
    settings,
    session,
    query,
    rows: (table, order = 'ctid') => query(`SELECT * FROM "${table}" ORDER BY ${order}`),
    types: async (table) => {
      const columns = await query(
        `SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attnum > 0`,
      );
      return Object.fromEntries(columns.map(({ attname, type }) => [attname ?? '', type ?? '']));
    },
  };
}
