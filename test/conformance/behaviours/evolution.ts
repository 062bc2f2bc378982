import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../../src/message/schema.ts';
import type { Value } from '../../../src/message/value.ts';
import { record, schema, state } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

interface Widening {
  readonly says: string;
  readonly before: JsonSchema;
  readonly old: Value;
  readonly after: JsonSchema;
  readonly fresh: Value;
  /** What then stands in the rows, the old one first. */
  readonly stored: readonly [unknown, unknown];
}

const INTEGER = { type: 'integer' };
const NUMBER = { type: 'number' };
const TEXT = { type: 'string' };
const DATE = { type: 'string', format: 'date' };
const INSTANT = { type: 'string', format: 'date-time' };
const OBJECT = { type: 'object' };
const BOOLEAN = { type: 'boolean' };
const LONG = 9007199254740993n;

const WIDENINGS: readonly Widening[] = [
  { says: 'integer to number', before: INTEGER, old: 1, after: NUMBER, fresh: 1.5, stored: [1, 1.5] },
  {
    says: 'long integer to number',
    before: INTEGER,
    old: LONG,
    after: NUMBER,
    fresh: 1.5,
    stored: ['9007199254740993', 1.5],
  },
  { says: 'integer to string', before: INTEGER, old: 12, after: TEXT, fresh: 'x', stored: ['12', 'x'] },
  {
    says: 'long integer to string',
    before: INTEGER,
    old: LONG,
    after: TEXT,
    fresh: 'x',
    stored: ['9007199254740993', 'x'],
  },
  { says: 'number to string', before: NUMBER, old: 1.5, after: TEXT, fresh: 'x', stored: ['1.5', 'x'] },
  { says: 'string to integer stays text', before: TEXT, old: 'x', after: INTEGER, fresh: 5, stored: ['x', '5'] },
  { says: 'number to integer stays a number', before: NUMBER, old: 1.5, after: INTEGER, fresh: 5, stored: [1.5, 5] },
  { says: 'boolean to string', before: BOOLEAN, old: true, after: TEXT, fresh: 'x', stored: ['true', 'x'] },
  { says: 'boolean to integer', before: BOOLEAN, old: true, after: INTEGER, fresh: 7, stored: ['true', '7'] },
  {
    says: 'date to date-time',
    before: DATE,
    old: '2026-01-02',
    after: INSTANT,
    fresh: '2026-01-02T12:00:00+09:00',
    stored: ['2026-01-02T00:00:00Z', '2026-01-02T03:00:00Z'],
  },
  { says: 'date to string', before: DATE, old: '2026-01-02', after: TEXT, fresh: 'x', stored: ['2026-01-02', 'x'] },
  {
    says: 'date-time to string',
    before: INSTANT,
    old: '2026-01-02T12:00:00.5+09:00',
    after: TEXT,
    fresh: 'x',
    stored: ['2026-01-02T03:00:00.5Z', 'x'],
  },
  { says: 'object to string', before: OBJECT, old: { a: [1] }, after: TEXT, fresh: 'x', stored: [{ a: [1] }, 'x'] },
  { says: 'string to object', before: TEXT, old: 'x"y', after: OBJECT, fresh: { a: 1 }, stored: ['x"y', { a: 1 }] },
  { says: 'string to array', before: TEXT, old: '5', after: { type: 'array' }, fresh: [1], stored: ['5', [1]] },
  { says: 'integer to object', before: INTEGER, old: LONG, after: OBJECT, fresh: { a: 1 }, stored: [LONG, { a: 1 }] },
  { says: 'boolean to object', before: BOOLEAN, old: false, after: OBJECT, fresh: {}, stored: [false, {}] },
  {
    says: 'date-time to object',
    before: INSTANT,
    old: '2026-01-02T03:04:05Z',
    after: OBJECT,
    fresh: {},
    stored: ['2026-01-02T03:04:05Z', {}],
  },
];

export function evolutionBehaviours(open: OpenWorkshop): void {
  const valued = (value: JsonSchema) => schema('t', { id: INTEGER, value });

  describe('a schema that changes', () => {
    test.each(WIDENINGS)('$says keeps the old values', async ({ before, old, after, fresh, stored }) => {
      const { load, column } = await open();
      await load([valued(before), record('t', { id: 1, value: old }), record('t', { id: 0, value: null })]);
      const later = [valued(after), record('t', { id: 2, value: fresh })];
      await load(later);
      expect(await column('t', 'value')).toEqual([null, ...stored]);
      expect((await load(later)).tables.get('t')).toMatchObject({ unchanged: 1 });
    });

    test('adds a column, and the old rows have null there', async () => {
      const { load, rows } = await open();
      await load([schema('t', { id: INTEGER }), record('t', { id: 1 })]);
      await load([schema('t', { id: INTEGER, 追加: TEXT }), record('t', { id: 2, 追加: 'x' })]);
      expect(await rows('t')).toEqual([
        { id: 1, 追加: null },
        { id: 2, 追加: 'x' },
      ]);
    });

    test('several times within one batch of rows brings every row', async () => {
      const { load, rows } = await open();
      await load([
        schema('t', { id: INTEGER, a1: INTEGER }),
        record('t', { id: 1, a1: 101 }),
        schema('t', { id: INTEGER, a1: INTEGER, a2: TEXT }),
        record('t', { id: 2, a1: 102, a2: 'x' }),
        schema('t', { id: INTEGER, a1: TEXT, a2: TEXT }),
        record('t', { id: 3, a1: 'y' }),
      ]);
      expect(await rows('t')).toEqual([
        { id: 1, a1: '101', a2: null },
        { id: 2, a1: '102', a2: 'x' },
        { id: 3, a1: 'y', a2: null },
      ]);
    });

    test('never drops or narrows a column that it names no more', async () => {
      const { load, rows, types } = await open();
      await load([schema('t', { id: INTEGER, a: TEXT, b: TEXT }), record('t', { id: 1, a: 'x', b: 'y' })]);
      await load([schema('t', { id: INTEGER, a: INTEGER }), record('t', { id: 2, a: 5 })]);
      expect(await types('t')).toEqual({ id: 'integer', a: 'text', b: 'text' });
      expect(await rows('t')).toEqual([
        { id: 1, a: 'x', b: 'y' },
        { id: 2, a: '5', b: null },
      ]);
    });

    test('widens a key, and its rows are still found', async () => {
      const { load, rows } = await open();
      await load([valued(TEXT), record('t', { id: 7, value: 'old' }), record('t', { id: 8, value: 'kept' })]);
      const textual = schema('t', { id: TEXT, value: TEXT });
      const report = await load([
        textual,
        record('t', { id: '7', value: 'new' }),
        record('t', { id: 'a', value: 'b' }),
      ]);
      expect(report.tables.get('t')).toMatchObject({ inserted: 1, updated: 1 });
      expect(await rows('t')).toEqual([
        { id: '7', value: 'new' },
        { id: '8', value: 'kept' },
        { id: 'a', value: 'b' },
      ]);
    });

    test('widens twice', async () => {
      const { load, column } = await open();
      await load([valued(INTEGER), record('t', { id: 1, value: 1 })]);
      await load([valued(NUMBER), record('t', { id: 2, value: 2.5 })]);
      await load([valued(TEXT), record('t', { id: 3, value: 'x' })]);
      await load([valued(OBJECT), record('t', { id: 4, value: { a: 1 } })]);
      expect(await column('t', 'value')).toEqual(['1', '2.5', 'x', { a: 1 }]);
    });

    test('to nothing new does not end the batch', async () => {
      const { start, rows } = await open();
      const { loader, states } = start();
      await loader.write([valued(TEXT), record('t', { id: 1, value: 'x' }), state(1), valued(TEXT)]);
      await loader.write([record('t', { id: 2, value: 'y' }), state(2)]);
      expect(states).toEqual([]);
      await loader.finish();
      expect(states).toEqual([2]);
      expect(await rows('t')).toHaveLength(2);
    });
  });
}
