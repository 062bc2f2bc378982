import { readById } from '../../backlog/paging.ts';
import { instantOf } from '../instant.ts';
import type { Slice, SpaceReader } from '../resource.ts';
import type { Activity } from './activity.ts';

/**
 * The activities of these types since the instant, newest first; undefined if the feed does not reach back that far.
 * Types are chosen here, because Nulab documents the filter for the first 26 alone.
 */
export async function recentActivities(
  reader: SpaceReader,
  { id }: Slice,
  types: ReadonlySet<number>,
  since: number,
): Promise<readonly Activity[] | undefined> {
  const pages = readById<Activity>({
    fetchPage: (maxId, count) => reader.get(`/projects/${id}/activities`, { order: 'desc', maxId, count }),
    idOf: (activity) => activity.id,
  });
  const found: Activity[] = [];
  for await (const page of pages) {
    const recent = page.filter(({ created }) => instantOf(created) >= since);
    found.push(...recent.filter(({ type }) => types.has(type)));
    if (recent.length < page.length) return found;
  }
  return undefined;
}
