import { isKeyword, isSymbol, type Token } from '../grammar/token.ts';

/** A token, and what stands in its place. */
export type Replacement = readonly [Token, string];

/** Our instants are ISO 8601 in UTC, and texts compare letter by letter: `datetime()` would put a blank for the T. */
const ISO_INSTANT = "'%Y-%m-%dT%H:%M:%SZ'";

const SQL_INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/;

const CURRENT: Readonly<Record<string, string>> = { CURRENT_TIMESTAMP: 'GETDATE()', CURRENT_DATE: 'CURDATE()' };

const DATE_PART_FUNCTIONS = ['DATEPART', 'DATEADD', 'DATEDIFF'];

/** What must be replaced for the token at `index`, if anything. */
export function translateExpression(tokens: readonly Token[], index: number): readonly Replacement[] {
  const token = tokens[index];
  if (token?.kind === 'string') return translateString(token);
  if (token?.kind !== 'word' || token.quoted) return [];
  const current = CURRENT[token.value.toUpperCase()];
  if (current !== undefined) return [[token, current]];
  return isSymbol(tokens[index + 1], '(') ? translateCall(tokens, token, index) : [];
}

/** `'2024-01-31 09:00:00'` is an instant in UTC. */
function translateString(token: Token): readonly Replacement[] {
  const [, date, time] = SQL_INSTANT.exec(token.value) ?? [];
  return date === undefined ? [] : [[token, `'${date}T${time}Z'`]];
}

function translateCall(tokens: readonly Token[], name: Token, index: number): readonly Replacement[] {
  if (isKeyword(name, 'ISNULL')) return [[name, 'IFNULL']];
  if (isKeyword(name, 'DATETIME')) return asInstant(tokens, name, index);
  if (isKeyword(name, 'CAST')) return translateCast(tokens, name, index);
  return DATE_PART_FUNCTIONS.some((keyword) => isKeyword(name, keyword)) ? translateDatePart(tokens, index) : [];
}

/** `DATEPART(year, …)`: the part is a word of its own there, and a text here. */
function translateDatePart(tokens: readonly Token[], index: number): readonly Replacement[] {
  const part = tokens[index + 2];
  return part?.kind === 'word' && isSymbol(tokens[index + 3], ',')
    ? [[part, `'${part.value.replaceAll("'", "''")}'`]]
    : [];
}

/** `DATETIME(…)` becomes `strftime(format, …)`. */
function asInstant(tokens: readonly Token[], name: Token, index: number): readonly Replacement[] {
  const opening = tokens[index + 1];
  const separator = isSymbol(tokens[index + 2], ')') ? '' : ', ';
  return opening
    ? [
        [name, 'strftime'],
        [opening, `(${ISO_INSTANT}${separator}`],
      ]
    : [];
}

/** SQLite has no type for dates: it would take `CAST(Updated AS DATE)` for the number of the year. */
function translateCast(tokens: readonly Token[], name: Token, index: number): readonly Replacement[] {
  const as = indexOfAs(tokens, index + 2);
  const [keyword, type, closing] = tokens.slice(as, as + 3);
  if (!keyword || !type || !isSymbol(closing, ')')) return [];
  const removed: readonly Replacement[] = [
    [keyword, ''],
    [type, ''],
  ];
  if (isKeyword(type, 'DATE')) return [[name, 'date'], ...removed];
  const isInstant = ['DATETIME', 'DATETIME2', 'TIMESTAMP'].some((word) => isKeyword(type, word));
  return isInstant ? [...asInstant(tokens, name, index), ...removed] : [];
}

/** Of the AS that belongs to the CAST, past any brackets. */
function indexOfAs(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length && depth >= 0; index++) {
    const token = tokens[index];
    if (depth === 0 && isKeyword(token, 'AS')) return index;
    if (isSymbol(token, '(')) depth++;
    if (isSymbol(token, ')')) depth--;
  }
  return tokens.length;
}
