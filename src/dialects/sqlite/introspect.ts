import type { Cell, Cells, Condition } from '../../load/dialect.ts';
import { type ActualTable, displayName, type TableName, type UniqueIndex } from '../../load/table.ts';
import type { Row, Value } from '../../message/value.ts';
import type { SqliteConnection } from './connection.ts';
import { list, quoteTable } from './statements.ts';
import { typeOfDeclared } from './types.ts';

interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly isKey: boolean;
}

export async function describeTable(connection: SqliteConnection, table: string): Promise<ActualTable | undefined> {
  const entries = await columnEntries(connection, table);
  if (entries.length === 0) return undefined;
  const columns = entries.map(({ name, type }) => ({ name, type: typeOfDeclared(type), declared: type }));
  return { columns, uniqueIndexes: await uniqueIndexes(connection, table, entries) };
}

/** Booleans and JSON come back as what they were. */
export async function readRows(
  connection: SqliteConnection,
  table: TableName,
  columns: readonly string[],
  which?: Condition,
): Promise<readonly Row[] | undefined> {
  const all = await columnEntries(connection, displayName(table));
  const entries = all.filter(({ name }) => columns.includes(name));
  if (entries.length === 0) return undefined;
  const condition = which === undefined ? '' : ` WHERE ${list([which.column])} = ?`;
  const query = `SELECT ${list(entries.map(({ name }) => name))} FROM ${quoteTable(table)}${condition} ORDER BY rowid`;
  const rows = await connection.query(query, which === undefined ? [] : [which.is]);
  return rows.map((cells) =>
    Object.fromEntries(entries.map(({ name, type }, place) => [name, storedValue(cells[place] ?? null, type)])),
  );
}

async function columnEntries(connection: SqliteConnection, table: string): Promise<readonly ColumnEntry[]> {
  const query = 'SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1';
  const rows = await connection.query(query, [table]);
  return rows.map(([name, type, pk]) => ({ name: String(name), type: String(type), isKey: pk !== 0 }));
}

async function uniqueIndexes(
  connection: SqliteConnection,
  table: string,
  entries: readonly ColumnEntry[],
): Promise<readonly UniqueIndex[]> {
  const query = 'SELECT name, origin FROM pragma_index_list(?) WHERE "unique" = 1 AND partial = 0';
  const indexes = await connection.query(query, [table]);
  const columns = await indexColumns(connection, indexes);
  const found = indexes.map(([name, origin], place) => ({
    name: origin === 'c' ? String(name) : undefined,
    columns: columns[place] ?? [],
  }));
  const primary = entries.filter(({ isKey }) => isKey).map(({ name }) => name);
  return primary.length === 0 ? found : [...found, { name: undefined, columns: primary }];
}

/** Of each of the indexes, whose names come first in the rows. */
async function indexColumns(
  connection: SqliteConnection,
  indexes: readonly Cells[],
): Promise<readonly (readonly string[])[]> {
  const query = "SELECT coalesce(name, '') FROM pragma_index_info(?)";
  const found = await connection.queryEach(
    query,
    indexes.map((index) => index.slice(0, 1)),
  );
  return found.map((columns) => columns.map(([name]) => String(name)));
}

function storedValue(cell: Cell, declared: string): Value {
  const type = typeOfDeclared(declared);
  if (type === 'boolean' && (typeof cell === 'bigint' || Number.isInteger(cell))) return cell !== 0;
  if (type === 'json' && typeof cell === 'string') return JSON.parse(cell) as Value;
  return cell as Value;
}
