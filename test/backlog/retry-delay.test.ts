import { expect, test } from 'vitest';
import { retryDelay } from '../../src/backlog/retry-delay.ts';

test.each([
  [1, 0, 0],
  [1, 0.5, 500],
  [1, 0.9999, 1000],
  [2, 0.5, 1000],
  [3, 0.5, 2000],
  [4, 0.25, 2000],
  [5, 0.9999, 15_998],
  [6, 0.5, 15_000],
  [40, 0.5, 15_000],
])('after %i failures and with the random number %d it is %i ms', (failures, random, expected) => {
  expect(retryDelay(failures, random)).toBe(expected);
});
