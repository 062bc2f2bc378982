import { isKeyword, isSymbol, type Token } from '../grammar/token.ts';
import { matchName, type NameMatch } from '../names.ts';
import { quoteName } from '../sqlite/sql-text.ts';
import { type MissingName, missingName, qualifierOf, tokensOf } from './missing-name.ts';
import type { SelectText } from './select-text.ts';
import type { SourceColumn, SourceTable } from './source-table.ts';

/**
 * The SELECT with the name that SQLite misses written as the tables spell it, or without a catalog or schema before a
 * table's name. Undefined if the complaint is another, or no name is meant.
 */
export function repairName(
  text: SelectText,
  complaint: string,
  tables: readonly SourceTable[],
): SelectText | undefined {
  const missing = missingName(complaint);
  if (missing === undefined) return undefined;
  const found = tokensOf(text, missing).filter((token) => !text.isReplaced(token));
  const repairs = found.flatMap((token) => repairsOf(text, token, missing, tables));
  return repairs.length > 0 ? text.replacing(repairs) : undefined;
}

type Repair = readonly [Token, string];

function repairsOf(
  text: SelectText,
  token: Token,
  missing: MissingName,
  tables: readonly SourceTable[],
): readonly Repair[] {
  const match =
    missing.kind === 'table'
      ? matchName(token.value, tableNames(tables))
      : matchColumn(token.value, columnsMeant(text, tables));
  const index = text.tokens.indexOf(token);
  if (!('name' in match)) return [];
  const repair: Repair = [token, quoteName(match.name)];
  if (missing.kind === 'table')
    return [repair, ...withoutQualifier(text.tokens, index), ...sameTable(text, token, match.name)];
  return [repair];
}

/** `CData.Issues`: Backlog has no schemas. */
function withoutQualifier(tokens: readonly Token[], index: number): readonly Repair[] {
  const qualifier = qualifierOf(tokens, index);
  const dot = tokens[index - 1];
  return qualifier && dot
    ? [
        [qualifier, ''],
        [dot, ''],
      ]
    : [];
}

/** Where the table's name qualifies a column, it is the same name. */
function sameTable(text: SelectText, table: Token, name: string): readonly Repair[] {
  return text.tokens.flatMap((token, index): readonly Repair[] => {
    const qualifies = token.kind === 'word' && isSymbol(text.tokens[index + 1], '.');
    return qualifies && token.value.toLowerCase() === table.value.toLowerCase() ? [[token, quoteName(name)]] : [];
  });
}

export function tableNames(tables: readonly SourceTable[]): readonly string[] {
  return tables.map(({ name }) => name);
}

/** Of the tables that the SELECT names, or of all if it names none. */
export function columnNames(text: SelectText, tables: readonly SourceTable[]): readonly string[] {
  return namesIn(columnsMeant(text, tables));
}

/** Columns for custom fields are found by the names of their fields too, if one column alone is meant. */
function matchColumn(typed: string, columns: readonly SourceColumn[]): NameMatch {
  const match = matchName(typed, namesIn(columns));
  const [name, ...others] = namesIn(columns.filter(({ schema }) => schema.title === typed));
  return 'name' in match || name === undefined || others.length > 0 ? match : { name };
}

function namesIn(columns: readonly SourceColumn[]): readonly string[] {
  return [...new Set(columns.map(({ name }) => name))];
}

function columnsMeant(text: SelectText, tables: readonly SourceTable[]): readonly SourceColumn[] {
  const named = text.tokens
    .filter((token, index) => token.kind === 'word' && !isKeyword(text.tokens[index - 1], 'AS'))
    .flatMap((token) => {
      const match = matchName(token.value, tableNames(tables));
      return 'name' in match ? [match.name] : [];
    });
  const wanted = named.length > 0 ? tables.filter(({ name }) => named.includes(name)) : tables;
  return wanted.flatMap(({ columns }) => columns);
}
