import { pagesByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { exactly, ONE_LOOK } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import type { Estimate, Slice, SpaceReader } from '../resource.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-number-of-pull-requests/, once per repository. */
export async function estimatePullRequests(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
  told?: readonly string[],
): Promise<Estimate> {
  requireFeature(slice, 'useGit');
  if (cursor !== undefined) return told ? exactly({ read: told.length }, told.length) : ONE_LOOK;
  const path = `/projects/${slice.id}/git/repositories`;
  const repositories = await reader.repositories(slice.id);
  const counts = await Promise.all(
    repositories.map(({ id }) => reader.get<{ readonly count: number }>(`${path}/${id}/pullRequests/count`)),
  );
  const pages = counts.reduce((sum, { count }) => sum + pagesByOffset(count), 0);
  const items = counts.reduce((sum, { count }) => sum + count, 0);
  return exactly({ read: 1 + pages }, items);
}
