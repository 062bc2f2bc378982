import type { ColumnType } from '../../load/column-type.ts';
import { shortHash } from '../../load/naming.ts';
import { inUnicode } from './charset.ts';
import { INVISIBLE } from './invisible.ts';
import { quote } from './names.ts';
import type { ShapeColumn } from './shape.ts';

/** What an InnoDB index holds, less something for columns of other types. */
const INDEX_BYTES = 3000;
const CHARACTER_BYTES = 4;
const LONGEST = 255;

/** Types that an index takes only as VARCHAR or by a digest. */
const LONG_TYPES: readonly (ColumnType | undefined)[] = ['text', 'json', 'binary'];

export function isLong(type: ColumnType | undefined): boolean {
  return LONG_TYPES.includes(type);
}

/** How many characters a text may have that stands in a key of so many columns. */
export function keyLength(columns: number): number {
  return Math.min(LONGEST, Math.floor(INDEX_BYTES / CHARACTER_BYTES / columns));
}

/** How many characters a column takes, if it is limited. */
export function lengthOf({ declared }: ShapeColumn): number | undefined {
  const digits = /^varchar\((\d+)\)$/.exec(declared)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether an index over the column itself, in a key of so many columns, tells all its values apart. */
export function isIndexable(column: ShapeColumn, columns: number, exactCollation: string): boolean {
  if (!isLong(column.type)) return true;
  const length = lengthOf(column) ?? Number.POSITIVE_INFINITY;
  return column.collation === exactCollation && length <= keyLength(columns);
}

/** The hidden column that stands for a long one in a unique index. */
export function digestName(column: string): string {
  return `key_digest_${shortHash(column)}`;
}

/** Who looks up a digest compares the values too, so that different ones never count as equal. */
export function digestOf(expression: string): string {
  return `UNHEX(SHA2(${expression}, 256))`;
}

export function digestDefinition(column: string, charset: string | undefined): string {
  const digest = digestOf(inUnicode(quote(column), charset));
  return `${quote(digestName(column))} BINARY(32) GENERATED ALWAYS AS (${digest}) STORED ${INVISIBLE}`;
}
