import { readById } from '../backlog/paging.ts';
import type { Cursor } from '../message/state.ts';
import type { Row } from '../message/value.ts';
import { changedSince } from './changed-since.ts';
import { instantOf } from './instant.ts';
import type { Details, SpaceReader, WholeList } from './resource.ts';
import type { ApiObject, Entry } from './stream.ts';

export type DatedRow = ApiObject & {
  readonly id: number;
  readonly created: string;
  readonly updated?: string | null;
};

type FetchPage<T> = (maxId: number | undefined, count: number) => Promise<readonly T[]>;

/** The most that the API gives at once. */
const PAGE_SIZE = 100;

/** Reads many lists whose ids rise together: one per issue, pull request, user. */
export interface NewRows<T> {
  /**
   * The new rows of a list that comes newest first, and the edited ones among those that are read anyway. An `exact`
   * list that fits into one page is given whole, so that what was deleted is found too.
   */
  read(fetchPage: FetchPage<T>, parents: Row): AsyncGenerator<readonly Entry<T>[] | WholeList<T>>;
  /** For `ChildReading.details`. */
  details(): Details;
}

/** A `passing` list can lose rows that were not deleted: feeds are trimmed, and hide projects that are out of sight. */
export type ListKind = 'exact' | 'passing';

/**
 * A row is new if its id is above the greatest one of the last run, or if it is younger than the cursor; the first also
 * finds rows that were imported with an old date, the second those that became visible late.
 */
export function newRows<T extends DatedRow>(
  reader: SpaceReader,
  cursor: Cursor | undefined,
  own: Details,
  kind: ListKind = 'exact',
): NewRows<T> {
  const since = changedSince(reader, cursor);
  const floor = typeof own.newest_id === 'number' ? own.newest_id : undefined;
  const started = reader.presentTime();
  let newest = floor ?? 0;

  const isNew = ({ id, created }: T) => instantOf(created) >= since || (floor !== undefined && id > floor);
  const isWanted = (row: T) => isNew(row) || instantOf(row.updated) >= since;

  const note = (page: readonly T[]) => {
    for (const { id, created } of page) if (instantOf(created) <= started) newest = Math.max(newest, id);
  };

  return {
    async *read(fetchPage, parents) {
      const entryOf = (fields: T): Entry<T> => ({ fields, parents });
      const pages = readById<T>({
        fetchPage: (bound, count) => fetchPage(typeof bound === 'number' ? bound : undefined, count),
        idOf: ({ id }) => id,
        pageSize: PAGE_SIZE,
      });
      let count = 0;
      for await (const page of pages) {
        count += 1;
        note(page);
        if (kind === 'exact' && count === 1 && page.length < PAGE_SIZE) yield { all: page.map(entryOf) };
        else yield page.filter(isWanted).map(entryOf);
        if (!page.every(isNew)) return;
      }
      if (kind === 'exact' && count === 0) yield { all: [] };
    },
    details: () => ({ newest_id: newest }),
  };
}
