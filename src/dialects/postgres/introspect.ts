import type { Condition } from '../../load/dialect.ts';
import type { ActualTable, TableName, UniqueIndex } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { PostgresConnection } from './connection.ts';
import { list, quote, quoteTable } from './names.ts';
import { readValue } from './read-cell.ts';
import { typeOfDeclared } from './types.ts';

const COLUMNS = `
  SELECT a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum`;

/** A place of an index is a column, or an expression: ours are the MD5 of a column. */
const INDEXES = `
  SELECT i.relname, EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid),
    (SELECT json_agg(json_build_object('column', a.attname, 'hashed', x.indkey[place - 1] = 0) ORDER BY place)
     FROM generate_series(1, x.indnkeyatts) AS place
     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.attnum = x.indkey[place - 1]
         OR x.indkey[place - 1] = 0 AND pg_get_indexdef(x.indexrelid, place, false) = format('md5(%I)', a.attname)))
  FROM pg_catalog.pg_index x
  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
  JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relname = $2 AND x.indisunique AND x.indisvalid AND x.indpred IS NULL
  ORDER BY i.relname`;

export interface KeyIndex extends UniqueIndex {
  /** Columns whose MD5 stands in the index in their place. */
  readonly hashed: ReadonlySet<string>;
}

/** The table must have a schema. */
export async function describeTable(
  connection: PostgresConnection,
  table: TableName,
): Promise<ActualTable | undefined> {
  const { rows } = await connection.query(COLUMNS, placeOf(table));
  if (rows.length === 0) return undefined;
  const columns = rows.map(([name, declared]) => {
    const words = declared ?? '';
    return { name: name ?? '', type: typeOfDeclared(words), declared: words };
  });
  return { columns, uniqueIndexes: await uniqueIndexes(connection, table) };
}

export async function uniqueIndexes(connection: PostgresConnection, table: TableName): Promise<readonly KeyIndex[]> {
  const { rows } = await connection.query(INDEXES, placeOf(table));
  return rows.map(([name, constrained, json]) => {
    const places = JSON.parse(json ?? '[]') as readonly { readonly column: string | null; readonly hashed: boolean }[];
    return {
      name: constrained === 't' ? undefined : (name ?? undefined),
      columns: places.map(({ column }) => column ?? ''),
      hashed: new Set(places.flatMap(({ column, hashed }) => (hashed && column !== null ? [column] : []))),
    };
  });
}

export async function schemaExists(connection: PostgresConnection, schema: string): Promise<boolean> {
  const { rows } = await connection.query('SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema]);
  return rows.length > 0;
}

export async function readRows(
  connection: PostgresConnection,
  table: TableName,
  columns: readonly string[],
  which?: Condition,
): Promise<readonly Row[] | undefined> {
  const described = await connection.query(COLUMNS, placeOf(table));
  if (described.rows.length === 0) return undefined;
  const present = described.rows.flatMap(([name]) => (name && columns.includes(name) ? [name] : []));
  const condition = which === undefined ? '' : ` WHERE ${quote(which.column)} = $1`;
  const text = `SELECT ${list(present)} FROM ${quoteTable(table)}${condition} ORDER BY ctid`;
  const { rows, types } = await connection.query(text, which === undefined ? [] : [which.is]);
  return rows.map((cells) =>
    Object.fromEntries(present.map((name, place) => [name, readValue(cells[place] ?? null, types[place] ?? 0)])),
  );
}

function placeOf({ schema = '', name }: TableName): readonly string[] {
  return [schema, name];
}
