import type { Mark, Selection, WriteTarget } from '../../load/dialect.ts';
import type { Change, Plan } from '../../load/evolution.ts';
import { type Column, displayName, type TableName } from '../../load/table.ts';
import { NOTE_UPDATE } from './thread/note-update.ts';
import { DECLARED_TYPES } from './types.ts';

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SQLite has no schemas: a schema is the first part of the table's name. */
export function quoteTable(table: TableName): string {
  return quote(displayName(table));
}

/** The statements of a change. Widening is shown as the one statement that other databases have for it. */
export function render(plan: Plan): readonly string[] {
  return plan.changes.map((change) => renderChange(quoteTable(plan.table), change));
}

function renderChange(table: string, change: Change): string {
  switch (change.kind) {
    case 'create':
      return `CREATE TABLE ${table} (${change.columns.map(definition).join(', ')})`;
    case 'add':
      return `ALTER TABLE ${table} ADD COLUMN ${definition(change.column)}`;
    case 'widen':
      return `ALTER TABLE ${table} ALTER COLUMN ${quote(change.column)} TYPE ${DECLARED_TYPES[change.to]}`;
    case 'dropKey':
      return `DROP INDEX ${quote(change.index)}`;
    case 'addKey':
      return `CREATE UNIQUE INDEX ${quote(change.index)} ON ${table} (${list(change.columns)})`;
    case 'drop':
      return `DROP TABLE ${table}`;
  }
}

function definition({ name, type, fill }: Column): string {
  return `${quote(name)} ${DECLARED_TYPES[type]}${fill === false ? ' DEFAULT 0' : ''}`;
}

export function appendText({ table, columns }: WriteTarget, rows: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${quoteTable(table)} (${list(columns)}) VALUES ${new Array(rows).fill(row).join(', ')}`;
}

/** Inserts each row, or updates the one with its key if any compared column differs (invariant 3). */
export function upsertText(target: WriteTarget, rows: number): string {
  const insert = `${appendText(target, rows)} ON CONFLICT (${list(target.key)})`;
  if (target.compared.length === 0) return `${insert} DO NOTHING`;
  const changes = target.columns.filter((column) => !target.key.includes(column));
  const assignments = changes.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ');
  const table = quoteTable(target.table);
  const old = target.compared.map((column) => `${table}.${quote(column)}`).join(', ');
  const fresh = target.compared.map((column) => `excluded.${quote(column)}`).join(', ');
  const differs = target.compared.length === 1 ? `${old} IS NOT ${fresh}` : `(${old}) IS NOT (${fresh})`;
  return `${insert} DO UPDATE SET ${assignments} WHERE CASE WHEN ${differs} THEN ${NOTE_UPDATE}() END`;
}

export function existsText({ table, key }: WriteTarget): string {
  return `SELECT 1 FROM ${quoteTable(table)} WHERE ${matches(key)}`;
}

/** Parameters: the assigned columns, the key, the compared columns. `undefined` if there is nothing to compare. */
export function updateText(
  target: WriteTarget,
): { readonly text: string; readonly assigned: readonly string[] } | undefined {
  const { table, key, columns, compared } = target;
  if (compared.length === 0) return undefined;
  const assigned = columns.filter((column) => !key.includes(column));
  const assignments = assigned.map((column) => `${quote(column)} = ?`).join(', ');
  const differs =
    compared.length === 1
      ? `${list(compared)} IS NOT ?`
      : `(${list(compared)}) IS NOT (${compared.map(() => '?').join(', ')})`;
  const condition = `${matches(key)} AND CASE WHEN ${differs} THEN ${NOTE_UPDATE}() END`;
  return { text: `UPDATE ${quoteTable(table)} SET ${assignments} WHERE ${condition}`, assigned };
}

export function keysUnderText(table: TableName, key: readonly string[], columns: readonly string[]): string {
  return `SELECT ${list(key)} FROM ${quoteTable(table)} WHERE ${matches(columns)}`;
}

export function removeText(table: TableName, key: readonly string[]): string {
  return `DELETE FROM ${quoteTable(table)} WHERE ${matches(key)}`;
}

/** Parameters: the mark's value, the mark's unset value, then the key. */
export function markText(table: TableName, key: readonly string[], mark: Mark): string {
  return `UPDATE ${quoteTable(table)} SET ${quote(mark.column)} = ? WHERE ${unmarked(mark)} AND ${matches(key)}`;
}

/** Parameters: the mark's value and its unset value, if there is a mark, and the values of `within`. */
export function sweepText(table: TableName, rows: Selection, mark: Mark | undefined): string {
  const name = quoteTable(table);
  const conditions = [...(mark === undefined ? [] : [unmarked(mark)]), ...selected(name, rows)];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return mark === undefined ? `DELETE FROM ${name}${where}` : `UPDATE ${name} SET ${quote(mark.column)} = ?${where}`;
}

export function countText(table: TableName): string {
  return `SELECT count(*) FROM ${quoteTable(table)}`;
}

export function moveText(from: TableName, to: TableName, columns: readonly string[]): string {
  return `INSERT INTO ${quoteTable(to)} (${list(columns)}) SELECT ${list(columns)} FROM ${quoteTable(from)} ORDER BY rowid`;
}

export function list(columns: readonly string[]): string {
  return columns.map(quote).join(', ');
}

function matches(key: readonly string[]): string {
  return key.map((column) => `${quote(column)} IS ?`).join(' AND ');
}

function unmarked({ column }: Mark): string {
  return `(${quote(column)} IS NULL OR ${quote(column)} IS ?)`;
}

function selected(table: string, rows: Selection): readonly string[] {
  const within = (rows.within?.columns ?? []).map((column) => `${table}.${quote(column)} IS ?`);
  if (rows.kind === 'all') return within;
  const pairs = rows.key.map((column) => `list.${quote(column)} IS ${table}.${quote(column)}`).join(' AND ');
  const listed = `EXISTS (SELECT 1 FROM ${quoteTable(rows.list)} AS list WHERE ${pairs})`;
  return [...within, rows.kind === 'listed' ? listed : `NOT ${listed}`];
}
