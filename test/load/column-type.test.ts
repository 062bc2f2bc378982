import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnType, widest } from '../../src/load/column-type.ts';

const TYPES = [
  'boolean',
  'integer',
  'number',
  'decimal',
  'date',
  'time',
  'timestamp',
  'text',
  'json',
  'binary',
] as const satisfies readonly ColumnType[];
const anyType = fc.constantFrom(...TYPES);

describe('the widest of two types', () => {
  test.each([
    ['integer', 'number', 'number'],
    ['integer', 'decimal', 'decimal'],
    ['decimal', 'text', 'text'],
    ['date', 'timestamp', 'timestamp'],
    ['timestamp', 'text', 'text'],
    ['date', 'integer', 'text'],
    ['boolean', 'integer', 'text'],
    ['text', 'json', 'json'],
    ['integer', 'json', 'json'],
  ] as const)('of %s and %s is %s', (left, right, expected) => {
    expect(widest(left, right)).toBe(expected);
  });

  test('does not depend on order or grouping, and never goes back', () => {
    fc.assert(
      fc.property(anyType, anyType, anyType, (a, b, c) => {
        expect(widest(a, b)).toBe(widest(b, a));
        expect(widest(widest(a, b), c)).toBe(widest(a, widest(b, c)));
        expect(widest(widest(a, b), a)).toBe(widest(a, b));
        expect(widest(a, a)).toBe(a);
      }),
    );
  });
});
