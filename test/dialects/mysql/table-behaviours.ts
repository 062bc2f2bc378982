import { describe, expect, onTestFinished, test } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import { load, record, schema, tombstone } from '../../load/load-fixture.ts';
import { type Family, openSession } from './family.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: 'string' } });
const CODES = schema('codes', { code: { type: 'string' }, v: { type: 'integer' } }, ['code']);

export function tableBehaviours(of: () => Family): void {
  describe('a table that was there before', () => {
    test('is used with its primary key, its own columns, its spelling and its character set', async () => {
      const session = await openSession(of());
      await of().admin.query(
        "CREATE TABLE people (ID INT AUTO_INCREMENT PRIMARY KEY, Name VARCHAR(20) CHARACTER SET latin1 NOT NULL, note TEXT); INSERT INTO people VALUES (1, 'é', 'n')",
      );
      const messages = [PEOPLE, record('people', { id: 1, name: 'É' }), record('people', { id: 0, name: 'ü' })];
      expect((await load(session, messages)).tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
      expect((await load(session, messages)).tables.get('people')).toMatchObject({ unchanged: 2 });
      expect(await of().query('SELECT * FROM people ORDER BY ID')).toEqual([
        { ID: 0, Name: 'ü', note: null },
        { ID: 1, Name: 'É', note: 'n' },
      ]);
    });

    test.each(['load-data', 'insert'] as const)(
      'refuses what its columns cannot hold, and keeps nothing (%s)',
      async (bulk) => {
        const session = await openSession(of(), { bulk });
        await of().admin.query('CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(3))');
        for (const row of [
          { id: 1, name: 'long' },
          { id: 2 ** 40, name: 'x' },
        ]) {
          const given = load(session, [PEOPLE, record('people', { id: 3, name: 'ok' }), record('people', row)]);
          await expect(given).rejects.toMatchObject({ code: 'mysql.row-refused', recovery: 'data' });
        }
        expect(await of().query('SELECT * FROM people')).toEqual([]);
      },
    );

    test('does not let similar keys pass for equal', async () => {
      const session = await openSession(of());
      await of().admin.query(
        "CREATE TABLE codes (code VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, v INT); INSERT INTO codes VALUES ('a', 1)",
      );
      const given = load(session, [CODES, record('codes', { code: 'A', v: 2 })]);
      await expect(given).rejects.toMatchObject({
        code: 'mysql.row-refused',
        message: expect.stringContaining('Duplicate entry'),
      });
      expect(await of().query('SELECT * FROM codes')).toEqual([{ code: 'a', v: 1 }]);
      const removed = await load(session, [
        CODES,
        tombstone('codes', { code: 'A' }),
        record('codes', { code: 'a', v: 3 }),
      ]);
      expect(removed.tables.get('codes')).toMatchObject({ deleted: 0, updated: 1 });
    });

    test('gets finer times when they come, and keeps those that it has', async () => {
      const session = await openSession(of());
      await of().admin.query(
        "CREATE TABLE log (id BIGINT PRIMARY KEY, at DATETIME NOT NULL); INSERT INTO log VALUES (1, '2026-01-02 03:04:05')",
      );
      const log = schema('log', { id: { type: 'integer' }, at: { type: 'string', format: 'date-time' } });
      await load(session, [log, record('log', { id: 2, at: '2026-01-02T03:04:05.25Z' })]);
      expect(await of().query('SELECT id, CAST(at AS CHAR) AS at FROM log ORDER BY id')).toEqual(
        [
          { id: '1', at: '2026-01-02 03:04:05.000000' },
          { id: '2', at: '2026-01-02 03:04:05.250000' },
        ].map((row) => ({ ...row, id: Number(row.id) })),
      );
    });

    test('lets a value move to a new row under a unique index of its own', async () => {
      const session = await openSession(of());
      await of().admin.query(
        "CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(20), UNIQUE (name)); INSERT INTO people VALUES (1, 'first')",
      );
      const rows = [record('people', { id: 2, name: 'first' }), record('people', { id: 1, name: 'second' })];
      const { tables } = await load(session, [PEOPLE, ...rows]);
      expect(tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
      expect(await of().query('SELECT id, name FROM people ORDER BY id')).toEqual([
        { id: 1, name: 'second' },
        { id: 2, name: 'first' },
      ]);
    });

    test('is searched by its key, also when the server believes that it is nearly empty', async () => {
      const { admin, query } = of();
      const session = await openSession(of());
      const people = (name: string) => Array.from({ length: 1000 }, (_, id) => record('people', { id, name }));
      await load(session, [PEOPLE, ...people('before')]);
      await admin.query(
        "UPDATE mysql.innodb_table_stats SET n_rows = 1 WHERE table_name = 'people'; FLUSH TABLE people; TRUNCATE mysql.slow_log; SET GLOBAL log_output = 'TABLE', GLOBAL long_query_time = 0, GLOBAL slow_query_log = ON",
      );
      onTestFinished(async () => {
        await admin.query("SET GLOBAL slow_query_log = OFF, GLOBAL log_output = 'FILE'");
      });
      const watched = await mysql.connect(of().settings);
      onTestFinished(() => watched[Symbol.asyncDispose]());
      expect((await load(watched, [PEOPLE, ...people('after')])).tables.get('people')).toMatchObject({ updated: 1000 });
      const [looked] = await query(
        "SELECT COUNT(*) AS statements, MAX(rows_examined) AS most FROM mysql.slow_log WHERE sql_text LIKE 'UPDATE `load_stage`%'",
      );
      expect(looked).toMatchObject({ statements: 1 });
      expect(Number(looked?.most)).toBeLessThan(5000);
    });

    test.each(['DECIMAL(10,2)', 'FLOAT', 'CHAR(5)', "ENUM('a')", 'TIME', 'BIT(1)'])(
      'is refused when %s would change our values',
      async (declared) => {
        const session = await openSession(of());
        await of().admin.query(`CREATE TABLE people (id INT, name ${declared})`);
        const given = load(session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
        await expect(given).rejects.toMatchObject({
          code: 'load.table-does-not-fit',
          message: expect.stringContaining('name ('),
        });
      },
    );

    test('is refused when several of its rows have one key', async () => {
      const session = await openSession(of());
      await of().admin.query("CREATE TABLE people (id INT, name TEXT); INSERT INTO people VALUES (1, 'a'), (1, 'b')");
      const given = load(session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
      await expect(given).rejects.toMatchObject({ code: 'load.repeated-keys', path: 'people' });
    });
  });

  describe('a table of ours', () => {
    test('has readable keys of short text, and hidden digests once longer ones come', async () => {
      const session = await openSession(of());
      await load(session, [CODES, record('codes', { code: 'short', v: 1 }), record('codes', { code: 'Short', v: 2 })]);
      expect(await indexed(of(), 'codes')).toEqual(['code']);
      const long = 'x'.repeat(1000);
      const messages = [
        CODES,
        ...['short', 'short ', `${long}1`, `${long}2`].map((code, v) => record('codes', { code, v: v + 1 })),
      ];
      expect((await load(session, messages)).tables.get('codes')).toMatchObject({ inserted: 3, unchanged: 1 });
      expect((await load(session, messages)).tables.get('codes')).toMatchObject({ inserted: 0, unchanged: 4 });
      expect(await indexed(of(), 'codes')).toEqual([expect.stringMatching(/^key_digest_/)]);
      expect(Object.keys((await of().query('SELECT * FROM codes'))[0] ?? {})).toEqual(['code', 'v']);
      const removed = await load(session, [
        CODES,
        tombstone('codes', { code: `${long}1` }),
        tombstone('codes', { code: long }),
      ]);
      expect(removed.tables.get('codes')).toMatchObject({ deleted: 1 });
    });

    test('finds keys by its index', async () => {
      const session = await openSession(of());
      await load(session, [CODES, ...Array.from({ length: 2000 }, (_, v) => record('codes', { code: `c${v}`, v }))]);
      const [plan] = await of()
        .query("EXPLAIN FORMAT=TRADITIONAL SELECT * FROM codes WHERE code <=> 'c7'")
        .catch(() => of().query("EXPLAIN SELECT * FROM codes WHERE code <=> 'c7'"));
      expect(plan?.key).toMatch(/^key_/);
    });

    test('keeps names that the server cannot, with a hash', async () => {
      const session = await openSession(of());
      const odd = schema('odd', {
        id: { type: 'integer' },
        'smile😀': { type: 'integer' },
        'blank ': { type: 'integer' },
      });
      const messages = [odd, record('odd', { id: 1, 'smile😀': 2, 'blank ': 3 })];
      await load(session, messages);
      expect((await load(session, messages)).tables.get('odd')).toMatchObject({ unchanged: 1 });
      const [row] = await of().query('SELECT * FROM odd');
      expect(Object.keys(row ?? {})).toEqual([
        'id',
        expect.stringMatching(/^smile__[0-9a-f]{8}$/),
        expect.stringMatching(/^blank__[0-9a-f]{8}$/),
      ]);
    });

    test('holds any text in a database of another character set', async () => {
      const session = await openSession(of());
      await of().admin.query('ALTER DATABASE test CHARACTER SET latin1');
      const wide = schema('wide', { id: { type: 'integer' }, name: { type: 'string' }, more: {} });
      const messages = [wide, record('wide', { id: 1, name: '課題👍', more: ['課題👍'] })];
      await load(session, messages);
      expect(await of().query('SELECT * FROM wide')).toEqual([{ id: 1, name: '課題👍', more: '["課題👍"]' }]);
    });

    test('may lie in another database, which is made', async () => {
      const session = await openSession(of());
      onTestFinished(async () => void (await of().admin.query('DROP DATABASE IF EXISTS `PROD 課題`')));
      const tableOf = (name: string) => ({ schema: 'PROD 課題', name });
      await load(session, [PEOPLE, record('people', { id: 1, name: 'x' })], { tableOf });
      await load(session, [PEOPLE, record('people', { id: 1, name: 'y' })], { tableOf });
      expect(await of().query('SELECT * FROM `PROD 課題`.people')).toEqual([{ id: 1, name: 'y' }]);
    });

    test('gets a hidden primary key where the server asks for one', async () => {
      const setting =
        'SHOW GLOBAL VARIABLES WHERE Variable_name IN ("sql_require_primary_key", "innodb_force_primary_key")';
      const name = String((await of().query(setting))[0]?.Variable_name);
      await of().admin.query(`SET GLOBAL ${name} = ON`);
      onTestFinished(async () => void (await of().admin.query(`SET GLOBAL ${name} = OFF`)));
      const session = await openSession(of());
      const log = schema('log', { line: { type: 'string' } }, []);
      await load(session, [PEOPLE, record('people', { id: 1, name: 'x' }), log, record('log', { line: 'a' })]);
      const report = await load(session, [
        PEOPLE,
        record('people', { id: 1, name: 'y' }),
        record('people', { id: 2, name: 'z' }),
      ]);
      expect(report.tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
      expect(await of().query('SELECT * FROM people ORDER BY id')).toEqual([
        { id: 1, name: 'y' },
        { id: 2, name: 'z' },
      ]);
      expect(await of().query('SELECT * FROM log')).toEqual([{ line: 'a' }]);
    });

    test('notices a change at the end of a text that is longer than a packet', async () => {
      const [packet] = await of().query('SELECT @@GLOBAL.max_allowed_packet AS bytes');
      await of().admin.query('SET GLOBAL max_allowed_packet = 1048576');
      onTestFinished(async () => void (await of().admin.query(`SET GLOBAL max_allowed_packet = ${packet?.bytes}`)));
      const session = await openSession(of());
      const long = 'x'.repeat(2_000_000);
      await load(session, [PEOPLE, record('people', { id: 1, name: `${long}a` })]);
      const report = await load(session, [PEOPLE, record('people', { id: 1, name: `${long}b` })]);
      expect(report.tables.get('people')).toMatchObject({ updated: 1 });
      const inserting = await openSession(of(), { bulk: 'insert' });
      const given = load(inserting, [PEOPLE, record('people', { id: 1, name: long })]);
      await expect(given).rejects.toMatchObject({ code: 'mysql.statement-too-long' });
    });
  });
}

async function indexed({ query }: Family, table: string): Promise<readonly unknown[]> {
  const parts = `SELECT COLUMN_NAME AS name FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'test' AND TABLE_NAME = '${table}' AND NON_UNIQUE = 0`;
  return (await query(parts)).map(({ name }) => name);
}
