import type { Mark, MarkWith, Selection, WriteTarget } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import { anyDiffers, sameKey } from './comparison.ts';
import { literal } from './literal.ts';
import { list, of, quote, quoteTable } from './names.ts';
import type { Shape } from './shape.ts';

/** Updates the rows whose key is in the stage, where any compared column differs (invariant 3). */
export function updateText(target: WriteTarget, shape: Shape, stage: TableName): string {
  const { table, columns, key, compared } = target;
  const changed = columns.filter((column) => !key.includes(column));
  const assignments = changed.map((column) => `${of('t', column)} = ${of('s', column)}`).join(', ');
  const differs = anyDiffers(shape, compared, 't', 's');
  return `UPDATE ${joined(table, shape, key, stage)} SET ${assignments} WHERE ${differs}`;
}

/** Inserts the rows of the stage whose key the table has not, in their order. */
export function insertMissingText({ table, columns, key }: WriteTarget, shape: Shape, stage: TableName): string {
  const values = columns.map((column) => of('s', column)).join(', ');
  const found = `${quoteTable(table)} AS t${byIndex(shape, key)}`;
  const present = `SELECT 1 FROM ${found} WHERE ${sameKey(shape, key, 't', 's')}`;
  const missing = `SELECT ${values} FROM ${quoteTable(stage)} AS s WHERE NOT EXISTS (${present})`;
  return `INSERT INTO ${quoteTable(table)} (${list(columns)}) ${missing}`;
}

export function removeText(table: TableName, shape: Shape, key: readonly string[], stage: TableName): string {
  return `DELETE t FROM ${joined(table, shape, key, stage)}`;
}

export function markText(table: TableName, shape: Shape, key: readonly string[], mark: Mark, stage: TableName): string {
  const assignment = `${of('t', mark.column)} = ${of('s', mark.column)}`;
  return `UPDATE ${joined(table, shape, key, stage)} SET ${assignment} WHERE ${unmarked(mark)}`;
}

/** The rows of a table that belong to one of the parents in the stage. */
export function keysUnderText(
  table: TableName,
  shape: Shape,
  key: readonly string[],
  columns: readonly string[],
  stage: TableName,
): string {
  const names = key.map((column) => of('t', column)).join(', ');
  return `SELECT ${names} FROM ${joined(table, shape, columns, stage)}`;
}

/** `listShape` is that of the table of keys, which is searched by its index. */
export function sweepText(table: TableName, rows: Selection, listShape: Shape, mark: MarkWith | undefined): string {
  const selected = selection(rows, listShape);
  if (mark === undefined) return `DELETE t FROM ${quoteTable(table)} AS t${where(selected)}`;
  const assignment = `${of('t', mark.column)} = ${literal(mark.value)}`;
  return `UPDATE ${quoteTable(table)} AS t SET ${assignment}${where([unmarked(mark), ...selected])}`;
}

export function countText(table: TableName): string {
  return `SELECT COUNT(*) FROM ${quoteTable(table)}`;
}

export function moveText(from: TableName, to: TableName, columns: readonly string[]): string {
  return `INSERT INTO ${quoteTable(to)} (${list(columns)}) SELECT ${list(columns)} FROM ${quoteTable(from)}`;
}

/** The stage is read once, and the table by its index. */
function joined(table: TableName, shape: Shape, key: readonly string[], stage: TableName): string {
  const found = `${quoteTable(table)} AS t${byIndex(shape, key)}`;
  return `${quoteTable(stage)} AS s STRAIGHT_JOIN ${found} ON ${sameKey(shape, key, 't', 's')}`;
}

/**
 * The server counts the rows of a table from time to time only. Of one that was filled a moment ago it may believe that
 * it is nearly empty, and would read all of it for each row of the stage.
 */
function byIndex({ uniqueIndexes }: Shape, key: readonly string[]): string {
  const index = uniqueIndexes.find(({ columns }) => key.every((name) => columns.slice(0, key.length).includes(name)));
  return index === undefined ? '' : ` FORCE INDEX (${quote(index.name ?? 'PRIMARY')})`;
}

function selection(rows: Selection, listShape: Shape): readonly string[] {
  const { columns = [], values = [] } = rows.within ?? {};
  const within = columns.map((column, place) => `${of('t', column)} <=> ${literal(values[place] ?? null)}`);
  if (rows.kind === 'all') return within;
  const same = sameKey(listShape, rows.key, 'list', 't');
  const list = `${quoteTable(rows.list)} AS list${byIndex(listShape, rows.key)}`;
  const listed = `EXISTS (SELECT 1 FROM ${list} WHERE ${same})`;
  return [...within, rows.kind === 'listed' ? listed : `NOT ${listed}`];
}

function unmarked({ column, unset }: Mark): string {
  return `(${of('t', column)} IS NULL OR ${of('t', column)} <=> ${literal(unset)})`;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}
