import type { Cursor } from '../../message/state.ts';
import { changedSince } from '../changed-since.ts';
import { exactly } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import { instantOf, isoSecond } from '../instant.ts';
import { inGroups, readEach } from '../read-each.ts';
import type { Estimate, Page, Slice, SpaceReader } from '../resource.ts';
import type { WikiPage } from './wiki-page.ts';

/** Pages that are asked for at once; also how much an interrupted reading reads twice. */
const GROUP = 20;

/**
 * The list gives all pages in one answer, without their content; those that changed are then read one by one, oldest
 * change first, so that an interrupted reading goes on where it stopped.
 */
export async function* walkWikiPages(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): AsyncGenerator<Page<WikiPage>> {
  requireFeature(slice, 'useWiki');
  const started = reader.presentTime();
  const changed = await listChanged(reader, slice, cursor);
  const again = cursor !== undefined;
  const from = readingFrom(cursor) ?? isoSecond(0);
  for (const group of inGroups(changed, GROUP)) {
    const pages = await readEach(group, ({ id }) => reader.get<WikiPage>(`/wikis/${id}`));
    const newest = instantOf(group.at(-1)?.updated);
    const entries = pages.map((fields) => ({ fields, parents: { project_id: fields.projectId } }));
    yield { entries, again, cursor: { at: isoSecond(Math.min(newest, started)), from } };
  }
  yield { entries: [], cursor: { at: isoSecond(started) }, complete: true };
}

/** Up to which change everything was known before the reading that was interrupted at this cursor, or simply its `at`. */
export function readingFrom(cursor: Cursor | undefined): Cursor['at'] | undefined {
  return typeof cursor?.from === 'string' ? cursor.from : cursor?.at;
}

/** The list costs no more than its count, so that a plan can be exact. */
export async function estimateWikiPages(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): Promise<Estimate> {
  requireFeature(slice, 'useWiki');
  const { length } = await listChanged(reader, slice, cursor);
  return exactly({ search: 1, read: length }, length);
}

/** Oldest change first. */
async function listChanged(
  reader: SpaceReader,
  { id }: Slice,
  cursor: Cursor | undefined,
): Promise<readonly WikiPage[]> {
  const since = changedSince(reader, cursor);
  const listed = await reader.get<readonly WikiPage[]>('/wikis', { projectIdOrKey: id });
  return listed
    .filter(({ updated }) => instantOf(updated) >= since)
    .sort((one, other) => instantOf(one.updated) - instantOf(other.updated));
}
