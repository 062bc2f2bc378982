import { pagesByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { exactly, ONE_LOOK } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import type { Estimate, Slice, SpaceReader } from '../resource.ts';

/** https://developer.nulab.com/docs/backlog/api/2/count-documents/; changes cannot be counted. */
export async function estimateDocuments(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): Promise<Estimate> {
  requireFeature(slice, 'useDocument');
  if (cursor !== undefined) return ONE_LOOK;
  const { count } = await reader.get<{ readonly count: number }>('/documents/count', { projectIdOrKey: slice.id });
  return exactly({ read: pagesByOffset(count) }, count);
}

/** What the activities name costs nothing to find. */
export async function estimateCommentedDocuments(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
  told?: readonly string[],
): Promise<Estimate> {
  requireFeature(slice, 'useDocument');
  return cursor && told ? exactly({}, told.length) : estimateDocuments(reader, slice, cursor);
}
