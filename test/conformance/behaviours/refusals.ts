import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/message/value.ts';
import { record, schema, state, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const PEOPLE = schema('people', {
  id: { type: 'integer' },
  name: { type: ['null', 'string'] },
  age: { type: 'integer' },
  price: { type: ['null', 'number'] },
  tags: {},
});
const RULES = 'name VARCHAR(20) NOT NULL, age BIGINT, CHECK (age >= 0)';
const KEYED = `CREATE TABLE people (id BIGINT PRIMARY KEY, ${RULES})`;
const KEYLESS = `CREATE TABLE people (id BIGINT, ${RULES})`;
const UNIQUE = 'CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(20) UNIQUE, age BIGINT)';

const person = (id: number, others: Row = {}) => record('people', { id, name: `n${id}`, age: id, ...others });
const people = (count: number) => Array.from({ length: count }, (_, at) => person(at + 1));
const REJECTS = { rejects: { table: { name: 'rejects' }, limit: 3 } };
const REFUSED = expect.stringMatching(/\.row-refused$/);

export function refusalBehaviours(open: OpenWorkshop): void {
  describe('a row that the database refuses', () => {
    const bad = [person(40, { age: -1, price: 1.5, tags: ['x', { y: null }] }), person(7, { name: null })];

    test('is put aside with its reason, and all others are written', async () => {
      const { load, execute, column, rows, setting } = await open();
      await execute(KEYED);
      const messages = [PEOPLE, ...people(100), state(1), ...bad, person(101), state(2)];
      const report = await load(messages, setting(REJECTS));
      expect(report.tables.get('people')).toMatchObject({ received: 103, inserted: 99, updated: 0, rejected: 2 });
      expect(report.states).toEqual([2]);
      expect(await column('people', 'id')).toEqual(
        [...people(101).keys()].map((at) => at + 1).filter((id) => id !== 7 && id !== 40),
      );
      expect(await rows('rejects')).toEqual([
        expect.objectContaining({
          stream: 'people',
          record: { id: 40, name: 'n40', age: -1, price: 1.5, tags: ['x', { y: null }] },
          code: REFUSED,
          reason: expect.stringContaining('id 40'),
          rejected_at: '2026-01-02T03:04:05Z',
        }),
        expect.objectContaining({
          record: { id: 7, name: null, age: 7, price: null, tags: null },
          path: 'people.name',
          reason: expect.stringContaining('id 7'),
        }),
      ]);
      const again = await load(messages, setting(REJECTS));
      expect(again.tables.get('people')).toMatchObject({ inserted: 0, updated: 0, unchanged: 99, rejected: 2 });
    });

    test('is put aside in every batch, beside rows of other streams and rows that do not fit', async () => {
      const { load, execute, column, setting } = await open();
      await execute(KEYED);
      const pets = schema('pets', { id: { type: 'integer' }, day: { type: 'string', format: 'date' } });
      const pet = (id: number, day: string) => record('pets', { id, day });
      const report = await load(
        [
          ...[PEOPLE, pets, person(1), pet(1, '2026-01-02'), person(2, { age: -2 }), state(1)],
          ...[person(3), pet(2, 'never'), person(4), state(2), person(5), person(6, { age: -6 }), state(3)],
          ...[tombstone('people', { id: 1 }), pet(3, '2026-01-03'), state(4)],
        ],
        { ...setting(REJECTS), batchRows: 3 },
      );
      expect(report.tables.get('people')).toMatchObject({ inserted: 4, rejected: 2, deleted: 1 });
      expect(report.tables.get('pets')).toMatchObject({ inserted: 2, rejected: 1 });
      expect(report.states.at(-1)).toBe(4);
      expect(await column('people', 'id')).toEqual([3, 4, 5]);
      expect(await column('pets', 'id')).toEqual([1, 3]);
      expect(await column('rejects', 'stream')).toEqual(['people', 'people', 'pets']);
    });

    test('is put aside without a key too, and no other row comes twice', async () => {
      const { load, execute, column, setting } = await open();
      await execute(KEYLESS);
      const keyless = schema(
        'people',
        { id: { type: 'integer' }, name: { type: 'string' }, age: { type: 'integer' } },
        [],
      );
      const report = await load([keyless, ...people(20), person(5, { age: -1 }), ...people(20)], setting(REJECTS));
      expect(report.tables.get('people')).toMatchObject({ inserted: 40, rejected: 1 });
      expect(await column('people', 'id')).toEqual(people(20).flatMap((_, at) => [at + 1, at + 1]));
    });

    test('because of another one of its batch is the later of the two', async () => {
      const { load, execute, column, setting } = await open();
      await execute(UNIQUE);
      await load([PEOPLE, ...people(10), person(11, { name: 'n3' }), person(12)], setting(REJECTS));
      expect(await column('people', 'id')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
      expect(await column('rejects', 'record')).toEqual([expect.objectContaining({ id: 11, name: 'n3' })]);
    });

    test('ends the load beyond the limit, with what was safe before', async () => {
      const { start, execute, column, setting } = await open();
      await execute(KEYED);
      const { loader, states } = start({ ...setting(REJECTS), batchRows: 3 });
      const four = [1, 2, 3, 4].flatMap((id) => [person(id, { age: -1 }), person(id + 10), person(id + 20), state(id)]);
      const given = loader.write([PEOPLE, ...four]).then(() => loader.finish());
      await expect(given).rejects.toMatchObject({ code: REFUSED, path: expect.stringMatching(/^people/) });
      expect(states.at(-1)).toBe(3);
      expect(await column('people', 'id')).toEqual([11, 12, 13, 21, 22, 23]);
      expect(await column('rejects', 'stream')).toHaveLength(3);
    });

    test('stops the load where none are put aside, and names stream, column, key and reason', async () => {
      const { start, execute, column } = await open();
      await execute(KEYED);
      const { loader, states } = start();
      await loader.write([PEOPLE, person(1), state(1)]);
      await loader.flush();
      await loader.write([...people(50), person(7, { name: null }), ...people(3), state(2)]);
      await expect(loader.finish()).rejects.toMatchObject({
        code: REFUSED,
        recovery: 'data',
        path: 'people.name',
        message: expect.stringMatching(/name.* \(row: id 7\)/s),
      });
      expect(states).toEqual([1]);
      expect(await column('people', 'id')).toEqual([1]);
    });
  });
}
