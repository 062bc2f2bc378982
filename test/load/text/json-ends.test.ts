import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../../src/load/json-text.ts';
import { endOfValue as endOfBytes, INVALID } from '../../../src/load/text/json-ends.ts';
import { parseJson } from '../../../src/message/exact-json.ts';
import type { Value } from '../../../src/message/value.ts';
import { number, string, value } from './json-texts.ts';

const endOfValue = (text: string) => endOfBytes(Buffer.from(text), 0);

const until = (text: string, end: number) => Buffer.from(text).toString('utf8', 0, end);

function parsed(text: string): { readonly value: Value } | undefined {
  try {
    return { value: parseJson(text) as Value };
  } catch {
    return undefined;
  }
}

/** A name twice is the one thing that is not looked at. */
function repeatsName(text: string): boolean {
  const names = text.match(/"[^"]*"(?=\s*:)/g) ?? [];
  return new Set(names).size < names.length;
}

describe('where a value of JSON ends', () => {
  const texts = fc.oneof(
    number,
    string,
    value,
    fc.array(fc.oneof(number, string), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
  );

  test('is known of all that is valid, and of nothing else', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('', ',', '}', ' x'), (text, behind) => {
        const end = endOfValue(text + behind);
        const whole = parsed(text);
        if (whole !== undefined && !/^\s/.test(text)) expect(Math.abs(end)).toBe(Buffer.byteLength(text.trimEnd()));
        else if (end > INVALID) expect(parsed(until(text + behind, end))).toBeDefined();
      }),
      { numRuns: 20_000 },
    );
  });

  test('is told as positive only if the value would be printed just so', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const end = endOfValue(text);
        const told = until(text, end);
        if (end <= 0 || text.startsWith('"') || repeatsName(told)) return;
        expect(jsonText(parsed(told)?.value ?? null)).toBe(told);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each(['1234567890123456', '{"b":1,"1":2}', '[1.0]', '[-0]', '[1e2]', '{"a": 1}', '["\\/"]'])(
    'is told as negative of %s, which is printed in another way',
    (text) => expect(endOfValue(text)).toBe(-text.length),
  );

  test('is not told of values that are nested so deep that the stack might not hold them', () => {
    expect(endOfValue('['.repeat(50) + ']'.repeat(50))).toBe(100);
    expect(endOfValue('['.repeat(100_000) + ']'.repeat(100_000))).toBe(INVALID);
  });
});
