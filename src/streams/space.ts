import { listResource, plainList } from './list-resource.ts';
import type { Resource } from './resource.ts';
import { users } from './users/users.ts';

const space = listResource({
  name: 'space',
  sliceBy: 'space',
  streams: [{ name: 'space', selectedByDefault: true }],
  list: async (reader) => [await reader.space()],
});

export const spaceResources: readonly Resource[] = [
  space,
  users,
  plainList('priorities', '/priorities'),
  plainList('resolutions', '/resolutions'),
];
