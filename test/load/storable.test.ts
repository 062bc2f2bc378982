import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storable } from '../../src/load/storable.ts';

const character = fc.oneof(
  fc.constantFrom('\0', '\ud83d', '\udc4d', '👍', '\\', '"', 'u0000', '\\u0000', '課'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));

/** The same, said in another way. */
function cleaned(given: string): string {
  return given.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
}

describe('text that a database without NUL can hold', () => {
  test('is all that is not NUL, halves of characters being replaced', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(storable(given, 'text').cell).toBe(cleaned(given));
      }),
    );
  });

  test('is found within JSON, keys included, where nothing else changes', () => {
    const json = fc.dictionary(
      text.map(cleaned),
      fc.array(fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }))),
    );
    fc.assert(
      fc.property(json, (given) => {
        const wanted = JSON.parse(JSON.stringify(given), (_, value) =>
          typeof value === 'string' ? cleaned(value) : value,
        );
        expect(JSON.parse(String(storable(JSON.stringify(given), 'json').cell))).toEqual(wanted);
      }),
    );
    expect(storable('{"a\\u0000b":"\\\\u0000"}', 'json')).toEqual({ cell: '{"ab":"\\\\u0000"}', count: 1 });
  });

  test('counts each character that it changes', () => {
    expect(storable('a\0\0b\ud83d', 'text')).toEqual({ cell: 'ab\ufffd', count: 3 });
    expect(storable('["\\u0000","\\ud83d","\\n"]', 'json')).toEqual({ cell: '["","\ufffd","\\n"]', count: 2 });
    expect(storable(null, 'text')).toEqual({ cell: null, count: 0 });
  });
});
