import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertStatements } from '../../../src/dialects/mysql/stage.ts';

const TABLE = { name: 't' };

test('statements stay within their bytes, and hold every row once and in order', () => {
  const rows = fc.array(fc.tuple(fc.integer(), fc.string({ unit: 'grapheme', maxLength: 40 })), { minLength: 1 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 60, max: 2000 }), (given, longest) => {
      const statements = [...insertStatements(TABLE, ['a', 'b'], given, longest)];
      const head = 'INSERT INTO `t` (`a`, `b`) VALUES ';
      const [whole] = insertStatements(TABLE, ['a', 'b'], given, Number.POSITIVE_INFINITY);
      expect(head + statements.map((text) => text.slice(head.length)).join(',')).toBe(whole);
      for (const [at, row] of given.entries()) {
        const [alone = ''] = insertStatements(TABLE, ['a', 'b'], [row], longest);
        const holding = statements.filter((text) => text.includes(alone.slice(head.length)));
        expect(holding.length, `row ${at}`).toBeGreaterThan(0);
      }
      const tooLong = statements.filter((text) => Buffer.byteLength(text) > longest);
      const lonely = new Set(given.flatMap((row) => [...insertStatements(TABLE, ['a', 'b'], [row], longest)]));
      expect(tooLong.every((text) => lonely.has(text))).toBe(true);
    }),
  );
});

test('bytes are written as hexadecimal digits, nothing as NULL', () => {
  const row = [Uint8Array.of(0, 255), null, 12n, 1.5, '\\\'"\0\n'];
  expect([...insertStatements(TABLE, ['a', 'b', 'c', 'd', 'e'], [row], 1000)]).toEqual([
    "INSERT INTO `t` (`a`, `b`, `c`, `d`, `e`) VALUES (x'00ff',NULL,12,1.5,'\\\\\\'\"\\0\n')",
  ]);
});
