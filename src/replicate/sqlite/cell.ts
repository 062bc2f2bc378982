import type { JsonSchema } from '../../message/schema.ts';
import { ExactNumber, type Value } from '../../message/value.ts';
import { parseJson, printJson } from './json-text.ts';

/** What a column of a table in SQLite holds in its natural form. */
export type CellKind = 'boolean' | 'integer' | 'number' | 'text' | 'json' | 'any';

/** Values as better-sqlite3 takes and, with safe integers switched on, gives them. */
export type Cell = null | bigint | number | string | Uint8Array;

/** Types that give the affinity under which comparisons behave as users expect. */
export const DECLARED_TYPES: Readonly<Record<CellKind, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  number: 'REAL',
  text: 'TEXT',
  json: 'TEXT',
  any: 'BLOB',
};

const KINDS: Readonly<Record<string, CellKind>> = {
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  string: 'text',
  array: 'json',
  object: 'json',
};

export function cellKindOf({ type }: JsonSchema): CellKind {
  const types = (typeof type === 'string' ? [type] : (type ?? [])).filter((name) => name !== 'null');
  const kinds = new Set(types.map((name) => KINDS[name] ?? 'any'));
  const [kind = 'any'] = kinds;
  return kinds.size === 1 ? kind : 'any';
}

/**
 * A value that is not natural for its column is kept as JSON behind this mark, so that SQLite does not convert it and
 * every value comes out as it went in (invariant 7).
 */
const MARK = '\u0000';

export function encodeCell(value: Value | undefined, kind: CellKind): Cell {
  if (value === undefined || value === null) return null;
  return naturalCell(value, kind) ?? MARK + printJson(value);
}

export function decodeCell(cell: Cell, kind: CellKind): Value {
  if (typeof cell === 'string') return decodeText(cell, kind);
  if (kind === 'boolean' && typeof cell === 'bigint') return cell !== 0n;
  return decodeComputed(cell);
}

/** The value of an expression, of which only SQLite knows what it is. */
export function decodeComputed(cell: Cell): Value {
  if (typeof cell === 'bigint') return isSafe(cell) ? Number(cell) : cell;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (typeof cell === 'string') return decodeText(cell, 'text');
  return cell === null ? null : Buffer.from(cell).toString('base64');
}

function naturalCell(value: Exclude<Value, null>, kind: CellKind): Cell | undefined {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined;
    case 'integer':
      return isInteger(value) ? value : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'text':
      return typeof value === 'string' && !value.startsWith(MARK) ? value : undefined;
    case 'json':
      return typeof value === 'object' && !(value instanceof ExactNumber) ? printJson(value) : undefined;
    case 'any':
      return undefined;
  }
}

function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
}

function decodeText(text: string, kind: CellKind): Value {
  if (text.startsWith(MARK)) return parseJson(text.slice(MARK.length));
  return kind === 'json' ? parseJson(text) : text;
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
