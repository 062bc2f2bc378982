import type { ColumnType } from '../column-type.ts';
import type { Cell, Cells } from '../dialect.ts';
import { NEWLINE, TAB } from '../text/characters.ts';
import { readValues } from './read-values.ts';
import { cellText } from './row-text.ts';
import type { Rows } from './rows.ts';

/** No server takes longer pieces amiss. */
const PIECE = 256 * 1024;

/** Rows as text, and what is known of them without reading it. */
export interface PackedText {
  /** See `row-text.ts`. */
  readonly bytes: Buffer;
  /** How many rows there are. */
  readonly length: number;
  readonly types: readonly ColumnType[];
  /** Whether a cell may be null, by place. */
  readonly nulls: readonly (boolean | undefined)[];
  /** The bytes of the longest cell, by place. */
  readonly longest: readonly (number | undefined)[];
}

/** Rows that are text already, so that neither strings nor arrays of them have to be made. */
export class PackedRows implements Rows {
  readonly packed: PackedText;

  constructor(packed: PackedText) {
    this.packed = packed;
  }

  get length(): number {
    return this.packed.length;
  }

  cells(): readonly Cells[] {
    const { bytes, types } = this.packed;
    const values = readValues(bytes, types);
    return Array.from({ length: this.length }, (_, row) => values.slice(row * types.length, (row + 1) * types.length));
  }

  *text(): Generator<Buffer> {
    const { bytes } = this.packed;
    for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
  }

  hasNull(places: readonly number[]): boolean {
    return places.some((place) => this.packed.nulls[place] === true);
  }

  longestText(places: readonly number[]): number {
    return places.reduce((bytes, place) => bytes + (this.packed.longest[place] ?? 0), 0);
  }

  project(places: readonly number[]): Rows {
    const { bytes } = this.packed;
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
    const { types, nulls, longest } = this.packed;
    return new PackedRows({
      bytes: Buffer.from(projected.subarray(0, length)),
      length: this.length,
      types: places.flatMap((place) => types[place] ?? []),
      nulls: places.map((place) => nulls[place]),
      longest: places.map((place) => longest[place]),
    });
  }

  stamped(place: number, cell: Cell): Rows {
    const { bytes } = this.packed;
    const field = Buffer.from(cellText(cell));
    const parts: Buffer[] = [];
    let copied = 0;
    this.#eachRow([place], (starts) => {
      const start = starts[place] ?? 0;
      parts.push(bytes.subarray(copied, start), field);
      copied = start + fieldLength(starts, place);
    });
    const { nulls, longest } = this.packed;
    return new PackedRows({
      ...this.packed,
      bytes: Buffer.concat([...parts, bytes.subarray(copied)]),
      nulls: Object.assign([...nulls], { [place]: cell === null }),
      longest: Object.assign([...longest], { [place]: field.length }),
    });
  }

  /** Tells where the fields of each row begin, up to the one behind the last of these; the next row overwrites it. */
  #eachRow(places: readonly number[], visit: (starts: readonly number[]) => void): void {
    const { bytes } = this.packed;
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

/** Without what divides it from the next one. */
function fieldLength(starts: readonly number[], place: number): number {
  return (starts[place + 1] ?? 0) - (starts[place] ?? 0) - 1;
}
