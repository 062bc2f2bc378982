import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ResultDigest } from '../../../src/jobs/run/result-digest.ts';
import type { Row } from '../../../src/message/value.ts';

const anyRow: fc.Arbitrary<Row> = fc.record({
  a: fc.oneof(fc.integer(), fc.bigInt(), fc.string(), fc.constant(null)),
  b: fc.constantFrom('', '1', '1n', 1, 1n),
});

function digest(rows: readonly Row[]): string {
  const result = new ResultDigest();
  result.add(rows);
  return `${result}`;
}

it('does not depend on the order or the grouping of the rows', () => {
  fc.assert(
    fc.property(fc.array(anyRow), (rows) => {
      const grouped = new ResultDigest();
      for (const row of rows.toReversed()) grouped.add([row]);
      expect(`${grouped}`).toBe(digest(rows));
    }),
  );
});

it('tells any row more, less or other', () => {
  fc.assert(
    fc.property(fc.array(anyRow), anyRow, (rows, row) => {
      expect(digest([...rows, row])).not.toBe(digest(rows));
      expect(digest([...rows, row, row])).not.toBe(digest([...rows, row]));
    }),
  );
  expect(digest([{ a: 1n }])).not.toBe(digest([{ a: 1 }]));
});
