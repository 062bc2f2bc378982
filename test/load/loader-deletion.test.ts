import { describe, expect, test } from 'vitest';
import { activate, heldClock, load, openDatabase, record, schema, startLoad, tombstone } from './load-fixture.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });
const LOG = schema('log', { line: { type: 'string' } }, []);
const SOFT = { deletion: 'mark' } as const;
const FLAG = { deletion: 'mark', markColumn: { name: '_deleted', holds: 'flag' } } as const;

describe('a tombstone', () => {
  test('marks its row and keeps all else, once', async () => {
    const database = await openDatabase();
    await load(
      database.session,
      [PEOPLE, record('people', { id: 1, name: 'x' }), record('people', { id: 2, name: 'y' })],
      SOFT,
    );
    const gone = await load(
      database.session,
      [PEOPLE, tombstone('people', { id: 1 }), tombstone('people', { id: 5 })],
      SOFT,
    );
    const marked = [
      { id: 1, name: 'x', _sdc_deleted_at: '2026-01-01T00:00:00Z' },
      { id: 2, name: 'y', _sdc_deleted_at: null },
    ];
    expect(gone.tables.get('people')).toMatchObject({ deleted: 1 });
    expect(database.rows('people')).toEqual(marked);
    const again = await load(database.session, [PEOPLE, tombstone('people', { id: 1 }, '2026-02-02T00:00:00Z')], SOFT);
    expect(again.tables.get('people')).toMatchObject({ deleted: 0 });
    expect(database.rows('people')).toEqual(marked);
  });

  test('after its row in one batch writes the row with its mark', async () => {
    const database = await openDatabase();
    const messages = [PEOPLE, record('people', { id: 1, name: 'x' }), tombstone('people', { id: 1 })];
    await load(database.session, messages, SOFT);
    expect(database.rows('people')).toEqual([{ id: 1, name: 'x', _sdc_deleted_at: '2026-01-01T00:00:00Z' }]);
    expect((await load(database.session, messages, SOFT)).tables.get('people')).toMatchObject({
      unchanged: 1,
      updated: 0,
    });
  });

  test('is undone by a row that comes back', async () => {
    const database = await openDatabase();
    await load(
      database.session,
      [PEOPLE, record('people', { id: 1, name: 'x' }), tombstone('people', { id: 1 })],
      SOFT,
    );
    const report = await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' })], SOFT);
    expect(report.tables.get('people')).toMatchObject({ updated: 1 });
    expect(database.rows('people')).toEqual([{ id: 1, name: 'x', _sdc_deleted_at: null }]);
  });

  test('may mark with a flag, which rows that were there before get as false', async () => {
    const database = await openDatabase();
    await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'x' }),
      record('people', { id: 2, name: 'y' }),
    ]);
    const report = await load(
      database.session,
      [PEOPLE, record('people', { id: 1, name: 'x' }), tombstone('people', { id: 2 })],
      FLAG,
    );
    expect(report.tables.get('people')).toMatchObject({ unchanged: 1, updated: 0, deleted: 1 });
    expect(database.rows('people')).toEqual([
      { id: 1, name: 'x', _deleted: 0 },
      { id: 2, name: 'y', _deleted: 1 },
    ]);
  });

  test('may be ignored, and is counted then', async () => {
    const database = await openDatabase();
    const report = await load(
      database.session,
      [PEOPLE, record('people', { id: 1, name: 'x' }), tombstone('people', { id: 1 })],
      { deletion: 'ignore' },
    );
    expect(database.rows('people')).toHaveLength(1);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, deleted: 0, ignored: 1 });
  });
});

describe('a version', () => {
  test('removes what was not part of it when it is activated', async () => {
    const database = await openDatabase();
    await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'x' }),
      record('people', { id: 2, name: 'y' }),
    ]);
    const report = await load(database.session, [
      PEOPLE,
      record('people', { id: 2, name: 'y' }, 5),
      record('people', { id: 3, name: 'z' }, 5),
      activate('people', 5),
    ]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, unchanged: 1, deleted: 1 });
    expect(database.rows('people')).toEqual([
      { id: 2, name: 'y' },
      { id: 3, name: 'z' },
    ]);
  });

  test('is applied in order with the rows around it', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'old' })]);
    await load(database.session, [
      PEOPLE,
      record('people', { id: 2, name: 'read' }, 5),
      activate('people', 5),
      record('people', { id: 3, name: 'after' }, 5),
    ]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([2, 3]);
  });

  test('that holds no rows empties the table', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
    const report = await load(database.session, [PEOPLE, activate('people', 5)]);
    expect(report.tables.get('people')).toMatchObject({ deleted: 1 });
    expect(database.rows('people')).toEqual([]);
  });

  test('that is activated before its rows leaves them when it is activated again', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'old' })]);
    await load(database.session, [
      PEOPLE,
      activate('people', 5),
      record('people', { id: 2, name: 'x' }, 5),
      activate('people', 5),
    ]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([2]);
  });

  test('that an earlier run has activated removes nothing when an incremental run names it again', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, activate('people', 5), record('people', { id: 1, name: 'x' }, 5)]);
    await load(database.session, [
      PEOPLE,
      activate('people', 5),
      record('people', { id: 2, name: 'y' }, 5),
      activate('people', 5),
    ]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([1, 2]);
  });

  test('that a run began and a later one ends keeps the rows of both (invariant 5)', async () => {
    const database = await openDatabase();
    await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'old' }),
      record('people', { id: 2, name: 'x' }),
    ]);
    await load(database.session, [PEOPLE, record('people', { id: 2, name: 'x' }, 5)]);
    expect(database.rows('people')).toHaveLength(2);
    await load(database.session, [PEOPLE, record('people', { id: 3, name: 'y' }, 5), activate('people', 5)]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([2, 3]);
  });

  test('takes rows of a version before it away when it is named again', async () => {
    const database = await openDatabase();
    const report = await load(database.session, [
      PEOPLE,
      activate('people', 5),
      record('people', { id: 1, name: 'x' }, 5),
      record('people', { id: 2, name: 'stale' }, 4),
      activate('people', 5),
    ]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([1]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 2, deleted: 1 });
  });

  test('that was given up counts no more when another one begins', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' }, 5)]);
    await load(database.session, [PEOPLE, record('people', { id: 2, name: 'y' }, 6), activate('people', 6)]);
    expect(database.rows('people').map(({ id }) => id)).toEqual([2]);
  });

  test('leaves no table behind but the book of versions', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' }, 5), activate('people', 5)]);
    expect(database.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")).toEqual([
      { name: '_load_versions' },
      { name: 'people' },
    ]);
  });

  test('of rows without a key replaces them in one step (invariant 6)', async () => {
    const database = await openDatabase();
    await load(database.session, [LOG, record('log', { line: 'old' }, 4), activate('log', 4)]);
    await load(database.session, [LOG, record('log', { line: 'new 1' }, 5)], { batchRows: 1 });
    expect(database.rows('log')).toEqual([{ line: 'old' }]);
    const report = await load(database.session, [LOG, record('log', { line: 'new 2' }, 5), activate('log', 5)], {
      batchRows: 1,
    });
    expect(database.rows('log')).toEqual([{ line: 'new 1' }, { line: 'new 2' }]);
    expect(report.tables.get('log')).toMatchObject({ inserted: 2, deleted: 1 });
  });

  test('marks what is gone once, where rows are marked', async () => {
    const database = await openDatabase();
    await load(
      database.session,
      [
        PEOPLE,
        record('people', { id: 1, name: 'x' }),
        tombstone('people', { id: 1 }),
        record('people', { id: 2, name: 'y' }),
      ],
      SOFT,
    );
    const report = await load(
      database.session,
      [PEOPLE, record('people', { id: 3, name: 'z' }, 5), activate('people', 5)],
      SOFT,
    );
    expect(report.tables.get('people')).toMatchObject({ inserted: 1, deleted: 1 });
    expect(database.rows('people')).toEqual([
      { id: 1, name: 'x', _sdc_deleted_at: '2026-01-01T00:00:00Z' },
      { id: 2, name: 'y', _sdc_deleted_at: '2026-01-02T03:04:05Z' },
      { id: 3, name: 'z', _sdc_deleted_at: null },
    ]);
  });

  test.each([{ activateVersion: false }, { deletion: 'ignore' }] as const)(
    'has no effect with %o',
    async (settings) => {
      const database = await openDatabase();
      await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' })], settings);
      await load(
        database.session,
        [PEOPLE, record('people', { id: 2, name: 'y' }, 5), activate('people', 5)],
        settings,
      );
      expect(database.rows('people')).toHaveLength(2);
    },
  );
});

describe('overwriting', () => {
  const overwrite = { loadMethod: 'overwrite' } as const;
  const nextDay = () => heldClock(Date.UTC(2026, 0, 3));

  test('leaves exactly the rows of the run, also when the schema changes within it', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'old' })], overwrite);
    const messages = [
      schema('people', { id: { type: 'integer' } }),
      record('people', { id: 2 }),
      PEOPLE,
      record('people', { id: 3, name: 'x' }),
    ];
    const report = await load(database.session, messages, overwrite, nextDay());
    expect(database.rows('people')).toEqual([
      { id: 2, name: null },
      { id: 3, name: 'x' },
    ]);
    expect(report.tables.get('people')).toMatchObject({ inserted: 2, deleted: 1 });
  });

  test('shows the old rows until the new ones are there (invariant 6)', async () => {
    const database = await openDatabase();
    await load(database.session, [LOG, record('log', { line: 'old' })], overwrite);
    const { loader } = startLoad(database.session, overwrite, nextDay());
    await loader.write([LOG, record('log', { line: 'new' })]);
    await loader.flush();
    expect(database.rows('log')).toEqual([{ line: 'old' }]);
    await loader.write([record('log', { line: 'newer' })]);
    await loader.finish();
    expect(database.rows('log')).toEqual([{ line: 'new' }, { line: 'newer' }]);
  });

  test('ignores versions and keeps to the run', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE, record('people', { id: 1, name: 'x' }, 1), activate('people', 2)], overwrite);
    expect(database.rows('people')).toHaveLength(1);
  });
});
