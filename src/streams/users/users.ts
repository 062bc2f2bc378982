import { SkippableError } from '../../runtime/errors.ts';
import { listResource } from '../list-resource.ts';
import type { Resource, SpaceReader } from '../resource.ts';
import type { ApiObject } from '../stream.ts';
import { userFeeds } from './user-feeds.ts';

const SETTINGS = {
  name: 'users',
  sliceBy: 'space',
  streams: [{ name: 'users', selectedByDefault: true }],
  children: userFeeds,
} as const;

/** https://developer.nulab.com/docs/backlog/api/2/get-user-list/ */
const all = listResource({ ...SETTINGS, list: (reader) => reader.get<readonly ApiObject[]>('/users') });

const members = listResource({ ...SETTINGS, list: membersOfProjects });

/**
 * Administrators and project administrators alone may list the users of the space. For others they are the members of
 * their projects, which does not say of anybody else that he is gone.
 */
export const users: Resource = {
  ...all,
  replication: { method: 'FULL_TABLE', requests: '1; 1 more per project where the key may not list them' },
  async *read(reader, slice, cursor) {
    try {
      yield* all.read(reader, slice, cursor);
    } catch (error) {
      if (!(error instanceof SkippableError)) throw error;
      for await (const page of members.read(reader, slice, cursor)) yield { ...page, isPart: true };
    }
  },
};

async function membersOfProjects(reader: SpaceReader): Promise<readonly ApiObject[]> {
  const found = new Map<unknown, ApiObject>();
  for (const { id } of await reader.projects()) {
    for (const user of await reader.get<readonly ApiObject[]>(`/projects/${id}/users`)) found.set(user.id, user);
  }
  return [...found.values()];
}
