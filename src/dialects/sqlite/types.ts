import type { ColumnType } from '../../load/column-type.ts';

/**
 * The declared types of our columns. SQLite converts values by words within the declared type ("type affinity"), which
 * must never happen to a text: `DECIMAL TEXT` and `JSON TEXT` keep their digits because of the word TEXT. DATE, TIME and
 * DATETIME would turn a text of digits alone into a number, and what the loader writes there never is one.
 * https://www.sqlite.org/datatype3.html
 */
export const DECLARED_TYPES: Readonly<Record<ColumnType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  number: 'REAL',
  decimal: 'DECIMAL TEXT',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'DATETIME',
  text: 'TEXT',
  json: 'JSON TEXT',
  binary: 'BLOB',
};

const EXACT: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: 'boolean',
  BOOL: 'boolean',
  'DECIMAL TEXT': 'decimal',
  'JSON TEXT': 'json',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'timestamp',
  TIMESTAMP: 'timestamp',
};

/** SQLite's own rules, in its own order. */
const AFFINITIES: readonly (readonly [RegExp, ColumnType])[] = [
  [/INT/, 'integer'],
  [/CHAR|CLOB|TEXT/, 'text'],
  [/BLOB/, 'binary'],
  [/REAL|FLOA|DOUB|NUM|DEC/, 'number'],
];

/** What a column declared so can take; `undefined` for a type that would change our values. */
export function typeOfDeclared(declared: string): ColumnType | undefined {
  const words = declared.toUpperCase().replace(/\s+/g, ' ').trim();
  return EXACT[words] ?? AFFINITIES.find(([pattern]) => pattern.test(words))?.[1];
}
