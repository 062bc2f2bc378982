import type { Row } from '../message/value.ts';
import type { Rows } from './rows.generated.ts';

/** An object as the API sends it: any key may be absent or null, and new ones may come. */
export type ApiObject = Readonly<Record<string, unknown>>;

/** Every stream has a file in schemas/, from which `Rows` is generated. */
export type StreamName = keyof Rows;

/** What becomes a row: an object of the API, and the columns that it has from its parents. */
export interface Entry<Fields = ApiObject> {
  readonly fields: Fields;
  readonly parents: Row;
}

/** How a row names what it hangs on: its key column, and the field of the parent that is the value. */
export interface Link {
  readonly column: string;
  readonly field: string;
}

/**
 * One table, as a projection of what a resource reads; it costs no requests. Its columns and its key are in
 * `schemas/<name>.json`; a column takes the field whose path spells its name (`assignee.userId` → `assignee_user_id`).
 */
export interface Stream<Fields = ApiObject> {
  readonly name: StreamName;
  readonly selectedByDefault: boolean;
  /** Paths of fields that are neither a column here nor an additional field, because another stream has them. */
  readonly elsewhere?: readonly string[];
  /**
   * Of rows that are a list inside the entry: how they name it, beside the key columns that the entry has from its own
   * parents. When the entry is read again, the list replaces what was known of it.
   */
  readonly partOf?: Link;
  /** The objects that become rows of this stream; the entry itself, if absent. */
  entries?(entry: Entry<Fields>): readonly Entry[];
}

/** The members of a list field as entries with these parents; none where the API leaves the list out. */
export function entriesOf(list: readonly ApiObject[] | null | undefined, parents: Row): readonly Entry[] {
  return (list ?? []).map((fields) => ({ fields, parents }));
}

/** The same for members without an id of their own: `position` counts from 0. */
export function numberedEntriesOf(list: readonly ApiObject[] | null | undefined, parents: Row): readonly Entry[] {
  return (list ?? []).map((fields, position) => ({ fields, parents: { ...parents, position } }));
}
