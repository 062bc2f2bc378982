import type { Cursor } from '../../message/state.ts';
import type { Activity } from '../activities/activity.ts';
import { recentActivities } from '../activities/recent-activities.ts';
import { changedSince } from '../changed-since.ts';
import { isObject } from '../column-value.ts';
import { requireFeature } from '../feature.ts';
import { isoSecond } from '../instant.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import { entriesOf } from '../stream.ts';
import { listDocuments } from './document-walk.ts';

/** Comments and replies that were written, edited and deleted. */
export const COMMENT_ACTIVITIES: readonly number[] = [40, 41, 42, 43, 44, 45];

/**
 * The documents whose comments must be read. Nothing about a document tells that somebody commented on it; the feed
 * does. At first, and where the feed does not say which documents it means, they are all of them.
 */
export async function* walkCommentedDocuments(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
  told?: readonly string[],
): AsyncGenerator<Page> {
  requireFeature(slice, 'useDocument');
  const at = isoSecond(reader.presentTime());
  const parents = { project_id: Number(slice.id) };
  const again = cursor !== undefined;
  const ids = again ? (told ?? (await commentedSince(reader, slice, changedSince(reader, cursor)))) : undefined;
  const pages = ids ? [ids.map((id) => ({ id }))] : listDocuments(reader, [slice]);
  for await (const page of pages) yield { entries: entriesOf(page, parents), again };
  yield { entries: [], cursor: { at }, complete: true };
}

async function commentedSince(
  reader: SpaceReader,
  slice: Slice,
  since: number,
): Promise<readonly string[] | undefined> {
  const activities = await recentActivities(reader, slice, new Set(COMMENT_ACTIVITIES), since);
  const ids = activities?.map(documentIn);
  return ids === undefined || ids.includes(undefined) ? undefined : ([...new Set(ids)] as readonly string[]);
}

/** Nulab has not published the content of these activities; a document is known by its title beside its id. */
export function documentIn({ content }: Activity): string | undefined {
  return isObject(content) && typeof content.id === 'string' && 'title' in content ? content.id : undefined;
}
