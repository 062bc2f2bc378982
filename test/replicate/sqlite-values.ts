import fc from 'fast-check';
import type { JsonSchema } from '../../src/message/schema.ts';
import { ExactNumber, type Value } from '../../src/message/value.ts';

/** Texts that a database can hold: every character, but no half of a surrogate pair. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '\u0000{}', '007', '1e3', ' 5 ', 'null', "it's", '9223372036854775808', '日本語'),
);

const anyFraction = fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true });

const anyLongInteger = fc
  .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
  .filter((value) => value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER));

const anyExactNumber = fc
  .constantFrom('1234567890.12345678901', '1e999', '-0.10', '3.14159265358979323846', '1.0')
  .map((text) => new ExactNumber(text));

const anyScalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  anyFraction,
  anyLongInteger,
  anyExactNumber,
  anyText,
);

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyScalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z ]{0,5}$/), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** Any value that a tap may put into a row, whether or not it fits a schema. */
export { anyValue };

export const COLUMN_SCHEMAS: readonly JsonSchema[] = [
  { type: ['boolean', 'null'] },
  { type: 'integer' },
  { type: ['number', 'null'] },
  { type: ['string', 'null'] },
  { type: 'array' },
  { type: ['object', 'null'] },
  { type: ['string', 'integer'] },
  {},
];
