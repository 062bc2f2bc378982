import type { Cells } from '../../load/dialect.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { TableName } from '../../load/table.ts';
import type { MysqlConnection } from './connection.ts';
import { define } from './definitions.ts';
import { literal } from './literal.ts';
import { list, quote, quoteTable } from './names.ts';
import { ROW_COLUMN_TEXT } from './row-column.ts';
import type { Shape, ShapeColumn } from './shape.ts';
import { DECLARED_TYPES } from './types.ts';

/** How rows are written as text. */
const LOAD_DATA_FORMAT = "CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'";

/** Longer statements are no faster. */
const GOOD_STATEMENT = 512 * 1024;

/** Where rows wait until they are compared with a table: a temporary table beside it, with its columns. */
function stageOf(table: TableName): TableName {
  return { ...table, name: 'load_stage' };
}

/**
 * Makes the stage anew: to create a temporary table does not end a transaction, to truncate one does. It has a primary
 * key because some servers refuse tables without.
 */
export async function openStage(
  connection: MysqlConnection,
  table: TableName,
  shape: Shape,
  columns: readonly string[],
): Promise<TableName> {
  const stage = stageOf(table);
  const definitions = columns.map((name) => stageColumn(name, shape.columns.get(name), connection));
  await connection.run(`DROP TEMPORARY TABLE IF EXISTS ${quoteTable(stage)}`);
  const body = [`${ROW_COLUMN_TEXT} PRIMARY KEY`, ...definitions].join(', ');
  await define(connection, `CREATE TEMPORARY TABLE ${quoteTable(stage)} (${body}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC`);
  return stage;
}

/** Text keeps the collation of its column, so that the column's index can be used, but has any length. */
function stageColumn(name: string, column: ShapeColumn | undefined, connection: MysqlConnection): string {
  const declared = DECLARED_TYPES[column?.type ?? 'text'];
  if (column?.charset === undefined) return `${quote(name)} ${declared}`;
  const collation = column.charset === 'utf8mb4' ? column.collation : connection.facts.exactCollation;
  return `${quote(name)} ${declared} COLLATE ${collation}`;
}

/** Adds rows to a table by the fastest way that the server allows. */
export async function fill(
  connection: MysqlConnection,
  table: TableName,
  shape: Shape,
  columns: readonly string[],
  rows: Rows,
): Promise<void> {
  const binary = columns.some((name) => shape.columns.get(name)?.type === 'binary');
  if (connection.facts.allowsLoadData && !binary) {
    const sql = `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${quoteTable(table)} ${LOAD_DATA_FORMAT} (${list(columns)})`;
    await connection.load(sql, rows.text());
    return;
  }
  const longest = Math.min(GOOD_STATEMENT, connection.facts.longestStatement);
  for (const sql of insertStatements(table, columns, rows.cells(), longest)) await connection.run(sql);
}

/** INSERT statements of at most so many bytes; a row that is longer has one of its own. */
export function* insertStatements(
  table: TableName,
  columns: readonly string[],
  rows: readonly Cells[],
  longest: number,
): Generator<string> {
  const head = `INSERT INTO ${quoteTable(table)} (${list(columns)}) VALUES `;
  const room = longest - Buffer.byteLength(head);
  let values: string[] = [];
  let bytes = 0;
  for (const cells of rows) {
    const value = `(${cells.map(literal).join(',')})`;
    const size = Buffer.byteLength(value) + 1;
    if (values.length > 0 && bytes + size > room) {
      yield head + values.join(',');
      values = [];
      bytes = 0;
    }
    values.push(value);
    bytes += size;
  }
  if (values.length > 0) yield head + values.join(',');
}
