import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../src/load/column-type.ts';
import type { Cell } from '../../../src/load/dialect.ts';
import { CellRows } from '../../../src/load/rows/cell-rows.ts';
import { RowWriter } from '../../../src/load/rows/row-writer.ts';
import type { Rows } from '../../../src/load/rows/rows.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\\', '\t', '\n', '\r', '\0', 'N', 't', 'x', '課'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});
const CELLS: Readonly<Partial<Record<ColumnType, fc.Arbitrary<Cell>>>> = {
  text,
  json: text,
  decimal: fc.constantFrom('1', '-0.1', '12345678901234567890.5'),
  boolean: fc.boolean(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
  integer: fc.oneof(
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).filter((big) => !Number.isSafeInteger(Number(big))),
  ),
};
const column = fc
  .constantFrom(...Object.entries(CELLS))
  .map(([type, cell]) => ({ type: type as ColumnType, cell: fc.option(cell) }));
const table = fc
  .array(column, { minLength: 1, maxLength: 6 })
  .chain((columns) =>
    fc.array(fc.tuple(...columns.map(({ cell }) => cell)), { maxLength: 8 }).map((rows) => ({ columns, rows })),
  );

function packed(rows: readonly (readonly Cell[])[], types: readonly ColumnType[]): Rows {
  const writer = new RowWriter();
  for (const cells of rows) writer.row(cells);
  return writer.rows(types);
}

function wholeText(rows: Rows): string {
  return Buffer.concat([...rows.text()]).toString();
}

test('rows that are text are the cells that they were made of, and mean the same in every respect', () => {
  fc.assert(
    fc.property(table, fc.nat(), fc.nat(), ({ columns, rows }, one, other) => {
      const asCells = new CellRows(rows);
      const types = columns.map(({ type }) => type);
      const asText = packed(rows, types);
      expect(asText.cells()).toEqual(rows);
      expect(wholeText(asText)).toBe(wholeText(asCells));
      expect(asText.length).toBe(rows.length);
      const places = [...new Set([one % columns.length, other % columns.length])];
      expect(asText.hasNull(places)).toBe(asCells.hasNull(places));
      expect(asText.longestText(places)).toBeGreaterThanOrEqual(asCells.longestText(places));
      expect(asText.project(places).cells()).toEqual(asCells.project(places).cells());
      const [place = 0] = places;
      const texts = types.map((type, at) => (at === place ? 'text' : type));
      expect(packed(rows, texts).stamped(place, 'now\t').cells()).toEqual(asCells.stamped(place, 'now\t').cells());
    }),
    { numRuns: 1000 },
  );
});

test('a row is a line, and what has a meaning in it is escaped', () => {
  const cells = [null, '\\N', '\\.', 'a\tb\nc\rd\\', '', true, false, -1.5, 9007199254740993n, Buffer.from([0, 161])];
  expect(wholeText(new CellRows([cells, ['nul\0']]))).toBe(
    '\\N\t\\\\N\t\\\\.\ta\\tb\\nc\\rd\\\\\t\ttrue\tfalse\t-1.5\t9007199254740993\t\\\\x00a1\nnul\\0\n',
  );
});

test('a row without cells is an empty line, and no rows are no text', () => {
  expect(wholeText(new CellRows([[], []]))).toBe('\n\n');
  expect(packed([[], []], []).cells()).toEqual([[], []]);
  expect(wholeText(new CellRows([]))).toBe('');
});

test('text comes in pieces that fit a packet of any server, whatever the length of a row', () => {
  const rows = [
    ['', 'x'.repeat(1_000_000)],
    [null, 'y'],
  ];
  for (const given of [new CellRows(rows), packed(rows, ['text', 'text'])]) {
    expect(Math.max(...[...given.text()].map(({ length }) => length))).toBeLessThanOrEqual(256 * 1024);
    expect(wholeText(given)).toBe(`\t${'x'.repeat(1_000_000)}\n\\N\ty\n`);
  }
});

describe('a writer', () => {
  test('leaves out rows that were dropped, and what was written of one that was given up', () => {
    const writer = new RowWriter();
    for (const name of ['a', 'b', 'c', 'd']) writer.row([name, 1]);
    writer.drop(0);
    writer.drop(2);
    writer.cell('half');
    writer.cancelRow();
    writer.row(['e', null]);
    expect(writer.rows(['text', 'integer']).cells()).toEqual([
      ['b', 1],
      ['d', 1],
      ['e', null],
    ]);
  });

  test('takes texts of a message as they stand, short and long', () => {
    const writer = new RowWriter();
    const long = '課題'.repeat(5000);
    const source = Buffer.from(`<short><${long}><{"a":"\\"\\\\"}>`);
    writer.copy(source, 1, 6);
    writer.copy(source, 8, 8 + Buffer.byteLength(long));
    writer.copyEscaping(source, source.indexOf('{'), source.length - 1);
    writer.endRow();
    expect(writer.rows(['text', 'text', 'json']).cells()).toEqual([['short', long, '{"a":"\\"\\\\"}']]);
  });

  test('tells the integers of the row that ended last as far as a double can', () => {
    const writer = new RowWriter();
    writer.row([-12, 999_999_999_999_999, 1_000_000_000_000_000, null, '7\t']);
    expect([0, 1, 2, 3].map((place) => writer.lastInteger(place))).toEqual([
      -12,
      999_999_999_999_999,
      undefined,
      undefined,
    ]);
    expect([3, 4].map((place) => writer.lastText(place))).toEqual(['\\N', '7\\t']);
  });
});
