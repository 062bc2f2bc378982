import { expect, test } from 'vitest';
import { offeredStreams, resourcesOf } from '../../src/tap/tap.ts';

test('streams of one walk share its resource, streams of a child need the walk too', () => {
  expect(resourcesOf('issues')).toEqual(resourcesOf('issue_stars'));
  expect(resourcesOf('issue_comments')).toEqual([...resourcesOf('issues'), expect.any(String)]);
  expect(resourcesOf('priorities')).toHaveLength(1);
});

test('every stream has a resource', () => {
  for (const { name } of offeredStreams()) expect(resourcesOf(name), name).not.toEqual([]);
  expect(resourcesOf('no_such_stream')).toEqual([]);
});
