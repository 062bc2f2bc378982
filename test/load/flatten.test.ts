import { describe, expect, test } from 'vitest';
import { flattening } from '../../src/load/flatten.ts';
import type { JsonSchema } from '../../src/message/schema.ts';

const INTEGER = { type: 'integer' };
const NESTED: JsonSchema = {
  type: 'object',
  required: ['id', 'a'],
  properties: {
    id: INTEGER,
    a: { type: ['null', 'object'], properties: { x: INTEGER, b: { type: 'object', properties: { y: INTEGER } } } },
    free: { type: 'object' },
    list: { type: 'array', items: { type: 'object', properties: { z: INTEGER } } },
  },
};

describe('flattening', () => {
  test('takes declared objects apart, level by level', () => {
    const names = (depth: number) => Object.keys(flattening(NESTED, depth)?.schema.properties ?? {});
    expect(names(1)).toEqual(['id', 'a__x', 'a__b', 'free', 'list']);
    expect(names(2)).toEqual(['id', 'a__x', 'a__b__y', 'free', 'list']);
    expect(flattening(NESTED, 2)?.schema.required).toEqual(['id']);
  });

  test('has nothing to do at depth 0, or where no object declares members', () => {
    expect(flattening(NESTED, 0)).toBeUndefined();
    expect(flattening({ properties: { id: INTEGER, free: { type: 'object' } } }, 3)).toBeUndefined();
  });

  test('spreads rows accordingly and keeps members that are not declared', () => {
    const flat = flattening(NESTED, 2);
    const row = { id: 1, a: { x: 2, b: { y: 3, more: 4 }, other: [5] }, free: { q: 6 }, list: [{ z: 7 }] };
    expect(flat?.flatten(row)).toEqual({
      id: 1,
      a__x: 2,
      a__b__y: 3,
      a__b__more: 4,
      a__other: [5],
      free: { q: 6 },
      list: [{ z: 7 }],
    });
    expect(flat?.flatten({ id: 1, a: null })).toEqual({ id: 1 });
  });

  test('keeps what stands in place of an object, as a field that is not declared', () => {
    expect(flattening(NESTED, 2)?.flatten({ id: 1, a: 'text' })).toEqual({ id: 1, a: 'text' });
  });

  test('leaves an object whole if a member would take the name of another property', () => {
    const clash = { properties: { a__b: INTEGER, a: { type: 'object', properties: { b: INTEGER } } } };
    expect(flattening(clash, 1)).toBeUndefined();
  });
});
