import type { Condition } from '../../load/dialect.ts';
import type { ActualTable, TableName, UniqueIndex } from '../../load/table.ts';
import type { Row, Value } from '../../message/value.ts';
import type { MysqlConnection, QueriedRow } from './connection.ts';
import { interimName } from './interim-name.ts';
import { digestName } from './key-column.ts';
import { literal } from './literal.ts';
import { list, quote, quoteTable } from './names.ts';
import type { Shape, ShapeColumn } from './shape.ts';
import { storedValue } from './stored-value.ts';
import { typeOfDeclared } from './types.ts';

/** The shape of a table; `undefined` if there is none of this name. */
export async function shapeOf(connection: MysqlConnection, table: TableName): Promise<Shape | undefined> {
  const found = await connection.query(columnsQuery(table));
  if (found.length === 0) return undefined;
  const columns = found.map(shapeColumn);
  const names = columns.map(({ name }) => name);
  const present = new Set(names);
  const digests = new Map(names.flatMap((name) => (present.has(digestName(name)) ? [[digestName(name), name]] : [])));
  const interim = new Set(names.map(interimName).filter((name) => present.has(name)));
  const own = columns.filter(({ name }) => !digests.has(name) && !interim.has(name));
  const indexes = await connection.query(indexesQuery(table));
  return {
    columns: new Map(own.map((column) => [column.name, column])),
    uniqueIndexes: uniqueIndexes(indexes, digests),
    digested: new Set(digests.values()),
    exactCollation: connection.facts.exactCollation,
    interim,
  };
}

export function actualTable({ columns, uniqueIndexes }: Shape): ActualTable {
  const described = [...columns.values()].map(({ name, type, declared }) => ({ name, type, declared }));
  return { columns: described, uniqueIndexes };
}

/** See `Session.readTable`. Values come back as they were given. */
export async function readRows(
  connection: MysqlConnection,
  table: TableName,
  columns: readonly string[],
  which?: Condition,
): Promise<readonly Row[] | undefined> {
  const shape = await shapeOf(connection, table);
  const present = columns.flatMap((name) => shape?.columns.get(name) ?? []);
  if (present.length === 0) return undefined;
  const condition = which === undefined ? '' : ` WHERE ${quote(which.column)} = ${literal(which.is)}`;
  const names = list(present.map(({ name }) => name));
  const rows = await connection.query(`SELECT ${names} FROM ${quoteTable(table)}${condition}`);
  return rows.map((cells) =>
    Object.fromEntries(
      present.map(({ name, type }, place): [string, Value] => [name, storedValue(cells[place], type)]),
    ),
  );
}

function columnsQuery(table: TableName): string {
  const wanted =
    "COLUMN_NAME, COLUMN_TYPE, COLUMN_COMMENT, CHARACTER_SET_NAME, COLLATION_NAME, IS_NULLABLE, EXTRA LIKE '%GENERATED%'";
  return `SELECT ${wanted} FROM information_schema.COLUMNS WHERE ${isTable(table)} ORDER BY ORDINAL_POSITION`;
}

function indexesQuery(table: TableName): string {
  const usable = `NON_UNIQUE = 0 AND ${isTable(table)}`;
  return `SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS WHERE ${usable} ORDER BY INDEX_NAME, SEQ_IN_INDEX`;
}

function isTable({ schema, name }: TableName): string {
  return `TABLE_SCHEMA = ${schema === undefined ? 'DATABASE()' : literal(schema)} AND TABLE_NAME = ${literal(name)}`;
}

function shapeColumn([name, type, comment, charset, collation, nullable, generated]: QueriedRow): ShapeColumn {
  const declared = text(type);
  return {
    name: text(name),
    type: Number(generated) === 1 ? undefined : typeOfDeclared(declared, text(comment)),
    declared,
    charset: charset === null ? undefined : text(charset),
    collation: collation === null ? undefined : text(collation),
    nullable: text(nullable) === 'YES',
  };
}

/** An index over the beginning of a column, or over an expression, says nothing about the column. */
function uniqueIndexes(parts: readonly QueriedRow[], digests: ReadonlyMap<string, string>): readonly UniqueIndex[] {
  const indexes = new Map<string, string[]>();
  const partial = new Set<string>();
  for (const [index, column, prefix] of parts) {
    const name = text(index);
    indexes.set(name, [...(indexes.get(name) ?? []), digests.get(text(column)) ?? text(column)]);
    if (column === null || prefix !== null) partial.add(name);
  }
  return [...indexes]
    .filter(([name]) => !partial.has(name))
    .map(([name, columns]) => ({ name: name === 'PRIMARY' ? undefined : name, columns }));
}

function text(cell: unknown): string {
  return Buffer.isBuffer(cell) ? cell.toString() : String(cell);
}
