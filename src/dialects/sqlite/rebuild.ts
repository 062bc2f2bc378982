import type { Change } from '../../load/evolution.ts';
import { shortHash } from '../../load/naming.ts';
import type { SqliteConnection } from './connection.ts';
import { retyped } from './create-table-text.ts';
import { list, quote } from './statements.ts';
import { DECLARED_TYPES } from './types.ts';

export type Widening = Change & { readonly kind: 'widen' };

/**
 * Changes the types of columns. SQLite has no statement for it: the table is made anew from its own text with the new
 * types, filled from the old one, and put in its place with its indexes and triggers
 * (https://www.sqlite.org/lang_altertable.html#otheralter; it asks for foreign keys off and `legacy_alter_table` on).
 */
export async function rebuild(
  connection: SqliteConnection,
  table: string,
  widenings: readonly Widening[],
): Promise<void> {
  const copy = `${table}_${shortHash(table)}`;
  const declared = new Map(widenings.map(({ column, to }) => [column, DECLARED_TYPES[to]]));
  const dependents = await dependentTexts(connection, table);
  await connection.execute(retyped(await tableText(connection, table), copy, declared));
  await fill(connection, table, copy, widenings);
  await connection.execute(`DROP TABLE ${quote(table)}`);
  await connection.execute(`ALTER TABLE ${quote(copy)} RENAME TO ${quote(table)}`);
  for (const text of dependents) await connection.execute(text);
}

async function fill(
  connection: SqliteConnection,
  from: string,
  to: string,
  widenings: readonly Widening[],
): Promise<void> {
  const wideners = new Map<string, string>();
  for (const widening of widenings) wideners.set(widening.column, await widener(connection, widening));
  const columns = await storedColumns(connection, from);
  const values = columns.map((name) => `${wideners.get(name) ?? ''}(${quote(name)})`).join(', ');
  await connection.execute(
    `INSERT INTO ${quote(to)} (${list(columns)}) SELECT ${values} FROM ${quote(from)} ORDER BY rowid`,
  );
}

/** The name of an SQL function. */
async function widener(connection: SqliteConnection, { from, to }: Widening): Promise<string> {
  const name = `loader_${from}_to_${to}`;
  await connection.defineWidening(name, from, to);
  return name;
}

async function tableText(connection: SqliteConnection, table: string): Promise<string> {
  const query = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE";
  const [text = ''] = await texts(connection, query, table);
  return text;
}

function dependentTexts(connection: SqliteConnection, table: string): Promise<readonly string[]> {
  const query =
    "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL";
  return texts(connection, query, table);
}

/** Generated columns fill themselves. */
function storedColumns(connection: SqliteConnection, table: string): Promise<readonly string[]> {
  return texts(connection, 'SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0', table);
}

async function texts(connection: SqliteConnection, query: string, table: string): Promise<readonly string[]> {
  const rows = await connection.query(query, [table]);
  return rows.map(([text]) => String(text));
}
