import type { ConfigurationError } from '../../runtime/errors.ts';
import type { QueryColumn } from '../query.ts';
import type { ReplicateStatement } from '../statement.ts';
import { defineColumns } from './defined-columns.ts';
import { requireColumn } from './require-column.ts';
import type { Result } from './result.ts';
import { statementError } from './statement-error.ts';

/** Applies INCLUDE, EXCLUDE and the list of column definitions. `key` names those of the columns that are the key. */
export function resultOf(
  statement: ReplicateStatement,
  columns: readonly QueryColumn[],
  key: readonly string[],
): Result {
  const { include, exclude, definition } = statement;
  const names = columns.map(({ name }) => name);
  const included = include && [...include.map((typed) => requireColumn(statement, typed, names)), ...key];
  const excluded = exclude?.map((typed) => requireColumn(statement, typed, names)) ?? [];
  const lost = key.find((name) => excluded.includes(name));
  if (lost !== undefined) throw keyExcluded(statement, lost);
  const kept = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ name }) => (included?.includes(name) ?? true) && !excluded.includes(name));
  return definition ? defineColumns(statement, definition, kept, key) : { columns: kept, keyProperties: key };
}

function keyExcluded(statement: ReplicateStatement, name: string): ConfigurationError {
  return statementError(
    statement,
    'replicate.key-excluded',
    { en: `${name} is part of the key and cannot be left out`, ja: `${name} はキーの一部なので除外できません` },
    { en: 'Remove it from EXCLUDE.', ja: 'EXCLUDE から外してください。' },
  );
}
