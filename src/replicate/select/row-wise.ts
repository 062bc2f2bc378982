import { isKeyword, isSymbol, type Token } from '../grammar/token.ts';
import type { Program } from './program.ts';

/** With any of these, a row of the result may depend on several rows, or a row may count twice or only sometimes. */
const SEVERAL_ROWS = [
  ...['DISTINCT', 'GROUP', 'HAVING', 'LIMIT', 'OFFSET', 'TOP', 'OVER', 'WITH', 'JOIN'],
  ...['UNION', 'INTERSECT', 'EXCEPT'],
];

/** Another answer at another time: rows that arrived earlier would have to be looked at again. */
const TIME_DEPENDENT = [
  ...['GETDATE', 'GETUTCDATE', 'NOW', 'SYSDATETIME', 'CURDATE', 'RANDOM', 'RANDOMBLOB'],
  ...['CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_TIMESTAMP'],
];

const DATE_FUNCTIONS = ['DATE', 'TIME', 'DATETIME', 'JULIANDAY', 'UNIXEPOCH', 'STRFTIME'];

const AGGREGATING = /^(?:Agg.*|Count|VOpen|OpenDup|InitCoroutine|DecrJumpZero)$/;

/**
 * Whether each row of one table becomes one row of the result or none, whatever the others are. Both the words and the
 * program that SQLite made of them must say so; a word in doubt says no, which costs requests but no rows.
 */
export function isRowWise(tokens: readonly Token[], { operations, tables }: Program): boolean {
  const selects = tokens.filter((token) => isKeyword(token, 'SELECT')).length;
  const words = [...SEVERAL_ROWS, ...TIME_DEPENDENT];
  return (
    selects === 1 &&
    tables.size === 1 &&
    !tokens.some((token) => words.some((word) => isKeyword(token, word))) &&
    !tokens.some((_, index) => readsTheClock(tokens, index)) &&
    !operations.some(({ opcode }) => AGGREGATING.test(opcode))
  );
}

/** `DATE('now')`, or `DATE()` and `STRFTIME('%Y')`, which mean the same. */
function readsTheClock(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind === 'string') return token.value.toLowerCase() === 'now';
  return (
    DATE_FUNCTIONS.some((name) => isKeyword(token, name)) &&
    isSymbol(tokens[index + 1], '(') &&
    isSymbol(tokens[index + (isKeyword(token, 'STRFTIME') ? 3 : 2)], ')')
  );
}
