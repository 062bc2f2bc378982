import type { Row } from '../message/value.ts';
import type { Facts, Transaction, WriteTarget } from './dialect.ts';
import { compare } from './evolution.ts';
import { shortHash } from './naming.ts';
import { type Column, fitTable, type TableName } from './table.ts';

/** The book: which versions of each table there are. */
export const BOOK_COLUMNS: readonly Column[] = [
  { name: 'table_name', type: 'text' },
  { name: 'active_version', type: 'integer' },
  { name: 'reading_version', type: 'integer' },
  { name: 'stamped_version', type: 'integer' },
  { name: 'unproven_version', type: 'integer' },
  { name: 'parted_version', type: 'integer' },
  { name: 'reading_key', type: 'text' },
  { name: 'former_keys', type: 'json' },
];

export function formerKeysOf(row: Row | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(row?.former_keys) ? row.former_keys.map(String) : []);
}

export function bookTable(table: TableName): TableName {
  return { ...table, name: '_load_versions' };
}

/** Rows that wait for their version, and keys by which others are kept, never meet in one table. */
export function readingTable(table: TableName, keyAsText: string, facts: Facts): TableName {
  return fitTable({ ...table, name: `_reading_${shortHash(keyAsText)}_${table.name}` }, facts.names);
}

export function keyText(key: readonly string[]): string {
  return JSON.stringify([...key].sort());
}

export function allColumns(table: TableName, columns: readonly string[], key: readonly string[]): WriteTarget {
  return { table, columns, key, compared: columns.filter((column) => !key.includes(column)) };
}

export async function ensure(transaction: Transaction, target: WriteTarget, columns: readonly Column[]): Promise<void> {
  const actual = await transaction.describe(target.table);
  const { plan } = compare(actual, { name: target.table, columns, key: target.key });
  if (plan.changes.length > 0) await transaction.apply(plan);
}

export function versionOf(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
