import type { ColumnType } from '../column-type.ts';
import type { Cell, Cells } from '../dialect.ts';
import { BACKSLASH, MINUS, NEWLINE, TAB, ZERO } from '../text/characters.ts';
import { PackedRows } from './packed-rows.ts';
import { cellText } from './row-text.ts';
import { SpareBuffers } from './spare-buffers.ts';

/** Shorter texts are copied faster by a loop than by a call. */
const SHORT = 48;
/** A double keeps every integer of so many digits. */
const MOST_DIGITS = 15;
const NOTHING = Buffer.alloc(0);

/** Writes rows as text (see `row-text.ts`), cell by cell from left to right. */
export class RowWriter {
  readonly #spare: SpareBuffers;
  #bytes: Buffer;
  #length = 0;
  readonly #ends: number[] = [];
  readonly #dropped = new Set<number>();
  /** Where the fields of the row that is being written, or was last, begin. */
  readonly #starts: number[] = [];
  #place = 0;
  /** By place: whether any cell is null, and how many bytes the longest one takes. */
  readonly #nulls: boolean[] = [];
  readonly #longest: number[] = [];

  constructor(spare = new SpareBuffers()) {
    this.#spare = spare;
    this.#bytes = spare.take();
  }

  /** How many bytes the rows take so far. */
  get length(): number {
    return this.#length;
  }

  /** A cell that is text of a message as it stands, without any character that has a meaning in rows. */
  copy(source: Buffer, start: number, end: number): void {
    let at = this.#beginCell(end - start);
    const bytes = this.#bytes;
    if (end - start > SHORT) at += source.copy(bytes, at, start, end);
    else for (let from = start; from < end; from += 1) bytes[at++] = source[from] as number;
    this.#endCell(at);
  }

  /** The same, but with backslashes. */
  copyEscaping(source: Buffer, start: number, end: number): void {
    let at = this.#beginCell(2 * (end - start));
    const bytes = this.#bytes;
    for (let from = start; from < end; from += 1) {
      const byte = source[from] as number;
      if (byte === BACKSLASH) bytes[at++] = BACKSLASH;
      bytes[at++] = byte;
    }
    this.#endCell(at);
  }

  cell(cell: Cell): void {
    const text = cellText(cell);
    if (cell === null) this.#nulls[this.#place] = true;
    let at = this.#beginCell(text.length > SHORT ? Buffer.byteLength(text) : 3 * text.length);
    at += this.#bytes.write(text, at);
    this.#endCell(at);
  }

  /** Tells the number of the row, from 0 on. */
  endRow(): number {
    if (this.#place === 0) this.copy(NOTHING, 0, 0);
    this.#bytes[this.#length - 1] = NEWLINE;
    this.#starts[this.#place] = this.#length;
    this.#place = 0;
    return this.#ends.push(this.#length) - 1;
  }

  row(cells: Cells): number {
    for (const cell of cells) this.cell(cell);
    return this.endRow();
  }

  /** What was written since the last row ended. */
  cancelRow(): void {
    this.#length = this.#ends.at(-1) ?? 0;
    this.#place = 0;
  }

  drop(row: number): void {
    this.#dropped.add(row);
  }

  /** A cell of the row that ended last, as it stands there; each byte is a character. */
  lastText(place: number): string {
    return this.#bytes.toString('latin1', this.#starts[place], (this.#starts[place + 1] ?? 0) - 1);
  }

  /** The same, of an integer; undefined if it is null or too long for a double to tell it from others. */
  lastInteger(place: number): number | undefined {
    const start = this.#starts[place] ?? 0;
    const end = (this.#starts[place + 1] ?? 0) - 1;
    const isNegative = this.#bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    if (end - first > MOST_DIGITS || this.#bytes[first] === BACKSLASH) return undefined;
    let integer = 0;
    for (let at = first; at < end; at += 1) integer = integer * 10 + ((this.#bytes[at] ?? 0) - ZERO);
    return isNegative ? -integer : integer;
  }

  /** The rows so far but for those that were dropped. */
  rows(types: readonly ColumnType[]): PackedRows {
    const text = this.#dropped.size === 0 ? this.#bytes.subarray(0, this.#length) : Buffer.concat(this.#kept());
    const length = this.#ends.length - this.#dropped.size;
    return new PackedRows({ bytes: text, length, types, nulls: [...this.#nulls], longest: [...this.#longest] });
  }

  /** Gives its memory to others; none of its rows may be used any more. */
  release(): void {
    this.#spare.give(this.#bytes);
  }

  #kept(): readonly Buffer[] {
    return this.#ends.flatMap((end, row) =>
      this.#dropped.has(row) ? [] : this.#bytes.subarray(this.#ends[row - 1] ?? 0, end),
    );
  }

  /** Makes room for a cell and what comes behind it, and tells where it begins. */
  #beginCell(length: number): number {
    const needed = this.#length + length + 1;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#starts[this.#place++] = this.#length;
    return this.#length;
  }

  #endCell(end: number): void {
    this.#bytes[end] = TAB;
    const length = end - this.#length;
    const place = this.#place - 1;
    if (length > (this.#longest[place] ?? 0)) this.#longest[place] = length;
    this.#length = end + 1;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
