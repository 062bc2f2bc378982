import type { JsonSchema } from '../message/schema.ts';
import type { Row, Value } from '../message/value.ts';
import { columnName } from './column-name.ts';
import { type Conversion, convertTo, isObject } from './column-value.ts';
import type { SpaceDates } from './space-dates.ts';
import type { ApiObject, Entry } from './stream.ts';

export type Projection = (entry: Entry, dates: SpaceDates) => Row;

export interface ProjectionSettings {
  /** All columns that the stream offers. */
  readonly columns: Readonly<Record<string, JsonSchema>>;
  readonly isWanted: (column: string) => boolean;
  readonly elsewhere: readonly string[];
}

/** A row that is being made. */
interface Draft {
  readonly row: Record<string, Value>;
  readonly additional: Record<string, Value>;
  readonly dates: SpaceDates;
}

/** Brings the value of one field where it belongs. */
type Placement = (draft: Draft, value: unknown) => void;

/** The column for what the API sends and the schema does not know. */
const ADDITIONAL = 'additional_fields';

/** Embedded copies of a user carry these, but they change without the object around them; `users` has them. */
const OF_USERS_ALONE = new Set(['lastLoginTime', 'nulabAccount', 'keyword']);

/**
 * Makes the function that flattens an entry into a row: nested objects become prefixed columns, columns without a
 * field are null, and a field without a column, or whose value does not fit its column, is kept in `additional_fields`
 * under its path (invariant 4).
 */
export function compileProjection({ columns, isWanted, elsewhere }: ProjectionSettings): Projection {
  const names = Object.keys(columns);
  const empty = Object.fromEntries(names.filter(isWanted).map((column) => [column, null]));
  const hidden = new Set(elsewhere);
  const placements = new Map<string, Placement>();

  const decide = (path: string): Placement => {
    const fields = path.split('.');
    const column = fields.map(columnName).join('_');
    const definition = Object.hasOwn(columns, column) ? columns[column] : undefined;
    if (definition) return isWanted(column) ? intoColumn(column, convertTo(definition), path) : nowhere;
    if (hidden.has(path) || (fields.length > 1 && OF_USERS_ALONE.has(fields.at(-1) ?? ''))) return nowhere;
    const isPrefix = names.some((name) => name.startsWith(`${column}_`));
    return isPrefix ? intoColumns(path) : intoAdditional(path);
  };

  const intoColumns = (path: string): Placement => {
    const otherwise = intoAdditional(path);
    return (draft, value) => (isObject(value) ? fill(draft, value, `${path}.`) : otherwise(draft, value));
  };

  const fill = (draft: Draft, object: ApiObject, prefix: string): void => {
    for (const [field, value] of Object.entries(object)) {
      if (value === null || value === undefined) continue;
      const path = prefix + field;
      const place = placements.get(path) ?? decide(path);
      placements.set(path, place);
      place(draft, value);
    }
  };

  return ({ fields, parents }, dates) => {
    const draft: Draft = { row: { ...empty }, additional: Object.create(null), dates };
    for (const [column, value] of Object.entries(parents)) if (column in draft.row) draft.row[column] = value;
    fill(draft, fields, '');
    if (ADDITIONAL in draft.row && Object.keys(draft.additional).length > 0) draft.row[ADDITIONAL] = draft.additional;
    return draft.row;
  };
}

const nowhere: Placement = () => undefined;

function intoColumn(column: string, convert: Conversion, path: string): Placement {
  const otherwise = intoAdditional(path);
  return (draft, value) => {
    const converted = convert(value, draft.dates);
    if (converted === undefined) otherwise(draft, value);
    else draft.row[column] = converted;
  };
}

function intoAdditional(path: string): Placement {
  return (draft, value) => {
    draft.additional[path] = value as Value;
  };
}
