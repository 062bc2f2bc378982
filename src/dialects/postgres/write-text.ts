import type { Mark, Selection, WriteTarget } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import { type KeyMatch, matchConditions } from './key-match.ts';
import { list, quote, quoteTable } from './names.ts';

/**
 * Statements that bring a table and a stage together: `t` is the table, `s` the stage, or another table of keys. For
 * each way in which keys are compared there is one statement.
 */
export function updateTexts({ table, columns, key, compared }: WriteTarget, stage: string, match: KeyMatch): string[] {
  if (compared.length === 0) return [];
  const changes = columns.filter((column) => !key.includes(column));
  const assignments = changes.map((column) => `${quote(column)} = s.${quote(column)}`).join(', ');
  const differs = `ROW(${list(compared, 't')}) IS DISTINCT FROM ROW(${list(compared, 's')})`;
  return matchConditions(match).map(
    (same) =>
      `UPDATE ${quoteTable(table)} AS t SET ${assignments} FROM ${stage} AS s WHERE ${same.pair} AND ${differs}`,
  );
}

export function insertMissingTexts({ table, columns }: WriteTarget, stage: string, match: KeyMatch): string[] {
  return matchConditions(match).map(
    (same) =>
      `INSERT INTO ${quoteTable(table)} (${list(columns)}) SELECT ${list(columns, 's')} FROM ${stage} AS s ` +
      `WHERE ${same.within('s')} AND NOT EXISTS (SELECT FROM ${quoteTable(table)} AS t WHERE ${same.pair})`,
  );
}

export function removeTexts(table: TableName, stage: string, match: KeyMatch): string[] {
  return matchConditions(match).map(
    (same) => `DELETE FROM ${quoteTable(table)} AS t USING ${stage} AS s WHERE ${same.pair}`,
  );
}

export function markTexts(table: TableName, mark: Mark, stage: string, match: KeyMatch): string[] {
  const column = quote(mark.column);
  return matchConditions(match).map(
    (same) =>
      `UPDATE ${quoteTable(table)} AS t SET ${column} = s.${column} FROM ${stage} AS s ` +
      `WHERE ${unmarked(mark)} AND ${same.pair}`,
  );
}

export function keysUnderTexts(table: TableName, key: readonly string[], stage: string, match: KeyMatch): string[] {
  return matchConditions(match).map(
    (same) => `SELECT ${list(key, 't')} FROM ${quoteTable(table)} AS t, ${stage} AS s WHERE ${same.pair}`,
  );
}

/** Parameters: the mark's value, if there is a mark, and the values of `within`. */
export function sweepTexts(table: TableName, rows: Selection, mark: Mark | undefined): string[] {
  const name = quoteTable(table);
  const head = mark === undefined ? `DELETE FROM ${name} AS t` : `UPDATE ${name} AS t SET ${quote(mark.column)} = $1`;
  const first = mark === undefined ? 1 : 2;
  const within = (rows.within?.columns ?? []).map(
    (column, place) => `t.${quote(column)} IS NOT DISTINCT FROM $${first + place}`,
  );
  const always = [...(mark === undefined ? [] : [unmarked(mark)]), ...within];
  return selections(rows).map((selected) => {
    const conditions = [...always, ...selected];
    return conditions.length === 0 ? head : `${head} WHERE ${conditions.join(' AND ')}`;
  });
}

/** Brings a row without columns, if there is any. */
export function anyRowText(table: TableName): string {
  return `SELECT FROM ${quoteTable(table)} LIMIT 1`;
}

export function countText(table: TableName): string {
  return `SELECT count(*) FROM ${quoteTable(table)}`;
}

export function moveText(from: TableName, to: TableName, columns: readonly string[]): string {
  const names = list(columns);
  return `INSERT INTO ${quoteTable(to)} (${names}) SELECT ${names} FROM ${quoteTable(from)} ORDER BY ctid`;
}

function selections(rows: Selection): readonly (readonly string[])[] {
  if (rows.kind === 'all') return [[]];
  const match: KeyMatch = { key: rows.key, nulls: true, hashed: new Set() };
  return matchConditions(match).map((same) => {
    const listed = `EXISTS (SELECT FROM ${quoteTable(rows.list)} AS s WHERE ${same.pair})`;
    return [same.within('t'), rows.kind === 'listed' ? listed : `NOT ${listed}`];
  });
}

function unmarked({ column, unset }: Mark): string {
  const name = `t.${quote(column)}`;
  return unset === null ? `${name} IS NULL` : `(${name} IS NULL OR ${name} = ${String(unset)})`;
}
