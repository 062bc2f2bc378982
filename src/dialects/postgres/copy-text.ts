import type { Cell, Cells } from '../../load/dialect.ts';

/** About how much goes to the server at once. */
const CHUNK_LENGTH = 256 * 1024;

const SPECIAL = /[\\\n\r\t]/;
const EACH_SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Rows in the text format of COPY. https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2 */
export function* copyText(rows: readonly Cells[]): Generator<string> {
  let chunk = '';
  for (const cells of rows) {
    chunk += copyLine(cells);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function copyLine(cells: Cells): string {
  let line = '';
  let separator = '';
  for (const cell of cells) {
    line += separator + copyCell(cell);
    separator = '\t';
  }
  return `${line}\n`;
}

function copyCell(cell: Cell): string {
  if (typeof cell === 'string') return SPECIAL.test(cell) ? escaped(cell) : cell;
  if (cell === null) return '\\N';
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell);
}

function escaped(text: string): string {
  return text.replace(EACH_SPECIAL, (character) => ESCAPES[character] ?? character);
}
