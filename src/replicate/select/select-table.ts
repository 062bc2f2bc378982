import { matchName } from '../names.ts';
import { quoteName } from '../sqlite/sql-text.ts';
import type { ReplicateStatement } from '../statement.ts';
import { suggestion } from '../suggestion.ts';
import type { Selection } from './selection.ts';
import type { SourceTable } from './source-table.ts';
import { statementError } from './statement-error.ts';

/** All columns of the table that a statement without a SELECT copies. */
export function selectTable(statement: ReplicateStatement, tables: readonly SourceTable[]): Selection {
  const table = findTable(statement, tables);
  const columns = table.columns.map(({ name, property, schema }) => ({
    name,
    schema,
    origin: { stream: table.stream, column: property },
  }));
  return { tables, reads: [table], columns, sql: `SELECT * FROM ${quoteName(table.name)}`, rowWise: true };
}

function findTable(statement: ReplicateStatement, tables: readonly SourceTable[]): SourceTable {
  const { source = '', sourceAt, path } = statement;
  const names = tables.map(({ name }) => name);
  const match = matchName(source, names);
  const table = 'name' in match ? tables.find(({ name }) => name === match.name) : undefined;
  if (table) return table;
  throw statementError(
    { path, ...(sourceAt ?? statement) },
    'replicate.unknown-table',
    { en: `there is no table ${source}`, ja: `${source} というテーブルはありません` },
    suggestion('nearest' in match ? match.nearest : [], names),
  );
}
