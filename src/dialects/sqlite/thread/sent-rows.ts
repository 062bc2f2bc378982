import type { ColumnType } from '../../../load/column-type.ts';
import type { Cells } from '../../../load/dialect.ts';
import { PackedRows } from '../../../load/rows/packed-rows.ts';
import { readRows } from '../../../load/rows/row-text.ts';
import type { Rows } from '../../../load/rows/rows.ts';
import { NEWLINE } from '../../../load/text/characters.ts';

/** Rows as they go to the thread: as they are, or as text (see `row-text.ts`), which only the thread makes cells of. */
export type SentRows = { readonly cells: readonly Cells[] } | PackedText;

interface PackedText {
  readonly text: Uint8Array<ArrayBuffer>;
  readonly types: readonly ColumnType[];
}

/** What crosses at once: the thread begins with it while the rest is on its way, and holds little of it as cells. */
const PORTION_BYTES = 64 * 1024;
const PORTION_ROWS = 200;

export function* portionsOf(rows: Rows): Generator<SentRows> {
  if (rows instanceof PackedRows) {
    const { bytes, types } = rows.packed;
    for (const text of portionsOfText(bytes)) yield { text, types };
    return;
  }
  const cells = rows.cells();
  for (let start = 0; start < cells.length; start += PORTION_ROWS) {
    yield { cells: cells.slice(start, start + PORTION_ROWS) };
  }
}

/** Copies, as the thread takes what it is sent, and cuts only between rows. */
function* portionsOfText(bytes: Buffer): Generator<Uint8Array<ArrayBuffer>> {
  for (let start = 0; start < bytes.length; ) {
    const last = bytes.indexOf(NEWLINE, start + PORTION_BYTES);
    const end = last < 0 ? bytes.length : last + 1;
    yield new Uint8Array(bytes.subarray(start, end));
    start = end;
  }
}

/** What is handed over instead of copied. */
export function transferOf(rows: SentRows): readonly ArrayBuffer[] {
  return 'text' in rows ? [rows.text.buffer] : [];
}

export function cellsOf(rows: SentRows): readonly Cells[] {
  return 'cells' in rows ? rows.cells : readRows(Buffer.from(rows.text.buffer).toString(), rows.types);
}
