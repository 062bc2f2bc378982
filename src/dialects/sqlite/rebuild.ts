import type { ColumnType } from '../../load/column-type.ts';
import { CONVERTERS } from '../../load/convert.ts';
import type { Cell } from '../../load/dialect.ts';
import type { Change } from '../../load/evolution.ts';
import { shortHash } from '../../load/naming.ts';
import { ExactNumber, type Value } from '../../message/value.ts';
import { retyped } from './create-table-text.ts';
import type { Connection } from './driver.ts';
import { list, quote } from './statements.ts';
import { DECLARED_TYPES } from './types.ts';

export type Widening = Change & { readonly kind: 'widen' };

interface SchemaEntry {
  readonly sql: string;
}

/**
 * Changes the types of columns. SQLite has no statement for it: the table is made anew from its own text with the new
 * types, filled from the old one, and put in its place with its indexes and triggers
 * (https://www.sqlite.org/lang_altertable.html#otheralter; it asks for foreign keys off and `legacy_alter_table` on).
 */
export function rebuild(connection: Connection, table: string, widenings: readonly Widening[]): void {
  const copy = `${table}_${shortHash(table)}`;
  const declared = new Map(widenings.map(({ column, to }) => [column, DECLARED_TYPES[to]]));
  const dependents = dependentTexts(connection, table);
  connection.exec(retyped(tableText(connection, table), copy, declared));
  fill(connection, table, copy, widenings);
  connection.exec(`DROP TABLE ${quote(table)}`);
  connection.exec(`ALTER TABLE ${quote(copy)} RENAME TO ${quote(table)}`);
  for (const text of dependents) connection.exec(text);
}

function fill(connection: Connection, from: string, to: string, widenings: readonly Widening[]): void {
  const byColumn = new Map(widenings.map((widening) => [widening.column, widening]));
  const columns = storedColumns(connection, from);
  const values = columns.map((name) => {
    const widening = byColumn.get(name);
    return widening === undefined ? quote(name) : `${converter(connection, widening)}(${quote(name)})`;
  });
  connection.exec(
    `INSERT INTO ${quote(to)} (${list(columns)}) SELECT ${values.join(', ')} FROM ${quote(from)} ORDER BY rowid`,
  );
}

function converter(connection: Connection, { from, to }: Widening): string {
  const name = `loader_${from}_to_${to}`;
  connection.function(name, { deterministic: true, safeIntegers: true }, (cell: unknown) =>
    widenCell(cell as Cell, from, to),
  );
  return name;
}

/** A stored value as the wider type writes it. What no column of the old type should hold stays as it is. */
function widenCell(cell: Cell, from: ColumnType, to: ColumnType): Cell {
  if (cell === null) return cell;
  return CONVERTERS[to](cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : storedValue(cell, from));
}

function storedValue(cell: string | number | bigint | boolean, from: ColumnType): Value {
  if (from === 'boolean' && typeof cell === 'bigint') return cell === 0n || cell === 1n ? cell === 1n : cell;
  return from === 'decimal' && typeof cell === 'string' ? new ExactNumber(cell) : cell;
}

function tableText(connection: Connection, table: string): string {
  const query = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE";
  return connection.prepare<[string], SchemaEntry>(query).get(table)?.sql ?? '';
}

function dependentTexts(connection: Connection, table: string): readonly string[] {
  const query =
    "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL";
  return connection
    .prepare<[string], SchemaEntry>(query)
    .all(table)
    .map(({ sql }) => sql);
}

/** Generated columns fill themselves. */
function storedColumns(connection: Connection, table: string): readonly string[] {
  const query = 'SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0';
  return connection
    .prepare<[string], { readonly name: string }>(query)
    .all(table)
    .map(({ name }) => name);
}
