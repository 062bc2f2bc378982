import { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { matchName } from '../names.ts';
import type { QueryColumn } from '../query.ts';
import type { ReplicateStatement } from '../statement.ts';
import { suggestion } from '../suggestion.ts';
import { defineColumns } from './defined-columns.ts';

export interface ResultColumn extends QueryColumn {
  /** Its place among the columns before INCLUDE and EXCLUDE. */
  readonly index: number;
}

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface Result {
  readonly columns: readonly ResultColumn[];
  /** Names of result columns. */
  readonly keyProperties: readonly string[];
}

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

/** The name that is meant, as the columns spell it. */
export function requireColumn(statement: ReplicateStatement, typed: string, names: readonly string[]): string {
  const match = matchName(typed, names);
  if ('name' in match) return match.name;
  const text: Text = { en: `there is no column ${typed}`, ja: `${typed} という列はありません` };
  throw statementError(statement, 'replicate.unknown-column', text, suggestion(match.nearest, names));
}

export function statementError(statement: Place, code: string, text: Text, hint: Text): ConfigurationError {
  return new ConfigurationError({ code, text, hint, path: placeOf(statement) });
}

export function placeOf({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`;
}

function keyExcluded(statement: ReplicateStatement, name: string): ConfigurationError {
  return statementError(
    statement,
    'replicate.key-excluded',
    { en: `${name} is part of the key and cannot be left out`, ja: `${name} はキーの一部なので除外できません` },
    { en: 'Remove it from EXCLUDE.', ja: 'EXCLUDE から外してください。' },
  );
}
