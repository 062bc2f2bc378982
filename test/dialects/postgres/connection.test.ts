import { chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import { postgresError } from '../../../src/dialects/postgres/postgres-errors.ts';
import type { PostgresSettings } from '../../../src/dialects/postgres/settings.ts';
import type { TlsSettings } from '../../../src/dialects/postgres/tls.ts';
import { SELF_SIGNED } from '../../backlog/self-signed.ts';
import { load, record, schema, startLoad, state } from '../../load/load-fixture.ts';
import { PATIENTLY } from '../../patiently.ts';
import { hasPostgres } from '../../servers/postgres-server.ts';
import { mayRun } from '../../servers/required.ts';
import { accountOf, freePort } from '../../servers/server-process.ts';
import { connectReader, useServer } from './postgres-fixture.ts';
import { startRelay } from './relay.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: 'string' } });
const LOG = schema('log', { line: { type: 'string' } }, []);
const people = (...ids: number[]) => ids.map((id) => record('people', { id, name: `n${id}` }));

describe.runIf(mayRun('PostgreSQL', hasPostgres()))('a PostgreSQL session', () => {
  const server = useServer();

  /** Runs statements as a superuser and makes them take effect. */
  async function configure(...statements: readonly string[]): Promise<void> {
    const client = await connectReader(server.settings());
    for (const statement of [...statements, 'SELECT pg_reload_conf()']) await client.query(statement);
    await client.end();
  }

  async function version(): Promise<string> {
    const client = await connectReader(server.settings());
    const { rows } = await client.query('SHOW server_version_num');
    await client.end();
    return String(rows[0]?.server_version_num);
  }

  async function connects(settings: Partial<PostgresSettings>): Promise<void> {
    const session = await postgres.connect({ ...server.settings(), ...settings });
    await session[Symbol.asyncDispose]();
  }

  async function relayed(path?: string) {
    const { host = '', port = 0 } = server.settings();
    const relay = await startRelay({ host, port }, path);
    onTestFinished(() => {
      relay.cut();
      relay.refuse();
    });
    return relay;
  }

  describe('that cannot be had is told apart:', () => {
    test('the host is unknown', async () => {
      await expect(connects({ host: 'no-such-host.invalid' })).rejects.toMatchObject({
        code: 'postgres.host-unknown',
        recovery: 'environment',
        path: expect.stringMatching(/^no-such-host\.invalid:\d+\/test$/),
      });
    });

    test('nothing listens', async () => {
      const port = await freePort();
      await expect(connects({ port })).rejects.toMatchObject({ code: 'postgres.refused' });
      await expect(connects({ host: 'localhost', port })).rejects.toMatchObject({ code: 'postgres.refused' });
    });

    test('nobody answers', async () => {
      const mute = createServer();
      await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void mute.close());
      const { port } = mute.address() as AddressInfo;
      await expect(connects({ port, connectSeconds: 0.2 })).rejects.toMatchObject({ code: 'postgres.unreachable' });
    });

    test('there is no socket', async () => {
      await expect(connects({ host: tmpdir() })).rejects.toMatchObject({ code: 'postgres.no-socket' });
    });

    test('the server is older than PostgreSQL 13', async () => {
      const relay = await relayed();
      const actual = await version();
      relay.alter(actual, '129999');
      const given = connects({ host: '127.0.0.1', port: relay.port, tls: { mode: 'disable' } });
      await expect(given).rejects.toMatchObject({ code: 'postgres.too-old', recovery: 'environment' });
      relay.alter(actual, '130000');
      await connects({ host: '127.0.0.1', port: relay.port, tls: { mode: 'disable' } });
    });

    test('there is no such database', async () => {
      await expect(connects({ database: 'nowhere' })).rejects.toMatchObject({ code: 'postgres.no-database' });
    });

    test('there is no such user', async () => {
      await expect(connects({ user: 'nobody' })).rejects.toMatchObject({
        code: 'postgres.access-denied',
        recovery: 'authentication',
      });
    });

    test('there are too many connections', async () => {
      await configure('CREATE ROLE crowd LOGIN CONNECTION LIMIT 0');
      await expect(connects({ user: 'crowd' })).rejects.toMatchObject({ code: 'postgres.too-many-connections' });
    });

    test('the password is wrong, and is not shown', async () => {
      const client = await connectReader(server.settings());
      const { hba_file: file } = (await client.query<{ hba_file: string }>('SHOW hba_file')).rows[0] ?? {};
      await client.end();
      const rules = "(VALUES ('host all locked all scram-sha-256'), ('host all all all trust')) AS rules";
      await configure(
        "CREATE ROLE locked LOGIN PASSWORD 'right-password'",
        `COPY (SELECT * FROM ${rules}) TO '${file}'`,
      );
      await expect(connects({ user: 'locked', password: 'wrong-password' })).rejects.toMatchObject({
        code: 'postgres.access-denied',
        message: expect.not.stringContaining('wrong-password'),
      });
      await connects({ user: 'locked', password: 'right-password' });
    });

    test.each([
      ['53100', 'postgres.disk-full'],
      ['57P03', 'postgres.not-ready'],
      ['57P01', 'postgres.connection-lost'],
      ['40P01', 'postgres.conflict'],
      ['22003', 'postgres.row-refused'],
    ])('the server says %s: %s', (code, expected) => {
      const cause = Object.assign(new Error('x'), { code, severity: 'FATAL' });
      expect(postgresError(cause, 'db:5432/test')).toMatchObject({ code: expected, path: 'db:5432/test' });
    });
  });

  test('without the right to make a schema uses one that is there', async () => {
    await configure('CREATE ROLE modest LOGIN', 'CREATE SCHEMA given AUTHORIZATION modest');
    const session = await postgres.connect({ ...server.settings(), user: 'modest' });
    onTestFinished(() => session[Symbol.asyncDispose]());
    const given = { tableOf: (name: string) => ({ schema: 'given', name }) };
    expect((await load(session, [PEOPLE, ...people(1)], given)).tables.get('people')).toMatchObject({ inserted: 1 });
    const denied = load(session, [PEOPLE], { tableOf: (name) => ({ schema: 'denied', name }) });
    await expect(denied).rejects.toMatchObject({ code: 'postgres.no-permission', recovery: 'authentication' });
  });

  test('that may only read says so', async () => {
    await configure('CREATE ROLE reader SUPERUSER LOGIN', 'ALTER ROLE reader SET default_transaction_read_only = on');
    const { session } = await server.open({ user: 'reader' });
    await expect(load(session, [PEOPLE, ...people(1)])).rejects.toMatchObject({
      code: 'postgres.read-only',
      recovery: 'environment',
    });
  });

  test('goes through a Unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postgres-socket-'));
    await relayed(join(folder, '.s.PGSQL.5432'));
    await connects({ host: folder, port: 5432, tls: { mode: 'verify-full' } });
  });

  describe('with TLS', () => {
    const { cert } = SELF_SIGNED;

    test('is refused, or goes without, as the mode says, if the server has none', async () => {
      await expect(connects({ tls: { mode: 'require' } })).rejects.toMatchObject({ code: 'postgres.tls' });
      await connects({ tls: { mode: 'prefer' } });
    });

    test('trusts whom the mode says', async () => {
      await switchOnTls();
      const reader = await connectReader(server.settings());
      onTestFinished(() => reader.end());
      const encrypted = async (tls: TlsSettings | undefined, more: Partial<PostgresSettings> = {}) => {
        const session = await postgres.connect({
          ...server.settings(),
          ...more,
          ...(tls === undefined ? {} : { tls }),
        });
        const { rows } = await reader.query<{ ssl: string }>(
          "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'backlog-sync'",
        );
        await session[Symbol.asyncDispose]();
        return rows.at(-1)?.ssl === 't';
      };
      expect(await encrypted({ mode: 'disable' })).toBe(false);
      expect(await encrypted({ mode: 'allow' })).toBe(false);
      expect(await encrypted(undefined)).toBe(true);
      expect(await encrypted({ mode: 'require' })).toBe(true);
      const unknown = { code: 'postgres.tls', recovery: 'environment' };
      await expect(encrypted({ mode: 'verify-ca' })).rejects.toMatchObject(unknown);
      expect(await encrypted({ mode: 'verify-ca', authority: cert })).toBe(true);
      expect(await encrypted({ mode: 'verify-full', authority: cert }, { host: 'localhost' })).toBe(true);
      const { host = '', port = 0 } = server.settings();
      const elsewhere = { host: 'database.example', via: { host, port } };
      await expect(encrypted({ mode: 'verify-full', authority: cert }, elsewhere)).rejects.toMatchObject(unknown);
      expect(await encrypted({ mode: 'verify-ca', authority: cert }, elsewhere)).toBe(true);
      expect(
        await encrypted({ mode: 'verify-full', authority: cert }, { host: 'localhost', via: { host, port } }),
      ).toBe(true);
      await expect(encrypted({ mode: 'verify-ca', authority: '/no/such/file.pem' })).rejects.toMatchObject({
        code: 'postgres.certificate-unreadable',
        recovery: 'configuration',
        path: '/no/such/file.pem',
      });
    });

    async function switchOnTls(): Promise<void> {
      const folder = mkdtempSync(join(tmpdir(), 'postgres-tls-'));
      const account = accountOf('postgres');
      const files = { ssl_cert_file: SELF_SIGNED.cert, ssl_key_file: SELF_SIGNED.key };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
      if (account !== undefined) {
        for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))]) {
          chownSync(path, account.uid, account.gid);
        }
      }
      const settings = Object.keys(files).map((name) => `ALTER SYSTEM SET ${name} = '${join(folder, name)}'`);
      await configure(...settings, 'ALTER SYSTEM SET ssl = on');
      await vi.waitFor(() => connects({ tls: { mode: 'require' } }), PATIENTLY);
    }
  });

  describe('whose connection is lost', () => {
    test('between two transactions, makes a new one', async () => {
      const relay = await relayed();
      const { session, rows } = await server.open({ port: relay.port, tls: { mode: 'disable' } });
      await load(session, [PEOPLE, ...people(1)]);
      relay.cut();
      await load(session, [PEOPLE, ...people(1, 2)]);
      relay.cutAfter('BEGIN');
      await load(session, [PEOPLE, ...people(2, 3)]);
      expect(await rows('people', 'id')).toHaveLength(3);
    });

    test('within a transaction, runs it again on a new one', async () => {
      const relay = await relayed();
      const { session, rows } = await server.open({ port: relay.port, tls: { mode: 'disable' } });
      await load(session, [PEOPLE, LOG, ...people(1)]);
      for (const [at, place] of ['COPY', 'UPDATE', 'INSERT'].entries()) {
        relay.cutAfter(place);
        const report = await load(session, [
          PEOPLE,
          LOG,
          ...people(1, at + 2),
          record('log', { line: place }),
          state(1),
        ]);
        expect(report).toMatchObject({ states: [1] });
        expect(report.tables.get('people')).toMatchObject({ inserted: 1, unchanged: 1 });
      }
      expect(await rows('people')).toHaveLength(4);
      expect((await rows('log', 'line')).map(({ line }) => line)).toEqual(['COPY', 'INSERT', 'UPDATE']);
    });

    test('for good, says so, has written nothing of the transaction and releases no state', async () => {
      const relay = await relayed();
      const far = { port: relay.port, tls: { mode: 'disable' }, reconnectSeconds: 0.3 } as const;
      const { session, rows } = await server.open(far);
      await load(session, [PEOPLE, ...people(1)]);
      relay.cutAfter('COPY');
      relay.refuse();
      const { loader, states } = startLoad(session);
      await loader.write([PEOPLE, ...people(1, 2, 3), state(1)]);
      await expect(loader.flush()).rejects.toMatchObject({
        code: 'postgres.connection-lost',
        recovery: 'environment',
        path: expect.stringContaining(String(relay.port)),
        message: expect.stringContaining('Nothing takes connections'),
      });
      expect(states).toEqual([]);
      expect(await rows('people')).toHaveLength(1);
    });

    test('while committing, finds out that everything is written, and goes on', async () => {
      const relay = await relayed();
      const { session, rows } = await server.open({ port: relay.port, tls: { mode: 'disable' } });
      await load(session, [LOG]);
      relay.cutAfter('COMMIT\0');
      const report = await load(session, [LOG, record('log', { line: 'x' }), state(1)]);
      expect(report).toMatchObject({ states: [1] });
      expect(report.tables.get('log')).toMatchObject({ inserted: 1 });
      expect(await rows('log')).toEqual([{ line: 'x' }]);
    });

    test('while committing, says that it does not know if nobody answers, and releases no state', async () => {
      const relay = await relayed();
      const far = { port: relay.port, tls: { mode: 'disable' }, reconnectSeconds: 0.3 } as const;
      const { session, rows } = await server.open(far);
      await load(session, [PEOPLE]);
      relay.cutAfter('COMMIT\0');
      relay.refuse();
      const { loader, states } = startLoad(session);
      await loader.write([PEOPLE, ...people(1), state(1)]);
      await expect(loader.flush()).rejects.toMatchObject({ code: 'postgres.commit-unknown', recovery: 'environment' });
      expect(states).toEqual([]);
      await vi.waitFor(async () => expect(await rows('people')).toHaveLength(1), PATIENTLY);
    });
  });

  test('survives a crash of the server at any moment: nothing is lost or comes twice', async () => {
    const { session, settings } = await server.open();
    const { loader, states } = startLoad(session, { batchRows: 500 });
    const rows = Array.from({ length: 20_000 }, (_, id) => record('people', { id, name: 'x'.repeat(200) }));
    await loader.write([PEOPLE, LOG, ...rows.slice(0, 1000), state('before')]);
    await loader.flush();
    const writing = loader.write([...rows, record('log', { line: 'x' }), state('after')]);
    await Promise.all([writing.then(() => loader.flush()), server.crash()]);
    expect(states).toEqual(['before', 'after']);
    const reader = await vi.waitUntil(() => connectReader(settings).catch(() => undefined), PATIENTLY);
    onTestFinished(() => reader.end());
    const count = async (table: string) =>
      Number((await reader.query<{ n: string }>(`SELECT count(*) AS n FROM "${settings.schema}".${table}`)).rows[0]?.n);
    expect(await count('people')).toBe(20_000);
    expect(await count('log')).toBe(1);
  });
});
