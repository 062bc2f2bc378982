import type { Cell, Cells } from '../dialect.ts';
import { RowWriter } from './row-writer.ts';
import type { Rows } from './rows.ts';

/** Rows that were made cell by cell. */
export class CellRows implements Rows {
  readonly #rows: readonly Cells[];

  constructor(rows: readonly Cells[]) {
    this.#rows = rows;
  }

  get length(): number {
    return this.#rows.length;
  }

  cells(): readonly Cells[] {
    return this.#rows;
  }

  *text(): Generator<Buffer> {
    for (let start = 0; start < this.length; start += ROWS_AT_ONCE) {
      const writer = new RowWriter();
      for (const cells of this.#rows.slice(start, start + ROWS_AT_ONCE)) writer.row(cells);
      yield* writer.rows([]).text();
    }
  }

  hasNull(places: readonly number[]): boolean {
    return this.#rows.some((cells) => places.some((place) => cells[place] === null));
  }

  longestText(places: readonly number[]): number {
    return this.#rows.reduce((longest, cells) => Math.max(longest, textBytes(cells, places)), 0);
  }

  project(places: readonly number[]): Rows {
    return new CellRows(this.#rows.map((cells) => places.map((place) => cells[place] ?? null)));
  }

  stamped(place: number, cell: Cell): Rows {
    return new CellRows(this.#rows.map((cells) => cells.with(place, cell)));
  }
}

/** So that the text of many rows is never there at once. */
const ROWS_AT_ONCE = 500;

function textBytes(cells: Cells, places: readonly number[]): number {
  let bytes = 0;
  for (const place of places) {
    const cell = cells[place];
    if (typeof cell === 'string') bytes += Buffer.byteLength(cell);
  }
  return bytes;
}
