import type { ColumnType } from '../column-type.ts';
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

const EACH_ESCAPE = /\\(.)/g;
const MEANT: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0' };

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return SPECIAL.test(cell) ? escaped(cell) : cell;
  if (cell === null) return NULL_TEXT;
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell);
}

function escaped(text: string): string {
  return text.replace(EACH_SPECIAL, (character) => ESCAPES[character] ?? character);
}

/** The rows of a text without binary cells, each as the cells that it was made of. */
export function readRows(text: string, types: readonly ColumnType[]): Cell[][] {
  const readers = types.map((type) => READERS[type] ?? readText);
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line) => readLine(line, readers));
}

function readLine(line: string, readers: readonly ((text: string) => Cell)[]): Cell[] {
  const cells: Cell[] = readers.length === 0 ? [] : line.split('\t');
  for (let place = 0; place < cells.length; place += 1) {
    const text = cells[place] as string;
    cells[place] = text === NULL_TEXT ? null : (readers[place] ?? readText)(text);
  }
  return cells;
}

function readText(text: string): Cell {
  return text.includes('\\')
    ? text.replace(EACH_ESCAPE, (_, character: string) => MEANT[character] ?? character)
    : text;
}

/** Long integers are big, and decimals are text, as in the cells themselves. */
function readInteger(text: string): Cell {
  const integer = Number(text);
  return Number.isSafeInteger(integer) ? integer : BigInt(text);
}

/** Some dialects have no booleans. */
function readBoolean(text: string): Cell {
  return text.length === 1 ? Number(text) : text === 'true';
}

const READERS: Readonly<Partial<Record<ColumnType, (text: string) => Cell>>> = {
  integer: readInteger,
  number: Number,
  boolean: readBoolean,
};
