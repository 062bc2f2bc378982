import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../src/singer/host.ts';
import { targetMysqlMain } from '../../src/singer/target-mysql.ts';
import { targetPostgresMain } from '../../src/singer/target-postgres.ts';
import { SELF_SIGNED } from '../backlog/self-signed.ts';
import { PATIENTLY } from '../patiently.ts';
import { hasMariadb, hasMysql, startMariadb, startMysql } from '../servers/mysql-server.ts';
import { hasPostgres, startPostgres } from '../servers/postgres-server.ts';
import { mayRun } from '../servers/required.ts';
import type { ServerOptions, TestServer } from '../servers/server-process.ts';
import { createTestHost } from './test-host.ts';

interface Tested {
  readonly name: string;
  readonly present: boolean;
  readonly main: (host: Host) => Promise<number>;
  readonly prefix: string;
  readonly scheme: string;
  /** The option of a URL that names an authority. */
  readonly authority: string;
  readonly codes: { readonly tls: string; readonly unreachable: string };
  /** Makes a user who must show a certificate. */
  readonly certifiedUser: (user: string) => readonly string[];
  start(options: ServerOptions): Promise<TestServer>;
  query(server: TestServer, sql: string): Promise<unknown[]>;
}

const MYSQL_FAMILY = {
  main: targetMysqlMain,
  prefix: 'TARGET_MYSQL',
  scheme: 'mysql+pymysql',
  authority: 'ssl_ca',
  codes: { tls: 'mysql.tls', unreachable: 'mysql.unreachable' },
  certifiedUser: (user: string) => [`CREATE USER ${user} REQUIRE X509`, `GRANT ALL ON *.* TO ${user}`],
  async query({ host, port, user, database }: TestServer, sql: string) {
    const connection = await mysql.createConnection({ host, port, user, database });
    const [rows] = await connection.query(sql.replaceAll('"', '`'));
    await connection.end();
    return rows as unknown[];
  },
};

const TESTED: readonly Tested[] = [
  {
    name: 'PostgreSQL',
    present: mayRun('PostgreSQL', hasPostgres()),
    main: targetPostgresMain,
    prefix: 'TARGET_POSTGRES',
    scheme: 'postgresql+psycopg2',
    authority: 'sslrootcert',
    codes: { tls: 'postgres.tls', unreachable: 'postgres.refused' },
    certifiedUser: (user) => [
      `CREATE ROLE ${user} LOGIN SUPERUSER`,
      `DO $$ BEGIN EXECUTE format('COPY (SELECT unnest(ARRAY[''hostssl all ${user} all trust clientcert=verify-ca'',
        ''host all all all trust''])) TO %L', current_setting('hba_file')); PERFORM pg_reload_conf(); END $$`,
    ],
    start: startPostgres,
    async query({ host, port, user, database }, sql) {
      const client = new pg.Client({ host, port, user, database });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows;
    },
  },
  { name: 'MariaDB', present: mayRun('MariaDB', hasMariadb()), start: startMariadb, ...MYSQL_FAMILY },
  { name: 'MySQL', present: mayRun('MySQL', hasMysql()), start: startMysql, ...MYSQL_FAMILY },
];

const SCHEMA =
  '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{"type":"integer"},"t":{"type":["null","string"]}}},"key_properties":["id"]}';
const record = (id: number, t: string) => JSON.stringify({ type: 'RECORD', stream: 's', record: { id, t } });
const state = (at: number) => JSON.stringify({ type: 'STATE', value: { at } });

/** The name of an address that no certificate bears. */
const OTHER_NAME = '127.1';

for (const { name, present, main, prefix, scheme, authority, codes, certifiedUser, start, query } of TESTED) {
  describe.runIf(present)(`a target for ${name}`, () => {
    let server: TestServer;

    beforeAll(async () => {
      server = await start({ tls: SELF_SIGNED });
    });

    afterAll(() => server.close());

    const run = async (
      lines: readonly string[],
      settings: Readonly<Record<string, string>>,
      args: readonly string[] = [],
    ) => {
      const environment = Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [`${prefix}_${key.toUpperCase()}`, value]),
      );
      const host = createTestHost([...args], { environment });
      host.input.end(lines.map((line) => `${line}\n`).join(''));
      const code = await main(host);
      return { code, states: host.outputText(), log: host.logText() };
    };
    const login = () => ({
      host: server.host,
      port: String(server.port),
      user: server.user,
      database: server.database,
    });
    const url = (options = '', host = 'localhost') =>
      `${scheme}://${server.user}@${host}:${server.port}/${server.database}${options}`;

    test('loads rows and writes the state, by single settings', async () => {
      const { code, states, log } = await run([SCHEMA, record(1, 'a'), record(1, 'b'), state(1)], login());
      expect(log).not.toMatch(/error|exception/i);
      expect([code, states]).toEqual([0, '{"at":1}\n']);
      expect(await query(server, 'SELECT t FROM s')).toEqual([{ t: 'b' }]);
    });

    test('passes the check of Meltano: no line says "error" or "exception"', async () => {
      const lines = [
        '{"type":"SCHEMA","stream":"meltano_test_stream","schema":{"properties":{"id":{"type":"integer"},"name":{"type":"string"},"created_at":{"type":"string","format":"date-time"}}},"key_properties":["id"]}',
        '{"type":"RECORD","stream":"meltano_test_stream","record":{"id":1,"name":"Test","created_at":"2024-01-01T00:00:00Z"}}',
        '{"type":"STATE","value":{"bookmarks":{}}}',
        '{"type":"ACTIVATE_VERSION","stream":"meltano_test_stream","version":1}',
      ];
      for (const round of ['first', 'second']) {
        const { code, states, log } = await run(lines, login());
        expect([round, code, states]).toEqual([round, 0, '{"bookmarks":{}}\n']);
        expect(states + log).not.toMatch(/error|exception/i);
      }
    });

    test('puts tables into the default schema and where the mapping says', async () => {
      const settings = {
        ...login(),
        default_target_schema: 'raw',
        table_prefix: 'a_',
        table_mapping: '{"s":"tickets","u":{"schema":"other"}}',
      };
      const lines = ['s', 't', 'u'].flatMap((stream) =>
        [SCHEMA, record(1, stream)].map((line) => line.replace('"stream":"s"', `"stream":"${stream}"`)),
      );
      expect(await run(lines, settings)).toMatchObject({ code: 0 });
      const tables = ['"raw"."tickets"', '"raw"."a_t"', '"other"."a_u"'];
      for (const [place, table] of tables.entries()) {
        expect(await query(server, `SELECT t FROM ${table}`)).toEqual([{ t: 'stu'[place] }]);
      }
    });

    test('takes the settings of a MeltanoLabs target as they are, and says what has no effect', async () => {
      const settings = {
        ...login(),
        ...{ activate_version: 'true', add_record_metadata: 'true', batch_size_rows: '10000', hard_delete: 'false' },
        ...{ default_target_schema: 'melty', flattening_enabled: 'false', interpret_content_encoding: 'false' },
        ...{ load_method: 'append-only', ssl_enable: 'false', ssl_mode: 'verify-full', validate_records: 'true' },
        ...{ ssl_certificate_authority: '~/.secrets/ca.crt', ssl_client_certificate_enable: 'false' },
      };
      const { code, log } = await run([SCHEMA, record(1, 'a'), record(1, 'b')], settings);
      expect([code, log]).toEqual([0, expect.not.stringMatching(/error|exception/i)]);
      expect(await query(server, 'SELECT t FROM "melty"."s" ORDER BY t')).toEqual([{ t: 'a' }, { t: 'b' }]);
      const file = join(mkdtempSync(join(tmpdir(), 'target-')), 'config.json');
      const more = { 'dialect+driver': 'x+y', use_copy: true, stream_maps: {}, sanitize_null_text_characters: true };
      writeFileSync(file, JSON.stringify({ ...more, port: Number(login().port) }));
      const { port: _, ...others } = login();
      const ignored = await run([SCHEMA], others, ['--config', file]);
      expect(ignored.code).toBe(0);
      for (const name of Object.keys(more)) expect(ignored.log).toContain(name);
    });

    test('takes a URL as SQLAlchemy has them', async () => {
      const { code, log } = await run([SCHEMA, record(3, 'url')], { sqlalchemy_url: url() });
      expect(log).not.toMatch(/warning/);
      expect(code).toBe(0);
      expect(await query(server, 'SELECT t FROM s WHERE id = 3')).toEqual([{ t: 'url' }]);
    });

    test('where nothing answers ends with code 3, and without settings with code 2', async () => {
      const nowhere = await run([SCHEMA], { ...login(), port: '1', password: 'password-of-mine' });
      expect(nowhere.code).toBe(3);
      expect(nowhere.log).toContain(`[${codes.unreachable}]`);
      expect(nowhere.log).not.toContain('password-of-mine');
      const empty = await run([SCHEMA], {});
      expect(empty.code).toBe(2);
      expect(empty.log).toContain(`${prefix}_USER, ${prefix}_DATABASE`);
    });

    describe('with TLS', () => {
      const ssl = { ssl_enable: 'true', ssl_certificate_authority: SELF_SIGNED.cert };

      test('connects to a server whose certificate and name are right', async () => {
        expect(await run([SCHEMA, record(4, 'tls')], { ...login(), ...ssl, host: 'localhost' })).toMatchObject({
          code: 0,
        });
      });

      test('refuses an authority that did not sign, and a name that is not in the certificate', async () => {
        const [stranger = ''] = rootCertificates;
        const signed = await run([SCHEMA], {
          ...login(),
          ...ssl,
          host: 'localhost',
          ssl_certificate_authority: stranger,
        });
        expect([signed.code, signed.log]).toEqual([3, expect.stringContaining(`[${codes.tls}]`)]);
        const named = await run([SCHEMA], { ...login(), ...ssl, host: OTHER_NAME });
        expect([named.code, named.log]).toEqual([3, expect.stringContaining(`[${codes.tls}]`)]);
        const unnamed = { ...login(), ...ssl, host: OTHER_NAME, ssl_mode: 'verify-ca' };
        expect(await run([SCHEMA], unnamed)).toMatchObject({ code: 0 });
      });

      test('shows its own certificate to a server that asks for one', async () => {
        for (const sql of certifiedUser('shown')) await query(server, sql);
        const shown = { ...login(), ...ssl, host: 'localhost', user: 'shown' };
        await vi.waitFor(async () => expect(await run([SCHEMA], shown)).toMatchObject({ code: 3 }), PATIENTLY);
        const own = {
          ssl_client_certificate_enable: 'true',
          ssl_client_certificate: SELF_SIGNED.cert,
          ssl_client_private_key: SELF_SIGNED.key,
        };
        const { code, log } = await run([SCHEMA, record(5, 'shown')], { ...shown, ...own });
        expect([code, log]).toEqual([0, expect.not.stringContaining('PRIVATE KEY')]);
        expect(await query(server, 'SELECT t FROM s WHERE id = 5')).toEqual([{ t: 'shown' }]);
      });

      test('is asked for by the options of a URL too', async () => {
        const authorityFile = '/nowhere/ca.pem';
        const { code, log } = await run([SCHEMA], { sqlalchemy_url: url(`?${authority}=${authorityFile}`) });
        expect(code).toBe(2);
        expect(log).toContain('→');
      });
    });
  });
}
