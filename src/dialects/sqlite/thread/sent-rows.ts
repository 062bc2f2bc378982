import type { ColumnType } from '../../../load/column-type.ts';
import type { Cell, Cells } from '../../../load/dialect.ts';
import { PackedRows } from '../../../load/rows/packed-rows.ts';
import { readValues } from '../../../load/rows/read-values.ts';
import type { Rows } from '../../../load/rows/rows.ts';
import { NEWLINE } from '../../../load/text/characters.ts';

/** Rows as they go to the thread: as they are, or as text (see `row-text.ts`), which only the thread makes cells of. */
export type SentRows = { readonly cells: readonly Cells[] } | SentText;

interface SentText {
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

/** The cells of all rows, one row behind the other: as parameters they need not be told apart. */
export interface RowValues {
  readonly values: readonly Cell[];
  readonly rows: number;
  /** How many cells a row has. */
  readonly width: number;
}

export function valuesOf(sent: SentRows): RowValues {
  if ('cells' in sent) return { values: sent.cells.flat(), rows: sent.cells.length, width: sent.cells[0]?.length ?? 0 };
  const values = readValues(Buffer.from(sent.text.buffer), sent.types);
  const width = sent.types.length;
  // Without cells a row is an empty line.
  return { values, rows: width === 0 ? sent.text.length : values.length / width, width };
}
