import type { Cursor } from '../../message/state.ts';
import { changedSince } from '../changed-since.ts';
import { exactly } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import { instantOf, isoSecond } from '../instant.ts';
import { inGroups, readEach } from '../read-each.ts';
import type { Estimate, Page, Slice, SpaceReader } from '../resource.ts';
import type { Entry } from '../stream.ts';
import type { WikiPage } from './wiki-page.ts';

/** Pages that are asked for at once; also how much an interrupted reading reads twice. */
const GROUP = 20;

/** For how long activities are taken at their word: what they do not tell is found by the list after so much time. */
const LIST_EVERY = 24 * 60 * 60 * 1000;

/** The pages that changed: those that the activities tell, or, now and then, those that the list of all tells. */
export function walkWikiPages(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
  told?: readonly string[],
): AsyncGenerator<Page<WikiPage>> {
  requireFeature(slice, 'useWiki');
  return cursor && told && isListed(reader, cursor)
    ? readTold(reader, slice, told, cursor)
    : readListed(reader, slice, cursor);
}

function isListed(reader: SpaceReader, { at }: Cursor): boolean {
  return instantOf(at) > reader.presentTime() - LIST_EVERY;
}

/** The cursor stays, so that the next list tells of every change since the last one. */
async function* readTold(
  reader: SpaceReader,
  slice: Slice,
  told: readonly string[],
  { at }: Cursor,
): AsyncGenerator<Page<WikiPage>> {
  for (const group of inGroups(told, GROUP)) yield { entries: await readPages(reader, slice, group), again: true };
  yield { entries: [], cursor: { at }, complete: true };
}

async function readPages(
  reader: SpaceReader,
  slice: Slice,
  ids: readonly (number | string)[],
): Promise<readonly Entry<WikiPage>[]> {
  const pages = await readEach(ids, (id) => reader.get<WikiPage>(`/wikis/${id}`), { reader, slices: [slice] });
  return pages.map((fields) => ({ fields, parents: { project_id: fields.projectId } }));
}

/**
 * The list gives all pages in one answer, without their content; those that changed are then read one by one, oldest
 * change first, so that an interrupted reading goes on where it stopped.
 */
async function* readListed(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): AsyncGenerator<Page<WikiPage>> {
  const started = reader.presentTime();
  const changed = await listChanged(reader, slice, cursor);
  const again = cursor !== undefined;
  const from = readingFrom(cursor) ?? isoSecond(0);
  for (const group of inGroups(changed, GROUP)) {
    const entries = await readPages(
      reader,
      slice,
      group.map(({ id }) => id),
    );
    const newest = instantOf(group.at(-1)?.updated);
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
  told?: readonly string[],
): Promise<Estimate> {
  requireFeature(slice, 'useWiki');
  if (cursor && told && isListed(reader, cursor)) return exactly({ read: told.length }, told.length);
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
