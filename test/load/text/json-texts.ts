import fc from 'fast-check';

/** Texts that are JSON, nearly JSON, or JSON in an unusual form. */
export const space = fc.constantFrom('', '', ' ', '  ', '\t');
export const number = fc.oneof(
  fc.constantFrom('0', '-0', '1', '-1', '0.1', '-0.5', '1.50', '0.0000001', '0.05', '1e5', '1E-7', '2e+3', '-0.0'),
  fc.constantFrom('123456789012345', '1234567890123456', '12345678901234567890', '0.1234567890123456', '1.', '01', '-'),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 9_999_999 }))
    .map((parts) => parts.join('.')),
);
const character = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4 }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc.constantFrom('\\n', '\\"', '\\\\', '\\/', '\\u3042', '\\u0000', '\\ud83d', '\\u00', '\\x', '課題', '👍', 'e', '1'),
);
export const string = fc.oneof(
  fc.array(character, { maxLength: 5 }).map((parts) => `"${parts.join('')}"`),
  fc.constantFrom('"2026-01-02"', '"2026-02-29"', '"2026-01-02T03:04:05Z"', '"2026-01-02T03:04:05.1234567+09:00"'),
  fc.constantFrom('"12:30"', '"12:30:01.5"', '"12:30Z"', '"1.50"', '"12"', '"eA=="', '"\u0001"', '"open'),
);
const word = fc.constantFrom('true', 'false', 'null', 'null', 'nul', 'NaN');
export const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(number, string, word),
    fc
      .tuple(
        space,
        fc.array(
          fc.tuple(space, tie('value'), space).map((parts) => parts.join('')),
          { maxLength: 3 },
        ),
      )
      .map(([inner, items]) => `[${items.length === 0 ? inner : items.join(',')}]`),
    fc
      .array(fc.tuple(space, fc.oneof(string, fc.constantFrom('"1"', '"a"')), space, tie('value')), { maxLength: 3 })
      .map(
        (members) =>
          `{${members.map(([before, name, behind, member]) => `${before}${name}${behind}:${before}${member}`).join(',')}}`,
      ),
  ),
}));
