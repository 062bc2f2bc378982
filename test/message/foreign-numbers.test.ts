import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/message/exact-json.ts';
import { ExactNumber } from '../../src/message/value.ts';

test.each([
  ['{"n":9007199254740991}', { n: 9007199254740991 }],
  ['{"n":9007199254740993}', { n: 9007199254740993n }],
  ['[-12345678901234567890]', [-12345678901234567890n]],
  ['12345678901234567890', 12345678901234567890n],
  ['[2.50000000000009]', [2.50000000000009]],
  ['[2.5000000000000000000009]', [new ExactNumber('2.5000000000000000000009')]],
  ['[1e400, -1e-400, 1e3, 0e9]', [new ExactNumber('1e400'), new ExactNumber('-1e-400'), 1000, 0]],
  ['{"a":"12345678901234567890"}', { a: '12345678901234567890' }],
  ['{"a":": 12345678901234567890","b":1}', { a: ': 12345678901234567890', b: 1 }],
  ['{"n":12345678901234567890,"a":1,"a":2}', { n: 12345678901234567890n, a: 2 }],
])('%s', (text, expected) => {
  expect(parseJson(text)).toEqual(expected);
});

test('reads numbers and texts as JSON.parse does, as long as nothing would be lost', () => {
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n));
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.array(fc.record({ number, text })), (rows) => {
      expect(parseJson(JSON.stringify(rows))).toEqual(JSON.parse(JSON.stringify(rows)));
    }),
  );
});

test('keeps every integer to its last digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (integer) => {
      const { n } = parseJson(`{"n": ${integer}}`) as { n: number | bigint };
      expect(String(n)).toBe(String(integer));
    }),
  );
});

test.each(['', '[1', '<html>', '{"n":12345678901234567890'])('throws a SyntaxError for %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});
