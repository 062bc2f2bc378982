import type { Cell } from '../dialect.ts';

/**
 * Rows as text in UTF-8, as both COPY and LOAD DATA read it: a line for each row, cells divided by tabs, `\N` for NULL,
 * and `\` before what has a meaning.
 *
 * https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
 * https://dev.mysql.com/doc/refman/8.4/en/load-data.html#load-data-field-line-handling
 */
export const NULL_TEXT = '\\N';

const SPECIAL = /[\\\t\n\r\0]/;
const EACH_SPECIAL = /[\\\t\n\r\0]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return SPECIAL.test(cell) ? escaped(cell) : cell;
  if (cell === null) return NULL_TEXT;
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell);
}

function escaped(text: string): string {
  return text.replace(EACH_SPECIAL, (character) => ESCAPES[character] ?? character);
}
