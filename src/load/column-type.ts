/**
 * What a column holds, whatever the database calls it.
 *
 * - `integer`: whole numbers of 64 bits
 * - `number`: any number that a double holds exactly
 * - `decimal`: any number, digit for digit
 * - `timestamp`: an instant, kept in UTC
 * - `json`: any value at all
 */
export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'decimal'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'text'
  | 'json'
  | 'binary';

const STEPS: Readonly<Record<ColumnType, readonly ColumnType[]>> = {
  boolean: ['boolean', 'text', 'json'],
  integer: ['integer', 'number', 'decimal', 'text', 'json'],
  number: ['number', 'decimal', 'text', 'json'],
  decimal: ['decimal', 'text', 'json'],
  date: ['date', 'timestamp', 'text', 'json'],
  time: ['time', 'text', 'json'],
  timestamp: ['timestamp', 'text', 'json'],
  binary: ['binary', 'text', 'json'],
  text: ['text', 'json'],
  json: ['json'],
};

/**
 * The narrowest type that holds every value of both (invariant 7). One step needs a look at the data: an integer of
 * more than 53 bits is no `number`; see `Transaction.holdsLongIntegers`.
 */
export function widest(left: ColumnType, right: ColumnType): ColumnType {
  const reachable = STEPS[right];
  return STEPS[left].find((type) => reachable.includes(type)) ?? 'json';
}
