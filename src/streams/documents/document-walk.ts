import { readByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { changedSince } from '../changed-since.ts';
import { requireFeature } from '../feature.ts';
import { instantOf, isoSecond } from '../instant.ts';
import { readEach } from '../read-each.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import type { Document } from './document.ts';

/**
 * Newest change first, up to the first document that is older than the cursor: the API has no filter by time. One that
 * changes meanwhile comes to the front and is found by the next run, because the cursor stops at the start of this one
 * (invariant 2).
 */
export async function* walkDocuments(
  reader: SpaceReader,
  slice: Slice,
  cursor: Cursor | undefined,
): AsyncGenerator<Page<Document>> {
  requireFeature(slice, 'useDocument');
  const at = isoSecond(reader.presentTime());
  const since = changedSince(reader, cursor);
  for await (const page of listDocuments(reader, slice)) {
    const changed = page.filter(({ updated }) => instantOf(updated) >= since);
    const whole = await readEach(changed, (document) => wholeDocument(reader, document));
    const entries = whole.map((fields) => ({ fields, parents: { project_id: fields.projectId } }));
    yield { entries, again: cursor !== undefined };
    if (changed.length < page.length) break;
  }
  yield { entries: [], cursor: { at }, complete: true };
}

/** All documents of the project outside its trash. */
export function listDocuments(reader: SpaceReader, { id }: Slice): AsyncIterable<readonly Document[]> {
  return readByOffset<Document>({
    fetchPage: (offset, count) =>
      reader.get('/documents', { projectId: [Number(id)], sort: 'updated', order: 'desc', offset, count }),
    idOf: (document) => document.id,
  });
}

/** Nulab does not say whether the list gives the body; where it does not, the document itself is asked. */
async function wholeDocument(reader: SpaceReader, document: Document): Promise<Document> {
  return 'json' in document ? document : reader.get<Document>(`/documents/${document.id}`);
}
