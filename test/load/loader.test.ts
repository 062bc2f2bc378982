import { describe, expect, test } from 'vitest';
import { load, openDatabase, record, schema, startLoad, state, tombstone } from './load-fixture.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });

describe('a loader', () => {
  test('makes the table even when no rows come', async () => {
    const database = await openDatabase();
    await load(database.session, [PEOPLE]);
    expect(database.types('people')).toEqual({ id: 'INTEGER', name: 'TEXT' });
    expect(database.rows('people')).toEqual([]);
  });

  test('inserts, updates and leaves equal rows alone, and counts each', async () => {
    const database = await openDatabase();
    const first = await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: '鈴木' }),
      record('people', { id: 2, name: 'Bob' }),
    ]);
    expect(first.tables.get('people')).toMatchObject({ received: 2, inserted: 2, updated: 0, unchanged: 0 });
    const second = await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: '鈴木' }),
      record('people', { id: 2, name: 'Robert' }),
      record('people', { id: 3, name: null }),
    ]);
    expect(second.tables.get('people')).toMatchObject({ received: 3, inserted: 1, updated: 1, unchanged: 1 });
    expect(database.rows('people')).toEqual([
      { id: 1, name: '鈴木' },
      { id: 2, name: 'Robert' },
      { id: 3, name: null },
    ]);
  });

  test('releases a state only with the rows before it', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session);
    await loader.write([PEOPLE, record('people', { id: 1, name: 'a' }), state({ at: 1 })]);
    expect(states).toEqual([]);
    await loader.flush();
    expect(states).toEqual([{ at: 1 }]);
    expect(database.rows('people')).toHaveLength(1);
  });

  test('removes the row of a tombstone', async () => {
    const database = await openDatabase();
    await load(database.session, [
      PEOPLE,
      record('people', { id: 1, name: 'a' }),
      record('people', { id: 2, name: 'b' }),
    ]);
    const report = await load(database.session, [
      PEOPLE,
      tombstone('people', { id: 1 }),
      tombstone('people', { id: 9 }),
    ]);
    expect(database.rows('people')).toEqual([{ id: 2, name: 'b' }]);
    expect(report.tables.get('people')).toMatchObject({ received: 2, deleted: 1 });
  });
});
