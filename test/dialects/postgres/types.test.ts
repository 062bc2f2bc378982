import { describe, expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import { typeOfDeclared } from '../../../src/dialects/postgres/types.ts';
import type { ColumnType } from '../../../src/load/column-type.ts';
import { Misfit } from '../../../src/load/convert.ts';

describe('a value that PostgreSQL would change', () => {
  const encode = (type: ColumnType, cell: string) => postgres.facts.encode[type]?.(cell) ?? cell;

  test.each([
    ['timestamp', '2026-01-02T03:04:05.1234567Z'],
    ['time', '10:00:00+09:00'],
    ['time', '10:00:00Z'],
    ['time', '10:00:00.1234567'],
    ['decimal', '1e+500'],
    ['decimal', `0.${'0'.repeat(16_500)}1`],
  ] as const)('is kept as text: %s %s', (type, cell) => {
    expect(() => encode(type, cell)).toThrow(Misfit);
  });

  test.each([
    ['timestamp', '2026-01-02T03:04:05.123456Z'],
    ['time', '10:00:00.123456'],
    ['decimal', '-12345678901234567890.123'],
  ] as const)('is none of these: %s %s', (type, cell) => {
    expect(encode(type, cell)).toBe(cell);
  });
});

test.each([
  ['integer', 'integer'],
  ['numeric', 'decimal'],
  ['numeric(10,2)', 'integer'],
  ['double precision', 'number'],
  ['real', undefined],
  ['character varying(20)', 'text'],
  ['character(20)', undefined],
  ['timestamp(0) with time zone', undefined],
  ['timestamp without time zone', 'timestamp'],
  ['json', undefined],
  ['text[]', undefined],
] as const)('a column of %s takes values of %s', (declared, type) => {
  expect(typeOfDeclared(declared)).toBe(type);
});
