import { RecentIds, type RowId } from './recent-ids.ts';

/** The most rows that Backlog gives at once, in nearly all lists; its default is 20. */
const PAGE_SIZE = 100;

/** Enough to step back over some dozens of pages without reading a row twice. */
const REMEMBERED = 5000;

interface OffsetPaging<T> {
  /** Rows `offset` to `offset + count - 1` of the list; fewer at its end only. */
  readonly fetchPage: (offset: number, count: number) => Promise<readonly T[]>;
  readonly idOf: (row: T) => RowId;
  /** Default 1. Zero is for lists in which nothing moves while they are read. */
  readonly overlap?: 0 | 1;
  /** At least 2; default 100. */
  readonly pageSize?: number;
}

/**
 * Reads a list by offset, losing no row when rows before the offset vanish meanwhile: each page begins with the last
 * row of the one before, and if it does not, the list has shifted and is read again from further ahead, at worst from
 * its beginning. Rows given already are dropped (some may come again after a step of thousands). Costs one request for
 * 99 rows. Pages are never empty.
 */
export async function* readByOffset<T>(paging: OffsetPaging<T>): AsyncGenerator<readonly T[], void, undefined> {
  const { fetchPage, idOf, overlap = 1, pageSize = PAGE_SIZE } = paging;
  const seen = new RecentIds(REMEMBERED);
  const step = pageSize - overlap;
  let offset = 0;
  let stepBack = step;
  for (;;) {
    const page = await fetchPage(offset, pageSize);
    const [first] = page;
    if (overlap === 1 && offset > 0 && (first === undefined || !seen.has(idOf(first)))) {
      offset = Math.max(0, offset - stepBack);
      stepBack *= 2;
      continue;
    }
    const fresh = takeNew(page, idOf, seen);
    if (fresh.length > 0) yield fresh;
    if (page.length < pageSize) return;
    offset += step;
    stepBack = step;
  }
}

/** How many requests `readByOffset` makes for so many rows. */
export function pagesByOffset(rows: number): number {
  return Math.max(0, Math.floor((rows - PAGE_SIZE) / (PAGE_SIZE - 1)) + 1) + 1;
}

interface IdPaging<T> {
  /** Rows from the one with id `bound` on, with or without that row itself: the API does not say which. */
  readonly fetchPage: (bound: RowId | undefined, count: number) => Promise<readonly T[]>;
  readonly idOf: (row: T) => RowId;
  /** A row that is known already: reading begins behind it. */
  readonly after?: RowId;
  /** At least 2; default 100. */
  readonly pageSize?: number;
}

/**
 * Reads a list by `minId` or `maxId`, in the order in which the pages come. The last id seen is sent as it is and its
 * row dropped when it comes again, which is right whether the API includes the bound or not. Pages are never empty.
 */
export async function* readById<T>(paging: IdPaging<T>): AsyncGenerator<readonly T[], void, undefined> {
  const { fetchPage, idOf, after, pageSize = PAGE_SIZE } = paging;
  const seen = new RecentIds(REMEMBERED);
  if (after !== undefined) seen.add(after);
  for (let bound = after; ; ) {
    const page = await fetchPage(bound, pageSize);
    const fresh = takeNew(page, idOf, seen);
    const last = fresh.at(-1);
    if (last === undefined) return;
    yield fresh;
    if (page.length < pageSize) return;
    bound = idOf(last);
  }
}

function takeNew<T>(page: readonly T[], idOf: (row: T) => RowId, seen: RecentIds): readonly T[] {
  const fresh = page.filter((row) => !seen.has(idOf(row)));
  for (const row of page) seen.add(idOf(row));
  return fresh;
}
