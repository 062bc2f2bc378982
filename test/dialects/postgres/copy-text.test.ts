import { expect, test } from 'vitest';
import { copyText } from '../../../src/dialects/postgres/copy-text.ts';

test('a row is a line, and what has a meaning in it is escaped', () => {
  const cells = [null, '\\N', '\\.', 'a\tb\nc\rd\\', '', true, false, -1.5, 9007199254740993n, Buffer.from([0, 161])];
  expect([...copyText([cells])]).toEqual([
    '\\N\t\\\\N\t\\\\.\ta\\tb\\nc\\rd\\\\\t\ttrue\tfalse\t-1.5\t9007199254740993\t\\\\x00a1\n',
  ]);
});

test('many rows go in pieces, each of whole lines', () => {
  const pieces = [...copyText(Array.from({ length: 1000 }, (_, id) => [id, 'x'.repeat(1000)]))];
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.every((piece) => piece.endsWith('\n') && piece.length < 300 * 1024)).toBe(true);
  expect(pieces.join('').split('\n')).toHaveLength(1001);
});

test('no rows are no text', () => {
  expect([...copyText([])]).toEqual([]);
});
