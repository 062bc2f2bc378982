import { readById } from '../backlog/paging.ts';
import type { Cursor } from '../message/state.ts';
import { instantOf } from './instant.ts';
import type { Details, SpaceReader } from './resource.ts';
import type { ApiObject } from './stream.ts';

export type DatedRow = ApiObject & {
  readonly id: number;
  readonly created: string;
  readonly updated?: string | null;
};

/** Reads many lists whose ids rise together: one per issue, pull request, user. */
export interface NewRows<T> {
  /** The instant from which on rows count as new; of lists that were never read, before everything. */
  readonly since: number;
  /** The new rows of a list that comes newest first, and the edited ones among those that are read anyway. */
  read(fetchPage: (maxId: number | undefined, count: number) => Promise<readonly T[]>): AsyncGenerator<readonly T[]>;
  /** For `ChildReading.details`. */
  details(): Details;
}

/**
 * A row is new if its id is above the greatest one of the last run, or if it is younger than the cursor; the first also
 * finds rows that were imported with an old date, the second those that became visible late.
 */
export function newRows<T extends DatedRow>(reader: SpaceReader, cursor: Cursor | undefined, own: Details): NewRows<T> {
  const since =
    typeof cursor?.at === 'string' ? instantOf(cursor.at) - reader.settings.lookback : Number.NEGATIVE_INFINITY;
  const floor = typeof own.newest_id === 'number' ? own.newest_id : undefined;
  const started = reader.presentTime();
  let newest = floor ?? 0;

  const isNew = ({ id, created }: T) => instantOf(created) >= since || (floor !== undefined && id > floor);
  const isWanted = (row: T) => isNew(row) || instantOf(row.updated) >= since;

  return {
    since,
    async *read(fetchPage) {
      const pages = readById<T>({
        fetchPage: (bound, count) => fetchPage(typeof bound === 'number' ? bound : undefined, count),
        idOf: ({ id }) => id,
      });
      for await (const page of pages) {
        for (const { id, created } of page) if (instantOf(created) <= started) newest = Math.max(newest, id);
        yield page.filter(isWanted);
        if (!page.every(isNew)) return;
      }
    },
    details: () => ({ newest_id: newest }),
  };
}
