import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyIdentifier } from '../../src/load/key.ts';

const anyCell = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(null),
  fc.constantFrom('1', '1;', 'n;', 's1;', 1, 's1;1'),
);

test('composite keys are told apart, whatever stands in them', () => {
  const id = keyIdentifier([0, 1]);
  expect(id(['x,y', 'z'])).not.toBe(id(['x', 'y,z']));
  fc.assert(
    fc.property(fc.tuple(anyCell, anyCell), fc.tuple(anyCell, anyCell), (left, right) => {
      expect(id(left) === id(right)).toBe(Object.is(left[0], right[0]) && Object.is(left[1], right[1]));
    }),
  );
});
