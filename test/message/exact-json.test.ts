import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatJson, parseJson } from '../../src/message/exact-json.ts';
import { ExactNumber } from '../../src/message/value.ts';

describe('numbers', () => {
  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-99999999999999999', -99999999999999999n],
    ['0.1', 0.1],
    ['4.35', 4.35],
    ['0.30000000000000004', 0.30000000000000004],
    ['12345678901234567890.1', new ExactNumber('12345678901234567890.1')],
    ['0.1234567890123456789', new ExactNumber('0.1234567890123456789')],
    ['1e400', new ExactNumber('1e400')],
    ['-1.5E-400', new ExactNumber('-1.5E-400')],
    ['1e300', 1e300],
    ['0e999', 0],
    ['0.0000000000000000', 0],
    ['1.50000000000000000', new ExactNumber('1.50000000000000000')],
  ])('%s keeps its digits', (text, expected) => {
    expect(parseJson(`{"n":${text}}`)).toEqual({ n: expected });
    expect(parseJson(`[1, ${text}]`)).toEqual([1, expected]);
  });

  test('an exact number beside a short one changes nothing about the short one', () => {
    expect(parseJson('{"a":1.10,"b":9007199254740993,"c":1e2}')).toEqual({ a: 1.1, b: 9007199254740993n, c: 100 });
  });

  test('digits inside a text are no number', () => {
    const text = '{"hash":"12345678901234567890","list":", 12345678901234567890"}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('any integer text survives parsing and writing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (integer) => {
        expect(formatJson(parseJson(`{"n":${integer}}`))).toBe(`{"n":${integer}}`);
      }),
    );
  });

  test('any decimal text stands for the same decimal after parsing and writing', () => {
    const digits = fc.stringMatching(/^[0-9]{1,30}$/);
    fc.assert(
      fc.property(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), digits, (negative, whole, fraction) => {
        const text = `${negative ? '-' : ''}${whole}.${fraction}`;
        const written = formatJson(parseJson(`[${text}]`)).slice(1, -1);
        expect(canonical(written)).toBe(canonical(text));
      }),
    );
  });
});

describe('objects', () => {
  test('the last of several equal keys wins with and without long numbers', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parseJson('{"a":1,"a":9007199254740993}')).toEqual({ a: 9007199254740993n });
  });

  test('a key named __proto__ is a key like any other', () => {
    const parsed = parseJson('{"__proto__":{"x":9007199254740993}}') as object;
    expect(Object.keys(parsed)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  test('a property that is undefined is left out with and without long numbers', () => {
    expect(formatJson({ a: 1, b: undefined })).toBe('{"a":1}');
    expect(formatJson({ a: 1n, b: undefined })).toBe('{"a":1}');
  });

  test.each(['{"a":9007199254740993', '{"a":9007199254740993,}', '[9007199254740993] x', '{"a":01}', ''])(
    'broken JSON is refused: %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test('whatever JSON can hold survives writing and parsing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(formatJson(parseJson(formatJson(value)))).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });
});

/** A decimal text without superfluous zeros and without an exponent. */
function canonical(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(at).replace(/0+$/, '');
  const magnitude = rest === '' ? integer : `${integer}.${rest}`;
  return magnitude === '0' ? '0' : `${sign}${magnitude}`;
}
