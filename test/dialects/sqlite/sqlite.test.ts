import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SqliteConnection } from '../../../src/dialects/sqlite/connection.ts';
import { SqliteSession } from '../../../src/dialects/sqlite/session.ts';
import { sqlite } from '../../../src/dialects/sqlite/sqlite.ts';
import { sqliteError } from '../../../src/dialects/sqlite/sqlite-errors.ts';
import { EnvironmentError } from '../../../src/runtime/errors.ts';
import { load, openDatabase, record, schema, startLoad, state } from '../../load/load-fixture.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: 'string' } });
const ANN = record('people', { id: 1, name: 'Ann' });

function temporaryPath(name = 'test.db'): string {
  return join(mkdtempSync(join(tmpdir(), 'sqlite-')), name);
}

describe('a SQLite session', () => {
  test('is durable at each commit and keeps readers running', async () => {
    const database = await openDatabase();
    expect(database.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  test('leaves a single file when it is closed', async () => {
    const path = temporaryPath();
    const session = await sqlite.connect({ database: path });
    await load(session, [PEOPLE, ANN]);
    expect(existsSync(`${path}-wal`)).toBe(true);
    await session[Symbol.asyncDispose]();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test('runs the transactions of all its users one after the other', async () => {
    const database = await openDatabase();
    const loads = ['a', 'b', 'c', 'd'].map((stream) =>
      load(
        database.session,
        [schema(stream, { id: { type: 'integer' } }), ...Array.from({ length: 20 }, (_, id) => record(stream, { id }))],
        { batchRows: 3 },
      ),
    );
    const failing = load(database.session, [schema('e', { id: { type: 'integer' } }), record('e', { id: 'x' })]);
    await expect(failing).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    const reports = await Promise.all(loads);
    expect(reports.flatMap(({ tables }) => [...tables.values()].map(({ inserted }) => inserted))).toEqual([
      20, 20, 20, 20,
    ]);
    expect(database.query('SELECT count(*) AS n FROM d')).toEqual([{ n: 20 }]);
  });

  test('reads a small table back as rows', async () => {
    const database = await openDatabase();
    const properties = {
      key: { type: 'string' },
      value: {},
      on: { type: 'boolean' },
      big: { type: 'integer' },
      none: { type: 'string' },
    };
    const row = { key: 'k', value: { at: ['x', 1] }, on: true, big: 9007199254740993n, none: null };
    await load(database.session, [schema('settings', properties, ['key']), record('settings', row)]);
    const columns = [...Object.keys(properties), 'not there'];
    expect(await database.session.readTable({ name: 'settings' }, columns)).toEqual([row]);
    expect(await database.session.readTable({ name: 'nothing' }, ['a'])).toBeUndefined();
  });

  test('takes a schema for the first part of a table name', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, ANN], { tableOf: (name) => ({ schema: 'PROD', name }) });
    expect(database.query('SELECT * FROM [PROD.people]')).toEqual([{ id: 1, name: 'Ann' }]);
  });
});

describe('a table that was there before', () => {
  test('is used with its primary key, its own columns and its spelling', async () => {
    const database = await openDatabase();
    database.execute(
      "CREATE TABLE people (ID INTEGER PRIMARY KEY, note TEXT DEFAULT '-'); INSERT INTO people (ID) VALUES (1)",
    );
    const report = await load(database.session, [PEOPLE, ANN, record('people', { id: 2, name: 'Bob' })]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
    expect(database.rows('people')).toEqual([
      { ID: 1, note: '-', name: 'Ann' },
      { ID: 2, note: '-', name: 'Bob' },
    ]);
  });

  test('is counted exactly without row ids too', async () => {
    const database = await openDatabase();
    database.execute('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID');
    await load(database.session, [PEOPLE, ANN]);
    const report = await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'B' }),
      record('people', { id: 2, name: 'C' }),
    ]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, updated: 1 });
  });

  test('keeps constraints, defaults, indexes, triggers and views when a column is widened', async () => {
    const database = await openDatabase();
    database.execute(`
      CREATE TABLE "people" ( -- the people, (all)
        id INTEGER PRIMARY KEY, [name] VARCHAR(10) /* short, */ COLLATE NOCASE,
        age INTEGER NOT NULL DEFAULT (1 + 1) CHECK (age < 200),
        double_age INTEGER GENERATED ALWAYS AS (age * 2) VIRTUAL
      );
      CREATE TABLE seen (id INTEGER REFERENCES people(id) ON DELETE CASCADE);
      CREATE INDEX people_by_name ON people (name);
      CREATE TRIGGER people_seen AFTER INSERT ON people BEGIN INSERT INTO seen VALUES (new.id); END;
      CREATE VIEW old_people AS SELECT id FROM people WHERE age > 50;
      INSERT INTO people (id, name, age) VALUES (1, 'Ann', 60), (2, 'Bob', 20);
    `);
    const wider = schema('people', { id: { type: 'integer' }, age: { type: 'number' } });
    const report = await load(database.session, [wider, record('people', { id: 3, age: 1.5 })]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1 });
    expect(database.query('SELECT id, name, age, double_age, typeof(age) AS type FROM people')).toEqual([
      { id: 1, name: 'Ann', age: 60, double_age: 120, type: 'real' },
      { id: 2, name: 'Bob', age: 20, double_age: 40, type: 'real' },
      { id: 3, name: null, age: 1.5, double_age: 3, type: 'real' },
    ]);
    expect(database.query('SELECT * FROM seen')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(database.query('SELECT * FROM old_people')).toEqual([{ id: 1 }]);
    expect(database.query("SELECT id FROM people WHERE name = 'ANN'")).toEqual([{ id: 1 }]);
    expect(() => database.execute('INSERT INTO people (id, age) VALUES (4, 300)')).toThrow(/CHECK/);
    expect(database.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.query("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') ORDER BY name")).toEqual([
      { name: 'people_by_name' },
      { name: 'people_seen' },
    ]);
  });

  test('is refused, naming the columns, when SQLite would change our values in it', async () => {
    const database = await openDatabase();
    database.execute('CREATE TABLE people (id INTEGER, name UUID)');
    await expect(load(database.session, [PEOPLE, ANN])).rejects.toMatchObject({
      code: 'load.table-does-not-fit',
      path: 'people',
      message: expect.stringContaining('name (UUID'),
    });
  });

  test('is refused when several of its rows have one key', async () => {
    const database = await openDatabase();
    database.execute("CREATE TABLE people (id INTEGER, name TEXT); INSERT INTO people VALUES (1, 'a'), (1, 'b')");
    await expect(load(database.session, [PEOPLE, ANN])).rejects.toMatchObject({
      code: 'load.repeated-keys',
      path: 'people',
    });
    expect(database.rows('people')).toHaveLength(2);
  });

  test('whose own rule refuses a row stops the load with that rule', async () => {
    const database = await openDatabase();
    database.execute('CREATE TABLE people (id INTEGER, name TEXT, age INTEGER NOT NULL)');
    await expect(load(database.session, [PEOPLE, ANN])).rejects.toMatchObject({
      code: 'sqlite.row-refused',
      recovery: 'data',
      message: expect.stringContaining('people.age'),
    });
  });
});

describe('a database that cannot be written', () => {
  test('because its directory does not exist', async () => {
    const given = sqlite.connect({ database: '/nowhere/at/all/test.db' });
    await expect(given).rejects.toMatchObject({
      code: 'sqlite.no-directory',
      recovery: 'environment',
      path: '/nowhere/at/all/test.db',
    });
  });

  test('because the path is a directory', async () => {
    await expect(sqlite.connect({ database: tmpdir() })).rejects.toMatchObject({ code: 'sqlite.cannot-open' });
  });

  test('because the file is something else, which stays as it was', async () => {
    const path = temporaryPath('notes.txt');
    writeFileSync(path, 'These are my notes. '.repeat(100));
    await expect(sqlite.connect({ database: path })).rejects.toMatchObject({ code: 'sqlite.not-a-database' });
    expect(readFileSync(path, 'utf8')).toBe('These are my notes. '.repeat(100));
  });

  test('because another program holds it', async () => {
    const path = temporaryPath();
    const session = await sqlite.connect({ database: path, busySeconds: 0 });
    const other = new Database(path);
    onTestFinished(async () => {
      other.close();
      await session[Symbol.asyncDispose]();
    });
    other.exec('BEGIN IMMEDIATE');
    const { loader, states } = startLoad(session);
    await loader.write([PEOPLE, ANN, state(1)]);
    await expect(loader.flush()).rejects.toMatchObject({ code: 'sqlite.locked', recovery: 'environment' });
    expect(states).toEqual([]);
  });

  test('because its disk is full: what was committed stays, nothing is half-written', async () => {
    const path = temporaryPath();
    const connection = await SqliteConnection.open({
      database: path,
      busyMilliseconds: 0,
      setup: 'PRAGMA max_page_count = 40',
    });
    const session = new SqliteSession(connection, path, sqlite.facts, 'BEGIN IMMEDIATE');
    onTestFinished(() => session[Symbol.asyncDispose]());
    const { loader, states } = startLoad(session, { batchRows: 100 });
    const rows = Array.from({ length: 1000 }, (_, id) => record('people', { id, name: 'x'.repeat(500) }));
    await expect(loader.write([PEOPLE, ...rows.slice(0, 100), state(100)])).resolves.toBeUndefined();
    await expect(loader.write(rows.slice(100))).rejects.toMatchObject({ code: 'sqlite.disk-full', path });
    expect(states).toEqual([100]);
    const written = await session.readTable({ name: 'people' }, ['id']);
    expect((written?.length ?? 0) % 100).toBe(0);
    expect(written?.length).toBeGreaterThanOrEqual(100);
  });

  test.skipIf(process.getuid?.() === 0)('because the file is read-only', async () => {
    const path = temporaryPath();
    await (await sqlite.connect({ database: path }))[Symbol.asyncDispose]();
    chmodSync(path, 0o400);
    const given = async () => load(await sqlite.connect({ database: path }), [PEOPLE, ANN]);
    await expect(given()).rejects.toMatchObject({ code: 'sqlite.read-only' });
  });

  test.each([
    ['SQLITE_READONLY_DIRECTORY', 'sqlite.read-only'],
    ['SQLITE_IOERR_WRITE', 'sqlite.io'],
    ['SQLITE_CORRUPT', 'sqlite.corrupt'],
    ['SQLITE_BUSY_SNAPSHOT', 'sqlite.locked'],
  ])('%s is told as %s', (code, expected) => {
    const error = sqliteError(Object.assign(new Error('x'), { code }), '/a/b.db');
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error).toMatchObject({ code: expected, path: '/a/b.db' });
  });
});
