import { inUnicode } from './charset.ts';
import { digestName, digestOf, isLong } from './key-column.ts';
import { of } from './names.ts';
import type { Shape } from './shape.ts';

/** Whether a row of an indexed table, under one alias, has the key of a staged row under another. NULL equals NULL. */
export function sameKey(shape: Shape, key: readonly string[], indexed: string, staged: string): string {
  return key.map((name) => sameKeyColumn(shape, name, indexed, staged)).join(' AND ');
}

/** Whether any of these columns differs between a row of the table and a staged one. */
export function anyDiffers(shape: Shape, columns: readonly string[], stored: string, staged: string): string {
  return `NOT (${columns.map((name) => same(shape, name, stored, staged)).join(' AND ')})`;
}

/** The first condition finds the row by the index; the second one does not let similar texts pass for equal. */
function sameKeyColumn(shape: Shape, name: string, indexed: string, staged: string): string {
  const exact = same(shape, name, indexed, staged);
  const column = shape.columns.get(name);
  if (shape.digested.has(name)) {
    return `${of(indexed, digestName(name))} <=> ${digestOf(of(staged, name))} AND ${exact}`;
  }
  const isExact = !isLong(column?.type) || column?.collation === shape.exactCollation;
  return isExact ? exact : `${of(indexed, name)} <=> ${of(staged, name)} AND ${exact}`;
}

/** Texts are compared as they are, whatever the column's collation takes for equal. */
function same(shape: Shape, name: string, stored: string, staged: string): string {
  const column = shape.columns.get(name);
  const [left, right] = [of(stored, name), of(staged, name)];
  if (column?.charset === undefined || column.collation === shape.exactCollation) return `${left} <=> ${right}`;
  return `${inUnicode(left, column.charset)} COLLATE ${shape.exactCollation} <=> ${right}`;
}
