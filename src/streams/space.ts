import { listResource, plainList } from './list-resource.ts';
import type { Resource } from './resource.ts';

const space = listResource({
  name: 'space',
  sliceBy: 'space',
  streams: [{ name: 'space', selectedByDefault: true }],
  list: async (reader) => [await reader.space()],
});

/** Administrators and project administrators alone may read the list of users. */
const users = plainList('users', '/users');

export const spaceResources: readonly Resource[] = [
  space,
  users,
  plainList('priorities', '/priorities'),
  plainList('resolutions', '/resolutions'),
];
