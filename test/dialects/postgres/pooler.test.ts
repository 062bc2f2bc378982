import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import type { Session } from '../../../src/load/dialect.ts';
import { activate, load, record, schema, state, tombstone } from '../../load/load-fixture.ts';
import { hasPgbouncer, startPgbouncer } from '../../servers/pgbouncer.ts';
import { hasPostgres, startPostgres } from '../../servers/postgres-server.ts';
import type { TestServer } from '../../servers/server-process.ts';

const rowsOf = (stream: string, from: number, to: number, name = 'x') =>
  Array.from({ length: to - from }, (_, at) => record(stream, { id: from + at, name, at: '2026-01-02T03:04:05Z' }, 7));
const announced = (stream: string) =>
  schema(stream, { id: { type: 'integer' }, name: { type: 'string' }, at: { type: 'string', format: 'date-time' } });

describe.runIf(hasPostgres() && hasPgbouncer()).each(['transaction', 'session'] as const)(
  'PostgreSQL behind a pooler in %s mode',
  (mode) => {
    let server: TestServer;
    let pooler: TestServer;
    beforeAll(async () => {
      server = await startPostgres();
      pooler = await startPgbouncer(server, mode);
    });
    afterAll(async () => {
      await pooler.close();
      await server.close();
    });

    const connect = async (): Promise<Session> => {
      const { host, port, user, database } = pooler;
      const session = await postgres.connect({ host, port, user, database, tls: { mode: 'disable' } });
      onTestFinished(() => session[Symbol.asyncDispose]());
      return session;
    };
    const query = async (text: string, through: TestServer = server) => {
      const { host, port, user, database } = through;
      const client = new pg.Client({ host, port, user, database });
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(text);
      await client.end();
      return rows;
    };

    test('takes loads side by side: no row is lost, and nothing is left on its connections', async () => {
      await query("ALTER DATABASE test SET TimeZone = 'Asia/Tokyo'");
      const streams = ['a', 'b', 'c'];
      await Promise.all(
        streams.map(async (stream) => {
          const session = await connect();
          const first = [announced(stream), ...rowsOf(stream, 0, 300), state(1), activate(stream, 7)];
          expect(await load(session, first, { batchRows: 20 })).toMatchObject({ states: expect.arrayContaining([1]) });
          const second = [announced(stream), ...rowsOf(stream, 200, 400, 'y'), tombstone(stream, { id: 0 })];
          const report = await load(session, second, { batchRows: 20 });
          expect(report.tables.get(stream)).toMatchObject({ inserted: 100, updated: 100, deleted: 1 });
          expect(await session.readTable({ name: stream }, ['at'], { column: 'name', is: 'y' })).toContainEqual({
            at: '2026-01-02T03:04:05Z',
          });
        }),
      );
      for (const stream of streams) {
        expect(await query(`SELECT count(*)::int AS n, count(DISTINCT id)::int AS ids FROM ${stream}`)).toEqual([
          { n: 399, ids: 399 },
        ]);
      }
      const left = await Promise.all(
        [1, 2, 3, 4].map(() =>
          query("SELECT current_setting('TimeZone') AS zone, to_regclass('pg_temp.load_stage_1') AS stage", pooler),
        ),
      );
      if (mode === 'transaction') expect(left.flat()).toEqual(left.map(() => ({ zone: 'Asia/Tokyo', stage: null })));
    });

    test('widens a column in between, and puts aside what is refused', async () => {
      const session = await connect();
      await query('CREATE TABLE d (id BIGINT PRIMARY KEY, name VARCHAR(3), at TIMESTAMPTZ)');
      const rejects = { table: { name: 'rejects' }, limit: 5 };
      const messages = [announced('d'), ...rowsOf('d', 0, 50), record('d', { id: 60, name: 'long' })];
      expect((await load(session, messages, { rejects, batchRows: 20 })).tables.get('d')).toMatchObject({
        inserted: 50,
        rejected: 1,
      });
      const wider = schema('d', { id: { type: 'integer' }, name: { type: 'object' } });
      await load(session, [wider, record('d', { id: 1, name: { a: 1 } })]);
      expect(await query('SELECT name FROM d WHERE id < 2 ORDER BY id')).toEqual([{ name: 'x' }, { name: { a: 1 } }]);
    });
  },
);
