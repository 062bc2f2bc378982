import type { Cursor } from '../message/state.ts';
import type { Slice } from '../streams/resource.ts';
import { type CustomFields, markOfColumns } from './custom-fields.ts';
import { fromTheBeginning } from './state.ts';

/**
 * A cursor of rows with columns for custom fields tells, in `columns`, which columns the fields of its slice had when
 * the rows were read. When a field has been added, renamed or removed since, all of the slice is read again: nothing
 * else fills the new column, because Backlog does not count that as a change of an issue.
 */
export function unmarked(
  { columns, ...cursor }: Cursor,
  customFields: CustomFields | undefined,
  { id }: Slice,
): Cursor {
  const isRight =
    customFields === undefined || customFields.failures.has(id) || columns === markOfColumns(customFields, id);
  return isRight ? cursor : fromTheBeginning(cursor);
}

export function marked(cursor: Cursor, customFields: CustomFields | undefined, slice: string): Cursor {
  const columns = customFields && markOfColumns(customFields, slice);
  return columns === undefined ? cursor : { ...cursor, columns };
}
