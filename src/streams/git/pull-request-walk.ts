import { readByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import type { Activity } from '../activities/activity.ts';
import { recentActivities } from '../activities/recent-activities.ts';
import { changedSince } from '../changed-since.ts';
import { isObject } from '../column-value.ts';
import { requireFeature } from '../feature.ts';
import { instantOf, isoSecond } from '../instant.ts';
import { inGroups, readEach } from '../read-each.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import type { PullRequest } from './pull-request.ts';

/** Nulab's documentation says deleted, its libraries say merged. */
export const DELETED_OR_MERGED = 21;

/** Created, changed, commented. */
export const PULL_REQUEST_ACTIVITIES: readonly number[] = [18, 19, 20, DELETED_OR_MERGED];

/** Pull requests that are asked for at once. */
const GROUP = 20;

/**
 * All pull requests at first; later those that activities name, since the list has neither an order nor a filter by
 * time. Where the space's feed does not tell, the project's does; where that does not reach back to the last run, all
 * are listed again.
 */
export async function* walkPullRequests(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
  told?: readonly string[],
): AsyncGenerator<Page<PullRequest>> {
  requireFeature(slice, 'useGit');
  const at = isoSecond(reader.presentTime());
  const since = changedSince(reader, cursor);
  const again = cursor !== undefined;
  const paths = again ? (told ?? (await changedPaths(reader, slice, since))) : undefined;
  const groups = paths ? readPaths(reader, slice, paths) : listAll(reader, slice);
  for await (const group of groups) {
    const changed = paths ? group : group.filter(({ updated }) => instantOf(updated) >= since);
    yield { entries: changed.map((fields) => ({ fields, parents: { project_id: fields.projectId } })), again };
  }
  yield { entries: [], cursor: { at }, complete: true };
}

async function* listAll(reader: SpaceReader, { id }: Slice): AsyncGenerator<readonly PullRequest[]> {
  for (const repository of await reader.repositories(id)) {
    const path = `/projects/${id}/git/repositories/${repository.id}/pullRequests`;
    yield* readByOffset<PullRequest>({
      fetchPage: (offset, count) => reader.get(path, { offset, count }),
      idOf: (pull) => pull.id,
    });
  }
}

async function* readPaths(
  reader: SpaceReader,
  slice: Slice,
  paths: readonly string[],
): AsyncGenerator<readonly PullRequest[]> {
  for (const group of inGroups(paths, GROUP))
    yield await readEach(group, (path) => reader.get<PullRequest>(path), { reader, slices: [slice] });
}

/** Undefined where the feed does not tell. */
async function changedPaths(reader: SpaceReader, slice: Slice, since: number): Promise<readonly string[] | undefined> {
  const activities = await recentActivities(reader, slice, new Set(PULL_REQUEST_ACTIVITIES), since);
  const paths = activities?.map(pathIn);
  if (paths === undefined || paths.includes(undefined)) return undefined;
  return [...new Set(paths)].filter((path) => path !== undefined);
}

/** Where the API keeps the pull request that an activity is about. */
export function pathIn({ project, content }: Activity): string | undefined {
  if (!isObject(content) || !isObject(content.repository)) return undefined;
  const { number, repository } = content;
  if (typeof number !== 'number' || typeof repository.id !== 'number') return undefined;
  return `/projects/${project?.id}/git/repositories/${repository.id}/pullRequests/${number}`;
}
