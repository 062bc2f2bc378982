import { readById } from '../backlog/paging.ts';
import type { Cursor } from '../message/state.ts';
import type { Page, SpaceReader } from './resource.ts';
import { type ApiObject, entriesOf } from './stream.ts';

type Numbered = ApiObject & { readonly id: number };

/** Ids are given out before their rows can be seen, so this many below the cursor are read again. */
const LATE_IDS = 50;

/**
 * Reads a list whose ids rise with time from the cursor, which is the greatest id read, upwards. A cursor on the way
 * says so, lest a quiet project be taken for one that has been read to its end.
 */
export async function* readFeed<T extends Numbered>(
  reader: SpaceReader,
  path: string,
  cursor: Cursor | undefined,
): AsyncGenerator<Page<T>> {
  const known = typeof cursor?.at === 'number' ? cursor.at : undefined;
  const pages = readById<T>({
    fetchPage: (minId, count) => reader.get(path, { order: 'asc', minId, count }),
    idOf: ({ id }) => id,
    ...(known !== undefined && { after: Math.max(0, known - LATE_IDS) }),
  });
  let at = known ?? 0;
  for await (const page of pages) {
    at = page.reduce((greatest, { id }) => Math.max(greatest, id), at);
    yield { entries: entriesOf(page, {}) as Page<T>['entries'], cursor: { at, unfinished: true } };
  }
  yield { entries: [], cursor: { at }, complete: true };
}
