import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import { ExactNumber, type Row } from '../../../src/message/value.ts';
import { load, record, schema, startLoad, tombstone } from '../../load/load-fixture.ts';
import { hasPostgres } from '../../servers/postgres-server.ts';
import { mayRun } from '../../servers/required.ts';
import { useServer } from './postgres-fixture.ts';

const INTEGER = { type: 'integer' };
const TEXT = { type: ['null', 'string'] };
const PEOPLE = schema('people', { id: INTEGER, name: TEXT });
const ANN = record('people', { id: 1, name: 'Ann' });

describe.runIf(mayRun('PostgreSQL', hasPostgres()))('PostgreSQL', () => {
  const server = useServer();

  describe('values', () => {
    test('of text are kept whatever they are', async () => {
      const { session, rows } = await server.open();
      const hard = [
        '\\',
        '\\N',
        '\\.',
        '\\\\n',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '\b\f\v',
        '"\'',
        ',;',
        'NULL',
        '',
        '👍🏽',
        '課題',
        '\u2028',
      ];
      const any = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hard)));
      const texts = new Set<string>(hard);
      fc.assert(
        fc.property(any, (parts) => void texts.add(parts.join('').replaceAll('\0', ''))),
        { numRuns: 500 },
      );
      const given = [...texts].map((name, id) => record('people', { id, name }));
      const report = await load(session, [PEOPLE, ...given]);
      expect(report.tables.get('people')?.unstorable).toBe(0);
      expect((await rows('people', 'id')).map(({ name }) => name)).toEqual([...texts]);
      expect((await load(session, [PEOPLE, ...given])).tables.get('people')).toMatchObject({ unchanged: texts.size });
    });

    test('lose NUL and halves of characters at any depth, which is counted and told', async () => {
      const { session, query } = await server.open();
      const odd = schema('odd', { id: TEXT, text: TEXT, json: {} }, ['id']);
      const row = { id: 'k\0', text: 'a\0b\ud83d', json: { 'x\0': ['\0\0', '\\u0000', { y: '\udc00' }] } };
      const report = await load(session, [odd, record('odd', row)]);
      expect(await query('SELECT id, text, json::text FROM odd')).toEqual([
        { id: 'k', text: 'ab\ufffd', json: '{"x": ["", "\\\\u0000", {"y": "\ufffd"}]}' },
      ]);
      expect(report.tables.get('odd')?.unstorable).toBe(7);
      expect(report.notices.map(({ en }) => en)).toEqual([expect.stringContaining('U+FFFD: 7')]);
      expect((await load(session, [odd, tombstone('odd', { id: 'k\0' })])).tables.get('odd')).toMatchObject({
        deleted: 1,
      });
    });

    test('of numbers keep the digits of the message', async () => {
      const { session, rows, types } = await server.open();
      const numbers = schema('numbers', { id: INTEGER, n: { type: 'number' } });
      const values = [0.1, 1e21, new ExactNumber('12345678901234567890.123456789'), 18446744073709551616n, -0];
      await load(session, [numbers, ...values.map((n, id) => record('numbers', { id, n }))]);
      expect(await types('numbers')).toEqual({ id: 'bigint', n: 'numeric' });
      expect((await rows('numbers', 'id')).map(({ n }) => n)).toEqual([
        '0.1',
        '1000000000000000000000',
        '12345678901234567890.123456789',
        '18446744073709551616',
        '0',
      ]);
    });

    test('that are finer than the database widen their column to text', async () => {
      const { session, rows, types } = await server.open();
      const times = schema('times', {
        id: INTEGER,
        at: { type: 'string', format: 'date-time' },
        on: { type: 'string', format: 'date' },
        time: { type: 'string', format: 'time' },
      });
      await load(session, [
        times,
        record('times', { id: 1, at: '2026-01-02T12:00:00.5+09:00', on: '2026-01-02', time: '10:00' }),
      ]);
      expect(await types('times')).toEqual({
        id: 'bigint',
        at: 'timestamp with time zone',
        on: 'date',
        time: 'time without time zone',
      });
      const fine = { id: 2, at: '2026-01-02T12:00:00.123456789Z', on: '2026-01-02T10:00:00Z', time: '10:00:00+09:00' };
      await load(session, [times, record('times', fine)]);
      expect(await types('times')).toEqual({ id: 'bigint', at: 'text', on: 'timestamp with time zone', time: 'text' });
      expect(await rows('times', 'id')).toEqual([
        { id: '1', at: '2026-01-02T03:00:00.5Z', on: '2026-01-02 09:00:00+09', time: '10:00:00' },
        { ...fine, id: '2', on: '2026-01-02 19:00:00+09' },
      ]);
    });
  });

  describe('an upsert', () => {
    test('writes to an empty table whose rows have policies, where nothing may be copied', async () => {
      const { query, schema: place, settings } = await server.open();
      await query(`CREATE TABLE people (id bigint, name text); CREATE UNIQUE INDEX ON people (id);
        ALTER TABLE people ENABLE ROW LEVEL SECURITY; CREATE POLICY everybody ON people USING (true);
        CREATE ROLE ${place}_writer LOGIN; GRANT USAGE ON SCHEMA ${place} TO ${place}_writer;
        GRANT SELECT, INSERT, UPDATE ON people TO ${place}_writer`);
      const session = await postgres.connect({ ...settings, user: `${place}_writer` });
      onTestFinished(() => session[Symbol.asyncDispose]());
      const report = await load(session, [PEOPLE, ANN, record('people', { id: 2, name: 'Bob' })], { batchRows: 1 });
      expect(report.tables.get('people')).toMatchObject({ inserted: 2, updated: 0 });
      expect(await query('SELECT name FROM people ORDER BY id')).toEqual([{ name: 'Ann' }, { name: 'Bob' }]);
    });

    test('does not touch rows that are equal', async () => {
      const { session, query } = await server.open();
      await load(session, [PEOPLE, ANN, record('people', { id: 2, name: 'Bob' })]);
      const versions = () => query('SELECT id, xmin, xmax, ctid FROM people ORDER BY id');
      const [ann, bob] = await versions();
      const report = await load(session, [PEOPLE, ANN, record('people', { id: 2, name: 'Rob' })]);
      expect(report.tables.get('people')).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
      const [annNow, bobNow] = await versions();
      expect(annNow).toEqual(ann);
      expect(bobNow?.xmin).not.toBe(bob?.xmin);
    });

    test('keeps one temporary table for all batches of a stream', async () => {
      const { session } = await server.open();
      const people = (name: string) => Array.from({ length: 50 }, (_, id) => record('people', { id, name }));
      await load(session, [PEOPLE, ...people('x')]);
      await load(session, [PEOPLE, ...people('y')], { batchRows: 5 });
      const stages = await session.readTable(
        { schema: 'pg_catalog', name: 'pg_class' },
        ['relname', 'relpersistence'],
        {
          column: 'relpersistence',
          is: 't',
        },
      );
      expect(stages?.filter(({ relname }) => String(relname).startsWith('load_stage'))).toHaveLength(1);
    });

    test('looks up keys by the index, also those that an index cannot hold', async () => {
      const { session, query } = await server.open();
      const codes = schema('codes', { code: TEXT, v: INTEGER }, ['code']);
      const noise = (seed: string) => Array.from({ length: 200 }, (_, at) => `${seed}${at * 7919}課題`).join('');
      const long = [`${noise('x')}1`, `${noise('x')}2`];
      await load(session, [codes, record('codes', { code: 'short', v: 1 })]);
      const index = async () => (await query("SELECT indexdef FROM pg_indexes WHERE tablename = 'codes'"))[0]?.indexdef;
      expect(await index()).toMatch(/btree \(code\)$/);
      const given = [
        codes,
        ...long.map((code, v) => record('codes', { code, v })),
        record('codes', { code: 'short', v: 2 }),
      ];
      expect((await load(session, given)).tables.get('codes')).toMatchObject({ inserted: 2, updated: 1 });
      expect(await index()).toMatch(/btree \(md5\(code\)\)$/);
      expect((await load(session, given)).tables.get('codes')).toMatchObject({ unchanged: 3 });
      const gone = await load(session, [codes, tombstone('codes', { code: long[0] ?? '' })]);
      expect(gone.tables.get('codes')).toMatchObject({ deleted: 1 });
    });

    test('of a table with such keys makes the index that holds them at once', async () => {
      const { session, query } = await server.open();
      await query('CREATE TABLE codes (code TEXT, v BIGINT)');
      await query("INSERT INTO codes SELECT string_agg(md5(i::text), ''), 1 FROM generate_series(1, 500) AS i");
      const codes = schema('codes', { code: TEXT, v: INTEGER }, ['code']);
      const [{ code = '' } = {}] = await query('SELECT code FROM codes');
      const report = await load(session, [codes, record('codes', { code, v: 2 })]);
      expect(report.tables.get('codes')).toMatchObject({ updated: 1 });
    });
  });

  describe('a table that was there before', () => {
    test('lets a value move to a new row under a unique index of its own', async () => {
      const { session, query, rows } = await server.open();
      await query('CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT UNIQUE)');
      await query("INSERT INTO people VALUES (1, 'first')");
      const given = [record('people', { id: 2, name: 'first' }), record('people', { id: 1, name: 'second' })];
      const { tables } = await load(session, [PEOPLE, ...given]);
      expect(tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
      expect(await rows('people', 'id')).toMatchObject([
        { id: '1', name: 'second' },
        { id: '2', name: 'first' },
      ]);
    });

    test('is used with its primary key, its own columns and its narrower types', async () => {
      const { session, query, rows, types } = await server.open();
      await query("CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(10), note TEXT DEFAULT '-')");
      await query("INSERT INTO people (id, name) VALUES (1, 'A')");
      const report = await load(session, [PEOPLE, ANN, record('people', { id: 2, name: 'Bob' })]);
      expect(report.tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
      expect(await rows('people', 'id')).toEqual([
        { id: '1', name: 'Ann', note: '-' },
        { id: '2', name: 'Bob', note: '-' },
      ]);
      expect(await types('people')).toEqual({ id: 'integer', name: 'character varying(10)', note: 'text' });
    });

    test('whose column would round numbers gets a wider one, with the old values exact', async () => {
      const { session, query, rows, types } = await server.open();
      await query('CREATE TABLE prices (id BIGINT, a NUMERIC(10,2), b DOUBLE PRECISION, c TIMESTAMP, d NUMERIC(10,2))');
      await query("INSERT INTO prices VALUES (1, 1.50, 0.1::float8 + 0.2::float8, '2026-01-02 03:04:05', 7)");
      const prices = schema('prices', {
        id: INTEGER,
        a: { type: 'number' },
        b: { type: 'number' },
        c: TEXT,
        d: INTEGER,
      });
      await load(session, [
        prices,
        record('prices', { id: 2, a: 1.001, b: new ExactNumber('0.12345678901234567891'), c: 'x', d: 8 }),
      ]);
      expect(await types('prices')).toMatchObject({ a: 'numeric', b: 'numeric', c: 'text', d: 'numeric(10,2)' });
      expect(await rows('prices', 'id')).toEqual([
        { id: '1', a: '1.5', b: '0.30000000000000004', c: '2026-01-02T03:04:05Z', d: '7.00' },
        { id: '2', a: '1.001', b: '0.12345678901234567891', c: 'x', d: '8.00' },
      ]);
    });

    test('is refused, naming the columns, when the database would change our values in it', async () => {
      const { session, query, schema: place } = await server.open();
      await query('CREATE TABLE people (id BIGINT, name CHAR(5))');
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({
        code: 'load.table-does-not-fit',
        message: expect.stringContaining('name (character(5)'),
      });
      expect(place).toBeDefined();
    });

    test('is refused when several of its rows have one key', async () => {
      const { session, query, rows } = await server.open();
      await query("CREATE TABLE people (id BIGINT, name TEXT); INSERT INTO people VALUES (1, 'a'), (1, 'b')");
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({ code: 'load.repeated-keys' });
      expect(await rows('people')).toHaveLength(2);
    });

    test('whose own rule refuses a row stops the load with that rule', async () => {
      const { session, query } = await server.open();
      await query('CREATE TABLE people (id BIGINT, name TEXT CHECK (length(name) < 3))');
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({
        code: 'postgres.row-refused',
        recovery: 'data',
        message: expect.stringContaining('people_name_check'),
      });
    });

    test('whose column is too narrow stops the load and cuts nothing', async () => {
      const { session, query, rows } = await server.open();
      await query('CREATE TABLE people (id INTEGER, name VARCHAR(2))');
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({ code: 'postgres.row-refused' });
      const big = record('people', { id: 3_000_000_000, name: 'x' });
      await expect(load(session, [PEOPLE, big])).rejects.toMatchObject({ code: 'postgres.row-refused' });
      expect(await rows('people')).toEqual([]);
    });

    test('with a view on a column that must become wider is left alone, naming the view', async () => {
      const { session, query, types } = await server.open();
      await query('CREATE TABLE people (id BIGINT, name BIGINT); CREATE VIEW names AS SELECT name FROM people');
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({
        code: 'postgres.column-in-use',
        recovery: 'configuration',
        message: expect.stringMatching(/view \S*names/),
      });
      expect(await types('people')).toEqual({ id: 'bigint', name: 'bigint' });
    });

    test('in name only, being a view, is told', async () => {
      const { session, query } = await server.open();
      await query('CREATE VIEW people AS SELECT 1 AS id');
      await expect(load(session, [PEOPLE, ANN])).rejects.toMatchObject({ code: 'postgres.name-taken' });
    });

    test('in another schema of the search path is not taken for ours', async () => {
      const { session, query, rows } = await server.open();
      await query('CREATE TABLE IF NOT EXISTS public.people (id BIGINT)');
      await load(session, [PEOPLE, ANN]);
      expect(await rows('people')).toEqual([{ id: '1', name: 'Ann' }]);
      expect(await query('SELECT * FROM public.people')).toEqual([]);
    });
  });

  test('a stream of more columns than a table can have is refused and leaves nothing', async () => {
    const { session, query, schema: place } = await server.open();
    const properties = Object.fromEntries(Array.from({ length: 1700 }, (_, at) => [`c${at}`, TEXT]));
    const wide = schema('wide', { id: INTEGER, ...properties });
    await expect(load(session, [wide])).rejects.toMatchObject({ code: 'postgres.too-many-columns' });
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = '${place}'`)).toEqual([]);
  });

  describe('a small table', () => {
    test('is read back as rows', async () => {
      const { session } = await server.open();
      const properties = {
        key: TEXT,
        value: {},
        on: { type: 'boolean' },
        big: INTEGER,
        exact: { type: 'number' },
        plain: { type: 'number' },
        at: { type: 'string', format: 'date-time' },
        none: TEXT,
      };
      const row: Row = {
        key: "k'",
        value: { at: ['x', 12345678901234567890n] },
        on: true,
        big: 9007199254740993n,
        exact: new ExactNumber('0.12345678901234567891'),
        plain: 1.5,
        at: '2026-01-02T03:04:05.5Z',
        none: null,
      };
      const other = record('settings', { ...row, key: 'other' });
      await load(session, [schema('settings', properties, ['key']), record('settings', row), other]);
      const columns = [...Object.keys(properties), 'not there'];
      expect(await session.readTable({ name: 'settings' }, columns, { column: 'key', is: "k'" })).toEqual([row]);
      expect(await session.readTable({ name: 'settings' }, ['key'])).toEqual([{ key: "k'" }, { key: 'other' }]);
      expect(await session.readTable({ name: 'nothing' }, ['a'])).toBeUndefined();
    });
  });

  test('nothing is left behind by a load that failed', async () => {
    const { session, query, schema: place } = await server.open();
    const { loader } = startLoad(session);
    await loader.write([PEOPLE, ANN, record('people', { id: {}, name: 'x' })]);
    await expect(loader.finish()).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = '${place}'`)).toEqual([]);
    expect((await load(session, [PEOPLE, ANN])).tables.get('people')).toMatchObject({ inserted: 1 });
  });

  test('keeps rows of a table without a schema in the session’s own', async () => {
    const { settings, query } = await server.open({ schema: 'スキーマ "1"' });
    const session = await postgres.connect({ ...settings });
    await load(session, [PEOPLE, ANN]);
    await session[Symbol.asyncDispose]();
    expect(await query('SELECT name FROM "スキーマ ""1""".people')).toEqual([{ name: 'Ann' }]);
  });
});
