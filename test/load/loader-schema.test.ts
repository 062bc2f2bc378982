import { describe, expect, test } from 'vitest';
import { activate, load, openDatabase, record, schema, startLoad } from './load-fixture.ts';

const ID = { type: 'integer' } as const;

describe('a schema', () => {
  test('that comes again does nothing', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session);
    const people = () => schema('people', { id: ID, name: { type: 'string' } });
    await loader.write([
      people(),
      record('people', { id: 1, name: 'x' }),
      people(),
      record('people', { id: 2, name: 'y' }),
    ]);
    expect(database.query("SELECT name FROM sqlite_schema WHERE type = 'table'")).toEqual([]);
    expect(states).toEqual([]);
    await loader.finish();
    expect(database.rows('people')).toHaveLength(2);
  });

  test('that changes applies to the rows after it, and those before it come first', async () => {
    const database = await openDatabase();
    await load(database.session, [
      schema('s', { id: ID }),
      record('s', { id: 1 }),
      record('s', { id: 2 }),
      schema('s', { id: ID, a: ID }),
      record('s', { id: 2, a: 5 }),
      schema('s', { id: ID, b: { type: 'string' } }),
      record('s', { id: 3, b: 'x' }),
    ]);
    expect(database.rows('s', 'id')).toEqual([
      { id: 1, a: null, b: null },
      { id: 2, a: 5, b: null },
      { id: 3, a: null, b: 'x' },
    ]);
  });

  test('may change its key: rows of the old key stay, the new one holds from then on', async () => {
    const database = await openDatabase();
    const columns = { id: ID, email: { type: 'string' } };
    await load(database.session, [
      schema('people', columns, ['id']),
      record('people', { id: 1, email: 'a@x' }),
      schema('people', columns, ['email']),
      record('people', { id: 1, email: 'b@x' }),
      record('people', { id: 9, email: 'a@x' }),
    ]);
    expect(database.rows('people')).toEqual([
      { id: 9, email: 'a@x' },
      { id: 1, email: 'b@x' },
    ]);
  });

  test('whose key is not among its properties is refused', async () => {
    const database = await openDatabase();
    await expect(load(database.session, [schema('people', { name: {} }, ['id'])])).rejects.toMatchObject({
      code: 'load.key-not-declared',
      path: 'people',
    });
  });

  test('of two streams for one table is refused', async () => {
    const database = await openDatabase();
    const given = load(database.session, [schema('Users', { id: ID }), schema('users', { id: ID })]);
    await expect(given).rejects.toMatchObject({ code: 'load.shared-table', path: 'users' });
    expect(database.types('Users')).toEqual({ id: 'INTEGER' });
  });

  test('is not needed for a version that ends nothing', async () => {
    const database = await openDatabase();
    const report = await load(database.session, [
      activate('people', 1),
      schema('people', { id: ID }),
      record('people', { id: 1 }),
    ]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, deleted: 0 });
  });
});

describe('a column that has to hold more', () => {
  test.each([
    ['integer → number', { type: 'integer' }, { type: 'number' }, 5, 1.5, [5, 1.5], 'REAL'],
    [
      'long integer → number',
      { type: 'integer' },
      { type: 'number' },
      9007199254740993n,
      1.5,
      ['9007199254740993', '1.5'],
      'DECIMAL TEXT',
    ],
    ['integer → text', { type: 'integer' }, { type: 'string' }, 5, 'five', ['5', 'five'], 'TEXT'],
    ['number → text', { type: 'number' }, { type: 'string' }, 0.1, '007', ['0.1', '007'], 'TEXT'],
    ['boolean → text', { type: 'boolean' }, { type: 'string' }, true, 'yes', ['true', 'yes'], 'TEXT'],
    ['text → integer stays text', { type: 'string' }, { type: 'integer' }, '007', 7, ['007', '7'], 'TEXT'],
    [
      'date → instant',
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date-time' },
      '2026-01-02',
      '2026-01-02T03:04:05Z',
      ['2026-01-02T00:00:00Z', '2026-01-02T03:04:05Z'],
      'DATETIME',
    ],
    [
      'instant → text',
      { type: 'string', format: 'date-time' },
      { type: 'string' },
      '2026-01-02T03:04:05Z',
      'later',
      ['2026-01-02T03:04:05Z', 'later'],
      'TEXT',
    ],
    ['integer → JSON', { type: 'integer' }, { type: 'object' }, 5, { a: 1 }, ['5', '{"a":1}'], 'JSON TEXT'],
    ['boolean → JSON', { type: 'boolean' }, { type: 'array' }, false, [], ['false', '[]'], 'JSON TEXT'],
    ['text → JSON', { type: 'string' }, { type: 'object' }, 'a "b"', { a: 1 }, ['"a \\"b\\""', '{"a":1}'], 'JSON TEXT'],
    ['JSON → text stays JSON', { type: 'object' }, { type: 'string' }, { a: 1 }, 'x', ['{"a":1}', '"x"'], 'JSON TEXT'],
  ] as const)('%s keeps its old values', async (_, before, after, first, second, expected, declared) => {
    const database = await openDatabase();
    await load(database.session, [
      schema('s', { id: ID, v: before }),
      record('s', { id: 1, v: first }),
      record('s', { id: 9, v: null }),
    ]);
    await load(database.session, [schema('s', { id: ID, v: after }), record('s', { id: 2, v: second })]);
    expect(database.types('s').v).toBe(declared);
    expect(database.rows('s', 'id').map(({ v }) => v)).toEqual([...expected, null]);
  });
});
