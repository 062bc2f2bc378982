import { readByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { changedSince } from '../changed-since.ts';
import { requireFeature } from '../feature.ts';
import { instantOf, isoSecond } from '../instant.ts';
import { readEach } from '../read-each.ts';
import type { Page, Place, Slice, SpaceReader } from '../resource.ts';
import type { Document } from './document.ts';

/** All documents of a project at first, then those that changed. */
export async function* walkDocuments(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): AsyncGenerator<Page<Document>> {
  requireFeature(slice, 'useDocument');
  for await (const pages of walkChangedDocuments(reader, [{ slice, cursor }])) yield* pages;
}

/**
 * Newest change first, up to the first document that is older than all cursors: the API has no filter by time. One that
 * changes meanwhile comes to the front and is found by the next run, because the cursors stop at the start of this one
 * (invariant 2).
 */
export async function* walkChangedDocuments(
  reader: SpaceReader,
  places: readonly Place[],
): AsyncGenerator<readonly Page<Document>[]> {
  const at = isoSecond(reader.presentTime());
  const sinceOf = new Map(places.map(({ slice, cursor }) => [slice.id, changedSince(reader, cursor)]));
  const oldest = Math.min(...sinceOf.values());
  const isWanted = ({ projectId, updated }: Document) =>
    instantOf(updated) >= (sinceOf.get(String(projectId)) ?? Number.POSITIVE_INFINITY);
  const slices = places.map(({ slice }) => slice);
  for await (const page of listDocuments(reader, slices)) {
    const whole = await readEach(page.filter(isWanted), (document) => wholeDocument(reader, document), {
      reader,
      slices,
    });
    yield places.map(({ slice, cursor }) => {
      const own = whole.filter(({ projectId }) => String(projectId) === slice.id);
      const entries = own.map((fields) => ({ fields, parents: { project_id: fields.projectId } }));
      return { entries, again: cursor !== undefined };
    });
    if (page.some(({ updated }) => instantOf(updated) < oldest)) break;
  }
  yield places.map(() => ({ entries: [], cursor: { at }, complete: true }));
}

/** First loads are each project's own affair, lest an interruption undo them all. */
export function documentsGroup({ slice, cursor }: Place): string | undefined {
  return cursor === undefined || slice.project?.useDocument === false ? undefined : '';
}

/** All documents of these projects outside their trash. */
export function listDocuments(reader: SpaceReader, slices: readonly Slice[]): AsyncIterable<readonly Document[]> {
  const projectId = slices.map(({ id }) => Number(id));
  return readByOffset<Document>({
    fetchPage: (offset, count) =>
      reader.get('/documents', { projectId, sort: 'updated', order: 'desc', offset, count }),
    idOf: (document) => document.id,
  });
}

/** Nulab does not say whether the list gives the body; where it does not, the document itself is asked. */
async function wholeDocument(reader: SpaceReader, document: Document): Promise<Document> {
  return 'json' in document ? document : reader.get<Document>(`/documents/${document.id}`);
}
