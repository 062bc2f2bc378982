import type { Database } from 'better-sqlite3';
import type { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { isKeyword, type Token } from '../grammar/token.ts';
import { nearestNames } from '../names.ts';
import { tryPrepare } from '../sqlite/try-prepare.ts';
import { suggestion } from '../suggestion.ts';
import { missingName, tokensOf } from './missing-name.ts';
import { columnNames, tableNames } from './repair-name.ts';
import type { SelectText } from './select-text.ts';
import type { SourceTable } from './source-table.ts';

/** What SQLite says against a SELECT, put as our own error at the place that it means. */
export function explainRefusal(
  database: Database,
  text: SelectText,
  complaint: string,
  tables: readonly SourceTable[],
): ConfigurationError {
  return (
    explainMissingName(text, complaint, tables) ??
    explainSyntax(database, text, complaint) ??
    explainFunction(database, text, complaint) ??
    explainAmbiguity(text, complaint) ??
    text.errorAt(text.tokens[0], 'replicate.select', { en: complaint, ja: complaint }, GENERAL_HINT)
  );
}

const GENERAL_HINT: Text = {
  en: 'A SELECT is written in the SQL of SQLite; https://sqlite.org/lang_select.html describes it.',
  ja: 'SELECT は SQLite の SQL で書きます。詳しくは https://sqlite.org/lang_select.html をご覧ください。',
};

function explainMissingName(
  text: SelectText,
  complaint: string,
  tables: readonly SourceTable[],
): ConfigurationError | undefined {
  const missing = missingName(complaint);
  if (missing === undefined) return undefined;
  const { kind, name } = missing;
  const [token] = tokensOf(text, missing);
  const known = kind === 'table' ? tableNames(tables) : columnNames(text, tables);
  const nearest = nearestNames(token?.value ?? name, known);
  const mayBeText = token !== undefined && text.source.text[token.start] === '"';
  return text.errorAt(
    token,
    `replicate.unknown-${kind}`,
    kind === 'table'
      ? { en: `there is no table ${name}`, ja: `${name} というテーブルはありません` }
      : { en: `there is no column ${name}`, ja: `${name} という列はありません` },
    nearest.length === 0 && mayBeText ? SINGLE_QUOTES_HINT : suggestion(nearest, known),
  );
}

const SINGLE_QUOTES_HINT: Text = {
  en: "If a text is meant, put it into single quotes: 'text'.",
  ja: "文字列の場合は、'文字列' のように一重引用符で囲んでください。",
};

function explainSyntax(database: Database, text: SelectText, complaint: string): ConfigurationError | undefined {
  if (complaint === 'incomplete input') {
    const incomplete: Text = { en: 'the SELECT ends too early', ja: 'SELECT が途中で終わっています' };
    return text.source.errorAt(text.source.text.length, 'replicate.syntax', incomplete, GENERAL_HINT);
  }
  const [, near] =
    /^near "(.*)": syntax error$/s.exec(complaint) ?? /^unrecognized token: "(.*)"$/s.exec(complaint) ?? [];
  if (near === undefined) return undefined;
  const token = text.tokens
    .filter((candidate) => text.printToken(candidate) === near)
    .find((candidate) => tryPrepare(database, text.sqlThrough(candidate)) === complaint);
  return text.errorAt(
    token,
    'replicate.syntax',
    { en: `${near} cannot stand here`, ja: `ここに ${near} は書けません` },
    isKeyword(token, 'CONTAINS') ? CONTAINS_HINT : GENERAL_HINT,
  );
}

const CONTAINS_HINT: Text = {
  en: "CONTAINS is not supported; write LIKE '%text%' instead.",
  ja: "CONTAINS には対応していません。代わりに LIKE '%文字列%' と書いてください。",
};

function explainFunction(database: Database, text: SelectText, complaint: string): ConfigurationError | undefined {
  const [, name] = /^no such function: (.*)$/s.exec(complaint) ?? [];
  if (name !== undefined) {
    const known = database.prepare<[], { name: string }>('SELECT DISTINCT name FROM pragma_function_list').all();
    const names = known.map((row) => row.name).filter((known) => /^[a-z]/.test(known));
    return text.errorAt(
      wordIn(text, name),
      'replicate.unknown-function',
      { en: `there is no function ${name}`, ja: `${name} という関数はありません` },
      suggestion(nearestNames(name, names), names),
    );
  }
  const [, misused] =
    /^(?:wrong number of arguments to|misuse of aggregate:?|misuse of window) function (.*?)\(?\)?$/s.exec(complaint) ??
    [];
  return misused === undefined
    ? undefined
    : text.errorAt(wordIn(text, misused), 'replicate.function', { en: complaint, ja: complaint }, GENERAL_HINT);
}

function explainAmbiguity(text: SelectText, complaint: string): ConfigurationError | undefined {
  const [, name] = /^ambiguous column name: (.*)$/s.exec(complaint) ?? [];
  if (name === undefined) return undefined;
  return text.errorAt(
    wordIn(text, name),
    'replicate.ambiguous-column',
    { en: `several tables have a column ${name}`, ja: `列 ${name} は複数のテーブルにあります` },
    {
      en: `Write the table before it, for example: Issues.${name}`,
      ja: `前にテーブル名を書いてください。例: Issues.${name}`,
    },
  );
}

function wordIn(text: SelectText, name: string): Token | undefined {
  return text.tokens.find((token) => token.kind === 'word' && token.value.toLowerCase() === name.toLowerCase());
}
