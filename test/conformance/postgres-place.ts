import pg from 'pg';
import { vi } from 'vitest';
import { postgres } from '../../src/dialects/postgres/postgres.ts';
import type { PostgresSettings } from '../../src/dialects/postgres/settings.ts';
import { PATIENTLY } from '../patiently.ts';
import { startPostgres } from '../servers/postgres-server.ts';
import type { Place, RunningDatabase, StoredCell, StoredRow } from './database.ts';

const BYTEA = 17;

/** As the server writes it, but for bytes. */
const AS_TEXT = {
  getTypeParser: (type: number) => (text: string) => (type === BYTEA ? Buffer.from(text.slice(2), 'hex') : text),
};

/** A PostgreSQL server on which each place is a schema of its own. */
export async function runPostgres(): Promise<RunningDatabase> {
  const server = await startPostgres();
  const { host, port, user, database } = server;
  const connect = async () => {
    const client = new pg.Client({ host, port, user, database, types: AS_TEXT as pg.CustomTypesConfig });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  let reader = await connect();
  let places = 0;
  return {
    async open(reconnectSeconds) {
      places += 1;
      const settings = { host, port, user, database, ...(reconnectSeconds === undefined ? {} : { reconnectSeconds }) };
      return openPlace(() => reader, settings, `place_${places}`);
    },
    server: {
      async disconnect() {
        await reader.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      },
      async crash() {
        await server.crash?.();
        reader = await vi.waitFor(connect, PATIENTLY);
      },
    },
    async close() {
      await reader.end();
      await server.close();
    },
  };
}

async function openPlace(reader: () => pg.Client, settings: PostgresSettings, schema: string): Promise<Place> {
  const session = await postgres.connect(settings);
  return {
    session,
    schema,
    program: { name: 'target-postgres', environment: programEnvironment(settings, schema) },
    async stored(table) {
      const { rows } = await reader().query<Record<string, StoredCell>>(
        `SELECT * FROM ${schema}."${table.replaceAll('"', '""')}"`,
      );
      return rows satisfies StoredRow[];
    },
    async tables() {
      const query = 'SELECT tablename FROM pg_tables WHERE schemaname = $1';
      const { rows } = await reader().query<{ tablename: string }>(query, [schema]);
      return rows.map(({ tablename }) => tablename);
    },
    async execute(sql) {
      await reader().query(`CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path = ${schema}`);
      await reader().query(sql);
    },
    async close() {
      await session[Symbol.asyncDispose]();
    },
  };
}

function programEnvironment({ host, port, user, database }: PostgresSettings, schema: string): Record<string, string> {
  return {
    TARGET_POSTGRES_HOST: `${host}`,
    TARGET_POSTGRES_PORT: `${port}`,
    TARGET_POSTGRES_USER: `${user}`,
    TARGET_POSTGRES_DATABASE: `${database}`,
    TARGET_POSTGRES_DEFAULT_TARGET_SCHEMA: schema,
    TARGET_POSTGRES_BATCH_SIZE_ROWS: '2000',
  };
}
