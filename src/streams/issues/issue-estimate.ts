import { pagesByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { daySince, instantOf } from '../instant.ts';
import type { Estimate, Slice, SpaceReader } from '../resource.ts';
import { issueCursorOf } from './issue-cursor.ts';

/** Not of the issues since a start date, which can be counted by whole days only. */
export async function countIssues(reader: SpaceReader, slices: readonly Slice[]): Promise<number> {
  const projectId = slices.map(({ id }) => Number(id));
  return (await reader.get<{ readonly count: number }>('/issues/count', { projectId })).count;
}

/**
 * https://developer.nulab.com/docs/backlog/api/2/count-issue/ costs one search request. Changes can be counted by whole
 * days only, so that of changes it tells at most how many there are.
 */
export async function estimateIssues(
  reader: SpaceReader,
  { id }: Slice,
  cursor: Cursor | undefined,
): Promise<Estimate> {
  const known = issueCursorOf(cursor);
  const { startDate, lookback } = reader.settings;
  const changedFrom = known && !known.scan ? instantOf(known.at) - lookback : Number.NEGATIVE_INFINITY;
  const from = Math.max(changedFrom, startDate ?? Number.NEGATIVE_INFINITY);
  const { count } = await reader.get<{ readonly count: number }>('/issues/count', {
    projectId: [Number(id)],
    updatedSince: daySince(from),
    createdSince: daySince(instantOf(known?.scan?.created)),
  });
  return { requests: { search: pagesByOffset(count) }, items: count, isUpperBound: Number.isFinite(from) };
}
