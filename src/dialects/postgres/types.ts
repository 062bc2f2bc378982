import type { ColumnType } from '../../load/column-type.ts';
import { Misfit } from '../../load/convert.ts';
import type { Cell, Facts } from '../../load/dialect.ts';

/**
 * The types of our columns. A JSON `number` becomes NUMERIC as well (see `exactNumbers`): a double would not keep the
 * message's own digits. https://www.postgresql.org/docs/current/datatype.html
 */
export const DECLARED_TYPES: Readonly<Record<ColumnType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  number: 'DOUBLE PRECISION',
  decimal: 'NUMERIC',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMPTZ',
  text: 'TEXT',
  json: 'JSONB',
  binary: 'BYTEA',
};

const BY_DECLARED: Readonly<Record<string, ColumnType>> = {
  boolean: 'boolean',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  'double precision': 'number',
  numeric: 'decimal',
  date: 'date',
  'time without time zone': 'time',
  'timestamp with time zone': 'timestamp',
  'timestamp without time zone': 'timestamp',
  text: 'text',
  'character varying': 'text',
  jsonb: 'json',
  bytea: 'binary',
};

/**
 * What a column of this type (as `format_type` spells it) can take; `undefined` for one that would change our values,
 * as `real`, `character(5)` or `timestamp(0)` do. NUMERIC with a scale rounds what is finer, so only whole numbers go
 * there; for others it is widened. A timestamp without time zone is in UTC.
 */
export function typeOfDeclared(declared: string): ColumnType | undefined {
  if (/^numeric\(\d+,\d+\)$/.test(declared)) return 'integer';
  return BY_DECLARED[declared.replace(/^character varying\(\d+\)$/, 'character varying')];
}

/** Values that PostgreSQL would round, cut or refuse are kept as text instead (invariant 7). */
export const ENCODE: Facts['encode'] = {
  decimal: (cell) => keptAsText(cell, (text) => text.includes('e') || text.length > LONGEST_NUMBER),
  timestamp: (cell) => keptAsText(cell, (text) => BELOW_MICROSECOND.test(text)),
  time: (cell) => keptAsText(cell, (text) => HAS_OFFSET.test(text) || BELOW_MICROSECOND.test(text)),
  binary: (cell) => (typeof cell === 'string' ? Buffer.from(cell) : cell),
};

/** NUMERIC keeps 16,383 digits behind the point. https://www.postgresql.org/docs/current/datatype-numeric.html */
const LONGEST_NUMBER = 16_000;
const BELOW_MICROSECOND = /\.\d{7}/;
const HAS_OFFSET = /[Zz]$|[+-]\d\d/;

function keptAsText(cell: Cell, exceeds: (text: string) => boolean): Cell {
  if (typeof cell === 'string' && exceeds(cell)) throw new Misfit('text');
  return cell;
}
