import { pagesByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { exactly } from '../estimates.ts';
import { daySince, instantOf } from '../instant.ts';
import type { Estimate, Place, Slice, SpaceReader } from '../resource.ts';
import { walkChanges } from './issue-changes.ts';
import { issueCursorOf } from './issue-cursor.ts';

/** Not of the issues since a start date, which can be counted by whole days only. */
export async function countIssues(reader: SpaceReader, slices: readonly Slice[]): Promise<number> {
  const projectId = slices.map(({ id }) => Number(id));
  return (await reader.get<{ readonly count: number }>('/issues/count', { projectId })).count;
}

/** Requests for the list of changes after which counting is cheaper. */
const MOST_LOOKS = 10;

export function estimateIssues(reader: SpaceReader, slice: Slice, cursor: Cursor | undefined): Promise<Estimate> {
  const known = issueCursorOf(cursor);
  if (known !== undefined && !known.scan) return estimateChanges(reader, [{ slice, cursor }]);
  return byCount(reader, [slice], Number.NEGATIVE_INFINITY, daySince(instantOf(known?.scan?.created)));
}

/** Changes can be counted by whole days only, which says little, so the list itself is looked at as far as it is short. */
export async function estimateChanges(reader: SpaceReader, places: readonly Place[]): Promise<Estimate> {
  let search = 0;
  let items = 0;
  const counting: SpaceReader = {
    ...reader,
    get: (path, query) => {
      search += 1;
      return reader.get(path, query);
    },
  };
  for await (const pages of walkChanges(counting, places)) {
    for (const { entries } of pages) items += entries.length;
    if (pages[0]?.complete) return exactly({ search }, items);
    if (search >= MOST_LOOKS) break;
  }
  const known = places.map(({ cursor }) => instantOf(cursor?.at) - reader.settings.lookback);
  return byCount(
    reader,
    places.map(({ slice }) => slice),
    Math.min(...known),
  );
}

/** https://developer.nulab.com/docs/backlog/api/2/count-issue/ costs one search request. */
async function byCount(
  reader: SpaceReader,
  slices: readonly Slice[],
  changedFrom: number,
  createdSince?: string,
): Promise<Estimate> {
  const from = Math.max(changedFrom, reader.settings.startDate ?? Number.NEGATIVE_INFINITY);
  const { count } = await reader.get<{ readonly count: number }>('/issues/count', {
    projectId: slices.map(({ id }) => Number(id)),
    updatedSince: daySince(from),
    createdSince,
  });
  return { requests: { search: pagesByOffset(count) }, items: count, isUpperBound: Number.isFinite(from) };
}
