import { isKeyword, isSymbol, type Token } from '../grammar/token.ts';
import type { SelectText } from './select-text.ts';

export interface MissingName {
  readonly kind: 'table' | 'column';
  /** As SQLite repeats it: perhaps with what qualifies it, and dots between. */
  readonly name: string;
}

const TABLE = /^no such table: (.*)$/s;
const COLUMN = /^no such column: (.*?)(?: - should this be a string literal in single-quotes\?)?$/s;

/** What SQLite does not find, if that is its complaint. */
export function missingName(complaint: string): MissingName | undefined {
  const [, table] = TABLE.exec(complaint) ?? [];
  if (table !== undefined) return { kind: 'table', name: table };
  const [, column] = COLUMN.exec(complaint) ?? [];
  return column === undefined ? undefined : { kind: 'column', name: column.replace(/^"(.*)"$/s, '$1') };
}

/** The tokens that stand for the missing name itself, not for its qualifier or for an alias. */
export function tokensOf(text: SelectText, { name }: MissingName): readonly Token[] {
  const { tokens } = text;
  return tokens.filter((token, index) => {
    if (token.kind !== 'word' || isKeyword(tokens[index - 1], 'AS')) return false;
    const qualifier = qualifierOf(tokens, index);
    return token.value === name || (qualifier !== undefined && `${text.nameOf(qualifier)}.${token.value}` === name);
  });
}

export function qualifierOf(tokens: readonly Token[], index: number): Token | undefined {
  return isSymbol(tokens[index - 1], '.') ? tokens[index - 2] : undefined;
}
