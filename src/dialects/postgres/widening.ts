import type { ColumnType } from '../../load/column-type.ts';

/**
 * An expression for a column's values in the wider type, just as the loader writes such values: numbers without
 * needless zeros, instants as UTC text. Within a session of time zone UTC and ISO dates.
 */
export function widened(column: string, from: ColumnType, to: ColumnType): string {
  switch (to) {
    case 'text':
      return asText(column, from);
    case 'json':
      return `to_jsonb(${asJsonScalar(column, from)})`;
    case 'timestamp':
      return `${column}::timestamp AT TIME ZONE 'UTC'`;
    case 'number':
      return `${column}::double precision`;
    default:
      return asNumeric(column);
  }
}

/** By way of text: a cast from double precision keeps only fifteen digits. */
function asNumeric(column: string): string {
  return `trim_scale(${column}::text::numeric)`;
}

function asText(column: string, from: ColumnType): string {
  switch (from) {
    case 'integer':
    case 'number':
    case 'decimal':
      return `${asNumeric(column)}::text`;
    case 'timestamp':
      return `replace((${column}::timestamptz AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'`;
    case 'binary':
      return `encode(${column}, 'hex')`;
    default:
      return `${column}::text`;
  }
}

function asJsonScalar(column: string, from: ColumnType): string {
  if (from === 'boolean') return column;
  const numeric = from === 'integer' || from === 'number' || from === 'decimal';
  return numeric ? asNumeric(column) : asText(column, from);
}
