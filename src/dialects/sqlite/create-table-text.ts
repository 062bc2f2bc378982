import { quote } from './statements.ts';

/** A quoted name or text, a comment, a word, or a single other character. */
const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[\p{L}\p{N}_$]+|\s+|[\s\S]/gu;

/** Words that end the type of a column. */
const AFTER_TYPE = /^(?:CONSTRAINT|PRIMARY|NOT|NULL|UNIQUE|CHECK|DEFAULT|COLLATE|REFERENCES|GENERATED|AS)$/i;

/**
 * The text of a CREATE TABLE statement for a table of another name, with other types for some of its columns. All the
 * rest, such as constraints, defaults and collations, stays as it was written.
 */
export function retyped(text: string, name: string, types: ReadonlyMap<string, string>): string {
  const tokens: readonly string[] = text.match(TOKEN) ?? [];
  const open = tokens.indexOf('(');
  const close = tokens.lastIndexOf(')');
  const parts = splitAtCommas(tokens.slice(open + 1, close));
  const columns = parts.map((part) => withType(part, types)).join(',');
  return `CREATE TABLE ${quote(name)} (${columns}\n)${tokens.slice(close + 1).join('')}`;
}

function splitAtCommas(tokens: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function withType(part: readonly string[], types: ReadonlyMap<string, string>): string {
  const start = part.findIndex((token) => !isBlank(token));
  const type = start < 0 ? undefined : typeFor(unquote(part[start] ?? ''), types);
  if (type === undefined) return part.join('');
  const rest = part.slice(start + 1);
  const end = rest.findIndex((token) => AFTER_TYPE.test(token));
  const constraints = end < 0 ? rest.filter(isComment) : rest.slice(end);
  return `${part.slice(0, start + 1).join('')} ${type} ${constraints.join('')}`;
}

/** SQLite's names do not depend on case. */
function typeFor(column: string, types: ReadonlyMap<string, string>): string | undefined {
  const folded = column.toLowerCase();
  return [...types].find(([name]) => name.toLowerCase() === folded)?.[1];
}

function isBlank(token: string): boolean {
  return /^\s+$/.test(token) || isComment(token);
}

function isComment(token: string): boolean {
  return token.startsWith('--') || token.startsWith('/*');
}

function unquote(token: string): string {
  const mark = token.charAt(0);
  if (mark === '[') return token.slice(1, -1);
  return mark === '"' || mark === '`' || mark === "'" ? token.slice(1, -1).replaceAll(mark + mark, mark) : token;
}
