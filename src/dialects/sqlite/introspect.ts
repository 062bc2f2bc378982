import type { Condition } from '../../load/dialect.ts';
import { type ActualTable, displayName, type TableName, type UniqueIndex } from '../../load/table.ts';
import type { Row, Value } from '../../message/value.ts';
import type { Connection } from './driver.ts';
import { list, quoteTable } from './statements.ts';
import { typeOfDeclared } from './types.ts';

interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

export function describeTable(connection: Connection, table: string): ActualTable | undefined {
  const entries = columnEntries(connection, table);
  if (entries.length === 0) return undefined;
  const columns = entries.map(({ name, type }) => ({ name, type: typeOfDeclared(type), declared: type }));
  return { columns, uniqueIndexes: uniqueIndexes(connection, table, entries) };
}

/** Booleans and JSON come back as what they were. */
export function readRows(
  connection: Connection,
  table: TableName,
  columns: readonly string[],
  which?: Condition,
): readonly Row[] | undefined {
  const entries = columnEntries(connection, displayName(table)).filter(({ name }) => columns.includes(name));
  if (entries.length === 0) return undefined;
  const condition = which === undefined ? '' : ` WHERE ${list([which.column])} = ?`;
  const query = `SELECT ${list(entries.map(({ name }) => name))} FROM ${quoteTable(table)}${condition} ORDER BY rowid`;
  const statement = connection.prepare<unknown[], Readonly<Record<string, unknown>>>(query).safeIntegers();
  const rows = which === undefined ? statement.all() : statement.all(which.is);
  return rows.map((row) => Object.fromEntries(entries.map(({ name, type }) => [name, storedValue(row[name], type)])));
}

function columnEntries(connection: Connection, table: string): readonly ColumnEntry[] {
  const query = 'SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1';
  return connection.prepare<[string], ColumnEntry>(query).all(table);
}

function uniqueIndexes(connection: Connection, table: string, entries: readonly ColumnEntry[]): UniqueIndex[] {
  const query = 'SELECT name, origin FROM pragma_index_list(?) WHERE "unique" = 1 AND partial = 0';
  const indexes = connection.prepare<[string], { readonly name: string; readonly origin: string }>(query).all(table);
  const found = indexes.map(({ name, origin }) => ({
    name: origin === 'c' ? name : undefined,
    columns: indexColumns(connection, name),
  }));
  const primary = entries.filter(({ pk }) => pk > 0).map(({ name }) => name);
  return primary.length === 0 ? found : [...found, { name: undefined, columns: primary }];
}

function indexColumns(connection: Connection, index: string): readonly string[] {
  const query = "SELECT coalesce(name, '') AS name FROM pragma_index_info(?)";
  return connection
    .prepare<[string], { readonly name: string }>(query)
    .all(index)
    .map(({ name }) => name);
}

function storedValue(cell: unknown, declared: string): Value {
  const type = typeOfDeclared(declared);
  if (typeof cell === 'bigint') {
    if (type === 'boolean') return cell !== 0n;
    return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  }
  if (type === 'json' && typeof cell === 'string') return JSON.parse(cell) as Value;
  return cell as Value;
}
