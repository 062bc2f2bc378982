import type { CatalogStream } from '../message/catalog.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import type { Query, QueryShape } from './query.ts';
import { RowWise } from './run/row-wise-query.ts';
import { Whole } from './run/whole-query.ts';
import { fullReadNotice } from './select/full-read-notice.ts';
import type { Result, ResultColumn } from './select/result.ts';
import { resultOf } from './select/result-columns.ts';
import { selectStatement } from './select/select-statement.ts';
import { selectTable } from './select/select-table.ts';
import type { Selection } from './select/selection.ts';
import { type SourceTable, sourceTable } from './select/source-table.ts';
import { placeOf } from './select/statement-error.ts';
import { loadSqlEngine } from './sqlite/sql-engine.ts';
import type { ReplicateStatement } from './statement.ts';

/**
 * Checks what a statement selects against the streams on offer. Throws a `ConfigurationError` that points into the query
 * file, with the nearest names for a miss; and an `EnvironmentError` if it needs SQLite, which is not installed.
 */
export async function prepareQuery(
  statement: ReplicateStatement,
  streams: readonly CatalogStream[],
  clock: Clock = systemClock,
): Promise<Query> {
  const tables = streams.map(sourceTable);
  const selection =
    statement.select === undefined
      ? selectTable(statement, tables)
      : selectStatement(statement, statement.select, tables, await loadSqlEngine(clock));
  const key = keyNames(selection);
  const result = resultOf(statement, selection.columns, key);
  const [table] = selection.reads;
  if (table && selection.rowWise && isKeyOf(table, result)) {
    return new RowWise(shapeOf(selection, result), result.columns, placeOf(statement), selection.evaluator);
  }
  selection.evaluator?.close();
  const columns = selection.rowWise ? result.columns : result.columns.map(nullable);
  const shape = shapeOf(selection, { ...result, columns }, fullReadNotice(statement, selection));
  return new Whole(shape, selection, columns, placeOf(statement), await loadSqlEngine(clock));
}

/** The result's names for the key of the one table, if all of it is there. */
function keyNames({ rowWise, reads: [table], columns }: Selection): readonly string[] {
  if (!rowWise || !table) return [];
  const names = table.keyProperties.map((property) => columns.find(({ origin }) => origin?.column === property)?.name);
  return names.every((name) => name !== undefined) ? names : [];
}

/** Whether the result's key says which row of the table a row came from. */
function isKeyOf(table: SourceTable, { columns, keyProperties }: Result): boolean {
  const properties = keyProperties.map((name) => columns.find((column) => column.name === name)?.origin?.column);
  return (
    properties.length > 0 &&
    properties.length === table.keyProperties.length &&
    table.keyProperties.every((property) => properties.includes(property))
  );
}

/** An outer join finds no row for some, whatever the table says. */
function nullable(column: ResultColumn): ResultColumn {
  const { type } = column.schema;
  if (type === undefined) return column;
  const types = typeof type === 'string' ? [type] : type;
  return { ...column, schema: { ...column.schema, type: types.includes('null') ? types : [...types, 'null'] } };
}

function shapeOf(
  { reads }: Selection,
  { columns, keyProperties }: Result,
  ...notices: QueryShape['notices']
): QueryShape {
  return {
    streams: reads.map(({ stream }) => stream),
    columns,
    schema: { type: 'object', properties: Object.fromEntries(columns.map(({ name, schema }) => [name, schema])) },
    keyProperties,
    notices,
  };
}
