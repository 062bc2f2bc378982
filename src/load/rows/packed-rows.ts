import type { ColumnType } from '../column-type.ts';
import type { Cell, Cells } from '../dialect.ts';
import { BACKSLASH, NEWLINE, TAB } from '../text/characters.ts';
import { cellText, readRows } from './row-text.ts';
import type { Rows } from './rows.ts';

/** No server takes longer pieces amiss. */
const PIECE = 256 * 1024;

/** Rows that are text already, so that neither strings nor arrays of them have to be made. */
export class PackedRows implements Rows {
  readonly length: number;
  /** See `row-text.ts`. */
  readonly bytes: Buffer;
  readonly types: readonly ColumnType[];

  /** @param length how many rows there are in `bytes` */
  constructor(bytes: Buffer, length: number, types: readonly ColumnType[]) {
    this.bytes = bytes;
    this.length = length;
    this.types = types;
  }

  cells(): readonly Cells[] {
    return readRows(this.bytes.toString(), this.types);
  }

  *text(): Generator<Buffer> {
    for (let start = 0; start < this.bytes.length; start += PIECE) yield this.bytes.subarray(start, start + PIECE);
  }

  hasNull(places: readonly number[]): boolean {
    const { bytes } = this;
    let found = false;
    this.#eachRow(places, (starts) => {
      for (const place of places) {
        const start = starts[place] ?? 0;
        // Only NULL is a backslash and a letter, and then nothing more.
        if (bytes[start] === BACKSLASH && bytes[start + 1] === CAPITAL_N) found = true;
      }
    });
    return found;
  }

  longestText(places: readonly number[]): number {
    let longest = 0;
    this.#eachRow(places, (starts) => {
      let bytes = 0;
      for (const place of places) bytes += fieldLength(starts, place);
      if (bytes > longest) longest = bytes;
    });
    return longest;
  }

  project(places: readonly number[]): Rows {
    const { bytes } = this;
    const projected = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    this.#eachRow(places, (starts) => {
      for (const place of places) {
        const start = starts[place] ?? 0;
        length += bytes.copy(projected, length, start, start + fieldLength(starts, place));
        projected[length] = TAB;
        length += 1;
      }
      projected[length - 1] = NEWLINE;
    });
    const types = places.flatMap((place) => this.types[place] ?? []);
    return new PackedRows(Buffer.from(projected.subarray(0, length)), this.length, types);
  }

  stamped(place: number, cell: Cell): Rows {
    const { bytes } = this;
    const field = Buffer.from(cellText(cell));
    const parts: Buffer[] = [];
    let copied = 0;
    this.#eachRow([place], (starts) => {
      const start = starts[place] ?? 0;
      parts.push(bytes.subarray(copied, start), field);
      copied = start + fieldLength(starts, place);
    });
    return new PackedRows(Buffer.concat([...parts, bytes.subarray(copied)]), this.length, this.types);
  }

  /** Tells where the fields of each row begin, up to the one behind the last of these; the next row overwrites it. */
  #eachRow(places: readonly number[], visit: (starts: readonly number[]) => void): void {
    const { bytes } = this;
    const last = Math.max(...places);
    const starts: number[] = [];
    let at = 0;
    for (let row = 0; row < this.length; row += 1) {
      for (let place = 0; place <= last; place += 1) {
        starts[place] = at;
        while (bytes[at] !== TAB && bytes[at] !== NEWLINE) at += 1;
        at += 1;
      }
      starts[last + 1] = at;
      visit(starts);
      if (bytes[at - 1] !== NEWLINE) at = bytes.indexOf(NEWLINE, at) + 1;
    }
  }
}

const CAPITAL_N = 0x4e;

/** Without what divides it from the next one. */
function fieldLength(starts: readonly number[], place: number): number {
  return (starts[place + 1] ?? 0) - (starts[place] ?? 0) - 1;
}
