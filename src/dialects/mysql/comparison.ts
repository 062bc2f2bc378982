import { inUnicode } from './charset.ts';
import { digestName, digestOf, isLong } from './key-column.ts';
import { of } from './names.ts';
import type { Shape, ShapeColumn } from './shape.ts';

/** Whether a row of an indexed table, under one alias, has the key of a row under another one. NULL equals NULL. */
export function sameKey(shape: Shape, key: readonly string[], indexed: string, other: string): string {
  return key.map((name) => sameKeyColumn(shape, name, indexed, other)).join(' AND ');
}

/** Whether any of these columns differs between two rows. */
export function anyDiffers(shape: Shape, columns: readonly string[], left: string, right: string): string {
  const equal = columns.map((name) => {
    const column = shape.columns.get(name);
    return `${exactly(of(left, name), column)} <=> ${exactly(of(right, name), unconverted(column))}`;
  });
  return `NOT (${equal.join(' AND ')})`;
}

/** The first condition finds the row by the index; the second one does not let similar texts pass for equal. */
function sameKeyColumn(shape: Shape, name: string, indexed: string, other: string): string {
  const column = shape.columns.get(name);
  const same = `${exactly(of(indexed, name), column)} <=> ${exactly(of(other, name), unconverted(column))}`;
  if (!isLong(column?.type)) return same;
  const found = shape.digested.has(name)
    ? `${of(indexed, digestName(name))} <=> ${digestOf(of(other, name))}`
    : `${of(indexed, name)} <=> ${of(other, name)}`;
  return `${found} AND ${same}`;
}

/** A text as its bytes, whatever its column's collation takes for equal. */
function exactly(expression: string, column: ShapeColumn | undefined): string {
  return column?.charset === undefined ? expression : `CAST(${inUnicode(expression, column.charset)} AS BINARY)`;
}

/** The same column where it holds what was given: in a stage. */
function unconverted(column: ShapeColumn | undefined): ShapeColumn | undefined {
  return column?.charset === undefined ? column : { ...column, charset: 'utf8mb4' };
}
