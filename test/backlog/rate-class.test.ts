import { expect, test } from 'vitest';
import { rateClassOf } from '../../src/backlog/rate-class.ts';

test.each([
  ['search', ['/issues', '/issues/count', '/wikis', '/wikis/count']],
  [
    'icon',
    ['/space/image', '/projects/12/image', '/projects/KEY/image', '/users/3/icon', '/teams/4/icon', '/groups/5/icon'],
  ],
  [
    'read',
    [
      '/issues/1',
      '/issues/count/1',
      '/issues/PRJ-1/comments',
      '/wikis/7',
      '/documents',
      '/projects',
      '/users/myself',
      '/rateLimit',
    ],
  ],
])('counted as %s: %j', (rateClass, paths) => {
  expect(paths.map(rateClassOf)).toEqual(paths.map(() => rateClass));
});
