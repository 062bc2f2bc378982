import type { Cell, Cells } from '../../load/dialect.ts';

/** How `loadData` writes fields and lines; see the LOAD DATA statement. */
export const LOAD_DATA_FORMAT =
  "CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'";

/** In bytes; less than any server's `max_allowed_packet` is in practice. */
const PIECE = 256 * 1024;

const SPECIAL = /[\\\t\n\0]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\0': '\\0' };

/** Rows without binary cells as a file for LOAD DATA, in pieces. The driver takes nothing but buffers. */
export function* loadData(rows: readonly Cells[]): Generator<Buffer> {
  let text = '';
  for (const cells of rows) {
    text += line(cells);
    if (text.length < PIECE / 4) continue;
    yield* pieces(text);
    text = '';
  }
  yield* pieces(text);
}

function* pieces(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

function line(cells: Cells): string {
  let text = field(cells[0] ?? null);
  for (let place = 1; place < cells.length; place += 1) text += `\t${field(cells[place] ?? null)}`;
  return `${text}\n`;
}

function field(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell !== 'string') return String(cell);
  return SPECIAL.test(cell) ? cell.replace(/[\\\t\n\0]/g, (character) => ESCAPES[character] ?? '') : cell;
}
