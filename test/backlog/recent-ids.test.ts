import { expect, test } from 'vitest';
import { RecentIds } from '../../src/backlog/recent-ids.ts';

test('the ids seen last are known, and those before them forgotten', () => {
  const ids = new RecentIds(3);
  for (const id of [1, 2, 3, 1, 'four']) ids.add(id);
  expect([1, 2, 3, 'four', 4].map((id) => ids.has(id))).toEqual([true, false, true, true, false]);
});
