import { describe, expect, test } from 'vitest';
import { record, schema, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const INTEGER = { type: 'integer' };

/** Names that a database must be told in quotes, or that break texts put together carelessly. */
const NAMES = [
  '件名',
  'with space',
  'do"uble',
  "sin'gle",
  'back`tick',
  'brack]et[',
  'semi;colon--',
  'dot.ted',
  'per%cent',
  'dollar$1',
  '2leading',
  'back\\slash',
  'emoji😀',
  'zero\u200bwidth',
  '_underscore',
  'colon:name',
  '?question',
  'a,b',
  'select',
  'ORDER',
  'group',
  'rowid',
  'ctid',
  'xmin',
  'oid',
  'user',
  'new',
  'old',
  'excluded',
  'values',
];

export function nameBehaviours(open: OpenWorkshop): void {
  describe('names', () => {
    test('of columns may be anything', async () => {
      const { load, rows, differences } = await open();
      const names = NAMES.filter(
        (name) => !['ctid', 'xmin'].includes(name) && (differences.namesHoldEmoji || !name.includes('😀')),
      );
      const announced = schema('t', { id: INTEGER, ...Object.fromEntries(names.map((name) => [name, INTEGER])) });
      const row = { id: 1, ...Object.fromEntries(names.map((name, at) => [name, at])) };
      await load([announced, record('t', row)]);
      expect(await rows('t')).toEqual([row]);
      const changed = { ...row, 件名: 99 };
      expect((await load([announced, record('t', changed)])).tables.get('t')).toMatchObject({ updated: 1 });
      expect(await rows('t')).toEqual([changed]);
    });

    test("of columns may be those of a database's own, which then give way", async () => {
      const { load, rows } = await open();
      const own = { ctid: INTEGER, xmin: INTEGER, rowid: INTEGER, _rowid_: INTEGER };
      const messages = [
        schema('t', { id: INTEGER, ...own }),
        record('t', { id: 1, ctid: 1, xmin: 2, rowid: 3, _rowid_: 4 }),
      ];
      await load(messages);
      const [row] = await rows('t');
      expect(Object.values(row ?? {})).toEqual([1, 1, 2, 3, 4]);
      expect((await load(messages)).tables.get('t')).toMatchObject({ unchanged: 1 });
    });

    test.each([
      '課題',
      'a-b-c-d',
      'dot.ted',
      'do"uble',
      "sin'gle",
      'back`tick',
      'order',
      '1st',
      'Sp ace',
      'x;--',
      'emoji😀',
    ])('of tables may be %s', async (name) => {
      const { load, rows, tables, differences } = await open();
      const report = await load([schema(name, { id: INTEGER, v: INTEGER }), record(name, { id: 1, v: 1 })]);
      await load([schema(name, { id: INTEGER, v: { type: 'string' } }), record(name, { id: 2, v: 'x' })]);
      await load([schema(name, { id: INTEGER, v: INTEGER }), tombstone(name, { id: 2 })]);
      const table = report.tables.get(name)?.table.name ?? '';
      expect(await tables()).toEqual([table]);
      expect(await rows(table)).toEqual([{ id: 1, v: '1' }]);
      if (differences.namesHoldEmoji || !name.includes('😀')) expect(table).toBe(name);
    });

    test('of key columns may be anything too', async () => {
      const { load, rows } = await open();
      const announced = schema('t', { 'キー "1"': INTEGER, order: { type: 'string' }, v: INTEGER }, [
        'キー "1"',
        'order',
      ]);
      await load([announced, record('t', { 'キー "1"': 1, order: 'a', v: 1 })]);
      await load([announced, record('t', { 'キー "1"': 1, order: 'a', v: 2 })]);
      expect(await rows('t')).toEqual([{ 'キー "1"': 1, order: 'a', v: 2 }]);
    });

    test('that differ only in case are different columns', async () => {
      const { load, rows } = await open();
      const messages = [schema('t', { id: INTEGER, Name: INTEGER, name: INTEGER, NAME: INTEGER })];
      await load([...messages, record('t', { id: 1, Name: 1, name: 2, NAME: 3 })]);
      await load([...messages, record('t', { id: 2, Name: 4, name: 5, NAME: 6 })]);
      expect((await rows('t')).map((row) => Object.values(row))).toEqual([
        [1, 1, 2, 3],
        [2, 4, 5, 6],
      ]);
    });

    test('of columns that are equal in their first 63 bytes are different columns, also in another order', async () => {
      const { load, rows } = await open();
      const [one, two] = [`${'属性'.repeat(12)}_one`, `${'属性'.repeat(12)}_two`];
      await load([
        schema('t', { id: INTEGER, [one]: INTEGER, [two]: INTEGER }),
        record('t', { id: 1, [one]: 1, [two]: 2 }),
      ]);
      await load([
        schema('t', { id: INTEGER, [two]: INTEGER, [one]: INTEGER }),
        record('t', { id: 2, [one]: 3, [two]: 4 }),
      ]);
      expect((await rows('t')).map((row) => Object.values(row))).toEqual([
        [1, 1, 2],
        [2, 3, 4],
      ]);
    });

    test('of streams beyond the limit of the database are different tables when they differ at the end', async () => {
      const { load, rows, tables } = await open();
      const streams = ['one', 'two'].map((end) => `${'長い名前のストリーム'.repeat(8)}_${end}`);
      const messages = streams.flatMap((stream, id) => [
        schema(stream, { id: INTEGER }),
        record(stream, { id }, 1),
        { type: 'activateVersion', stream, version: 1 } as const,
      ]);
      const report = await load(messages);
      expect((await load(messages)).tables.get(streams[1] ?? '')).toMatchObject({ unchanged: 1 });
      const names = streams.map((stream) => report.tables.get(stream)?.table.name ?? '');
      expect(new Set(names).size).toBe(2);
      expect((await tables()).filter((name) => !name.startsWith('_'))).toEqual(expect.arrayContaining(names));
      expect(await Promise.all(names.map((name) => rows(name)))).toEqual([[{ id: 0 }], [{ id: 1 }]]);
    });

    test('of 800 columns at once are no trouble', async () => {
      const { load, rows } = await open();
      const columns = Array.from({ length: 800 }, (_, at) => `column_${at}`);
      const row = { id: 1, ...Object.fromEntries(columns.map((name, at) => [name, `text ${at}`])) };
      const properties = Object.fromEntries(columns.map((name) => [name, { type: 'string' }]));
      await load([schema('t', { id: INTEGER, ...properties }), record('t', row)]);
      expect(await rows('t')).toEqual([row]);
    });
  });
}
