import { listResource, plainList } from './list-resource.ts';
import type { Resource } from './resource.ts';
import type { ApiObject } from './stream.ts';
import { userFeeds } from './users/user-feeds.ts';

const space = listResource({
  name: 'space',
  sliceBy: 'space',
  streams: [{ name: 'space', selectedByDefault: true }],
  list: async (reader) => [await reader.space()],
});

/** Administrators and project administrators alone may read the list of users. */
const users = listResource({
  name: 'users',
  sliceBy: 'space',
  streams: [{ name: 'users', selectedByDefault: true }],
  children: userFeeds,
  list: (reader) => reader.get<readonly ApiObject[]>('/users'),
});

export const spaceResources: readonly Resource[] = [
  space,
  users,
  plainList('priorities', '/priorities'),
  plainList('resolutions', '/resolutions'),
];
