import { describe, expect, test } from 'vitest';
import { ExactNumber } from '../../src/message/value.ts';
import { load, openDatabase, record, schema, state, tombstone } from './load-fixture.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });

describe('rows', () => {
  test('the last of several with one key wins, also after it was deleted in between', async () => {
    const database = await openDatabase();
    const report = await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'first' }),
      record('people', { id: 2, name: 'kept' }),
      record('people', { id: 1, name: 'second' }),
      tombstone('people', { id: 1 }),
      record('people', { id: 1, name: 'third' }),
      tombstone('people', { id: 2 }),
    ]);
    expect(database.rows('people')).toEqual([{ id: 1, name: 'third' }]);
    expect(report.tables.get('people')).toMatchObject({ received: 6, inserted: 1, updated: 0, deleted: 0 });
  });

  test('given again change nothing and are counted as unchanged (invariant 3)', async () => {
    const database = await openDatabase();
    const properties = {
      id: { type: 'integer' },
      big: { type: 'integer' },
      price: { type: 'number' },
      flag: { type: 'boolean' },
      day: { type: 'string', format: 'date' },
      at: { type: 'string', format: 'date-time' },
      tags: { type: 'array' },
      note: { type: ['null', 'string'] },
    };
    const messages = [
      schema('t', properties),
      record('t', {
        id: 1,
        big: 9007199254740993n,
        price: 0.1,
        flag: true,
        day: '2026-01-02',
        at: '2026-01-02T12:00:00+09:00',
        tags: ['課題', 1.5],
        note: null,
      }),
    ];
    await load(database.session, messages);
    const before = database.query('SELECT *, typeof(big) AS big_type, CAST(big AS TEXT) AS big_text FROM t');
    expect(before).toEqual([
      expect.objectContaining({
        id: 1,
        big_type: 'integer',
        big_text: '9007199254740993',
        price: 0.1,
        flag: 1,
        day: '2026-01-02',
        at: '2026-01-02T03:00:00Z',
        tags: '["課題",1.5]',
        note: null,
      }),
    ]);
    const again = await load(database.session, messages);
    expect(again.tables.get('t')).toMatchObject({ received: 1, inserted: 0, updated: 0, unchanged: 1 });
    expect(database.query('SELECT *, typeof(big) AS big_type, CAST(big AS TEXT) AS big_text FROM t')).toEqual(before);
  });

  test('are counted exactly although tables share row ids', async () => {
    const database = await openDatabase();
    const other = schema('other', { id: { type: 'integer' } });
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' }), other, record('other', { id: 1 })]);
    const report = await load(database.session, [
      PEOPLE,
      record('people', { id: 2, name: 'x' }),
      other,
      record('other', { id: 2 }),
      tombstone('people', { id: 1 }),
    ]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, updated: 0, deleted: 1 });
    expect(report.tables.get('other')).toMatchObject({ inserted: 1, updated: 0, unchanged: 0 });
  });

  test('that lack a declared column set it to null', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
    await load(database.session, [PEOPLE, record('people', { id: 1 })]);
    expect(database.rows('people')).toEqual([{ id: 1, name: null }]);
  });

  test('that lack a key property are refused', async () => {
    const database = await openDatabase();
    const given = load(database.session, [PEOPLE, record('people', { name: 'x' })]);
    await expect(given).rejects.toMatchObject({ code: 'load.key-missing', path: 'people.id' });
  });

  test('with a null in their key are neither lost nor doubled', async () => {
    const database = await openDatabase();
    const pairs = schema('pairs', { a: { type: ['null', 'string'] }, b: { type: 'integer' }, v: {} }, ['a', 'b']);
    await load(database.session, [
      pairs,
      record('pairs', { a: null, b: 1, v: 'x' }),
      record('pairs', { a: '', b: 1, v: 'y' }),
    ]);
    const report = await load(database.session, [
      pairs,
      record('pairs', { a: null, b: 1, v: 'z' }),
      record('pairs', { a: '', b: 1, v: 'y' }),
      record('pairs', { a: null, b: 2, v: 'new' }),
    ]);
    expect(report.tables.get('pairs')).toMatchObject({ inserted: 1, updated: 1, unchanged: 1 });
    expect(database.rows('pairs')).toEqual([
      { a: null, b: 1, v: '"z"' },
      { a: '', b: 1, v: '"y"' },
      { a: null, b: 2, v: '"new"' },
    ]);
    const deleted = await load(database.session, [pairs, tombstone('pairs', { a: null, b: 1 })]);
    expect(deleted.tables.get('pairs')?.deleted).toBe(1);
    expect(database.rows('pairs')).toHaveLength(2);
  });

  test('with composite keys that look alike when joined stay apart', async () => {
    const database = await openDatabase();
    const pairs = schema('pairs', { a: { type: 'string' }, b: { type: 'string' } }, ['a', 'b']);
    await load(database.session, [pairs, record('pairs', { a: 'x,y', b: 'z' }), record('pairs', { a: 'x', b: 'y,z' })]);
    expect(database.rows('pairs')).toHaveLength(2);
  });

  test('without a key are appended each time', async () => {
    const database = await openDatabase();
    const log = schema('log', { line: { type: 'string' } }, []);
    await load(database.session, [log, record('log', { line: 'a' }), record('log', { line: 'a' })]);
    const report = await load(database.session, [log, record('log', { line: 'a' }), tombstone('log', { line: 'a' })]);
    expect(database.rows('log')).toHaveLength(3);
    expect(report.tables.get('log')).toMatchObject({ received: 2, inserted: 1, ignored: 1 });
    expect(report.notices.map(({ en }) => en)).toEqual(['log: 1 deleted rows were left as they are.']);
  });

  test('are always added when the load is append-only', async () => {
    const database = await openDatabase();
    const messages = [PEOPLE, record('people', { id: 1, name: 'x' }), record('people', { id: 1, name: 'x' })];
    await load(database.session, messages);
    expect(database.rows('people')).toHaveLength(1);
    const report = await load(database.session, messages, { loadMethod: 'append-only' });
    expect(database.rows('people')).toHaveLength(3);
    expect(report.tables.get('people')).toMatchObject({ inserted: 2 });
  });

  test('keep text as it is: empty, NULL, newlines, NUL, any script', async () => {
    const database = await openDatabase();
    const texts = ['', 'NULL', 'a\nb\tc\\', 'nul\u0000inside', '課題👍', '007', '1e5'];
    await load(database.session, [PEOPLE, ...texts.map((name, id) => record('people', { id, name }))]);
    expect(database.rows('people').map(({ name }) => name)).toEqual(texts);
    expect(database.query('SELECT DISTINCT typeof(name) AS type FROM people')).toEqual([{ type: 'text' }]);
  });

  test('keep numbers that nothing else holds: the column is widened', async () => {
    const database = await openDatabase();
    const numbers = schema('numbers', {
      id: { type: 'integer' },
      whole: { type: 'integer' },
      real: { type: 'number' },
    });
    await load(database.session, [
      numbers,
      record('numbers', { id: 1, whole: 9223372036854775807n, real: 0.1 }),
      record('numbers', { id: 2, whole: 5, real: 3 }),
    ]);
    expect(database.types('numbers')).toEqual({ id: 'INTEGER', whole: 'INTEGER', real: 'REAL' });
    await load(database.session, [
      numbers,
      record('numbers', { id: 3, whole: 18446744073709551616n, real: new ExactNumber('12345678901234567890.1') }),
      record('numbers', { id: 2, whole: 5, real: 3 }),
    ]);
    expect(database.types('numbers')).toEqual({ id: 'INTEGER', whole: 'DECIMAL TEXT', real: 'DECIMAL TEXT' });
    expect(database.rows('numbers')).toEqual([
      { id: 1, whole: '9223372036854775807', real: '0.1' },
      { id: 2, whole: '5', real: '3' },
      { id: 3, whole: '18446744073709551616', real: '12345678901234567890.1' },
    ]);
    const again = await load(database.session, [numbers, record('numbers', { id: 2, whole: 5, real: 3 })]);
    expect(again.tables.get('numbers')).toMatchObject({ unchanged: 1 });
  });

  test('that do not fit their column stop the load, naming stream, column, key and value', async () => {
    const database = await openDatabase();
    const days = schema('days', { id: { type: 'integer' }, day: { type: 'string', format: 'date' } });
    const given = load(database.session, [days, record('days', { id: 7, day: '0000-00-00' })]);
    await expect(given).rejects.toMatchObject({
      code: 'load.value-does-not-fit',
      path: 'days.day',
      message: expect.stringMatching(/"0000-00-00".*date.*id 7/),
    });
    expect(database.query("SELECT name FROM sqlite_schema WHERE type = 'table'")).toEqual([]);
  });
});

describe('fields that the schema does not declare', () => {
  const messages = [
    PEOPLE,
    record('people', { id: 1, name: 'x', age: 5, pet: 'cat' }),
    record('people', { id: 2, age: null }),
    record('people', { id: 3, name: 'z' }),
  ];

  test('are counted and reported (invariant 4)', async () => {
    const database = await openDatabase();
    const report = await load(database.session, messages);
    expect(report.tables.get('people')?.undeclared).toEqual(
      new Map([
        ['age', 2],
        ['pet', 1],
      ]),
    );
    expect(report.notices.map(({ en }) => en)).toEqual([
      'people: fields that the schema does not declare were not written: age (2), pet (1).',
    ]);
    expect(database.rows('people')).toHaveLength(3);
  });

  test('are kept in a column of their own on request', async () => {
    const database = await openDatabase();
    const report = await load(database.session, messages, { undeclaredColumn: 'extra' });
    expect(report.notices).toEqual([]);
    expect(database.rows('people')).toEqual([
      { id: 1, name: 'x', extra: '{"age":5,"pet":"cat"}' },
      { id: 2, name: null, extra: '{"age":null}' },
      { id: 3, name: 'z', extra: null },
    ]);
  });
});

describe('records checked against their schema', () => {
  const strict = schema('strict', { id: { type: 'integer' }, price: { type: 'number', multipleOf: 0.01 } });

  test('pass when they keep to it, exact numbers included', async () => {
    const database = await openDatabase();
    const report = await load(database.session, [strict, record('strict', { id: 9007199254740993n, price: 4.35 })], {
      validateRecords: true,
    });
    expect(report.tables.get('strict')).toMatchObject({ inserted: 1 });
  });

  test('stop the load when they do not', async () => {
    const database = await openDatabase();
    const given = load(database.session, [strict, record('strict', { id: 1, price: 4.351 }), state(1)], {
      validateRecords: true,
    });
    await expect(given).rejects.toMatchObject({ code: 'load.record-invalid', path: 'strict' });
  });
});

describe('record metadata', () => {
  test('are added on request and do not make a row a changed one', async () => {
    const database = await openDatabase();
    const message = (timeExtracted: string) =>
      ({ type: 'record', stream: 'people', record: { id: 1, name: 'x' }, version: 7, timeExtracted }) as const;
    await load(database.session, [PEOPLE, message('2026-01-01T09:00:00.123456+09:00')], { addRecordMetadata: true });
    const expected = [
      {
        id: 1,
        name: 'x',
        _sdc_extracted_at: '2026-01-01T00:00:00.123456Z',
        _sdc_received_at: '2026-01-02T03:04:05Z',
        _sdc_batched_at: '2026-01-02T03:04:05Z',
        _sdc_deleted_at: null,
        _sdc_sequence: Date.UTC(2026, 0, 2, 3, 4, 5),
        _sdc_table_version: 7,
        _sdc_sync_started_at: Date.UTC(2026, 0, 2, 3, 4, 5),
      },
    ];
    expect(database.rows('people')).toEqual(expected);
    const again = await load(database.session, [PEOPLE, message('2027-01-01T00:00:00Z')], { addRecordMetadata: true });
    expect(again.tables.get('people')).toMatchObject({ unchanged: 1 });
    expect(database.rows('people')).toEqual(expected);
  });
});
