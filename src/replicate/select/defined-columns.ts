import type { JsonSchema } from '../../message/schema.ts';
import type { ConfigurationError } from '../../runtime/errors.ts';
import { matchName } from '../names.ts';
import type { ColumnDefinition, ReplicateStatement, TableDefinition } from '../statement.ts';
import { requireColumn } from './require-column.ts';
import type { Result, ResultColumn } from './result.ts';
import { schemaOfSqlType } from './sql-type.ts';
import { statementError } from './statement-error.ts';

/**
 * The columns that the statement's own list defines, in its order and under its names: those of the SELECT with these
 * names, or, where it has as many under other names, those at the same places. The list's key replaces the source's.
 */
export function defineColumns(
  statement: ReplicateStatement,
  definition: TableDefinition,
  columns: readonly ResultColumn[],
  key: readonly string[],
): Result {
  const sources = sourcesOf(statement, definition, columns);
  const defined = sources.map(({ column, definition }) => define(column, definition));
  const names = defined.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw definedTwice(statement, repeated);
  if (definition.primaryKey.length > 0) {
    return {
      columns: defined,
      keyProperties: definition.primaryKey.map((typed) => requireColumn(statement, typed, names)),
    };
  }
  const keyProperties = sources
    .filter(({ column }) => key.includes(column.name))
    .map((source) => source.definition.name);
  return { columns: defined, keyProperties: keyProperties.length === key.length ? keyProperties : [] };
}

function definedTwice(statement: ReplicateStatement, name: string): ConfigurationError {
  return statementError(
    statement,
    'replicate.repeated-column',
    { en: `column ${name} is defined twice`, ja: `列 ${name} が二度定義されています` },
    { en: 'Remove or rename one of them.', ja: 'どちらかを削除するか、名前を変えてください。' },
  );
}

interface Pair {
  readonly definition: ColumnDefinition;
  readonly column: ResultColumn;
}

function sourcesOf(
  statement: ReplicateStatement,
  { columns: definitions }: TableDefinition,
  columns: readonly ResultColumn[],
): readonly Pair[] {
  const names = columns.map(({ name }) => name);
  const byName = definitions.every(({ name }) => 'name' in matchName(name, names));
  const samePlaces = !byName && definitions.length === columns.length;
  return definitions.flatMap((definition, index) => {
    const name = samePlaces ? names[index] : requireColumn(statement, definition.name, names);
    const column = columns.find((candidate) => candidate.name === name);
    return column ? [{ definition, column }] : [];
  });
}

function define(column: ResultColumn, definition: ColumnDefinition): ResultColumn {
  const schema: JsonSchema = { ...(schemaOfSqlType(definition) ?? column.schema) };
  const { description } = column.schema;
  return { ...column, name: definition.name, schema: description === undefined ? schema : { ...schema, description } };
}
