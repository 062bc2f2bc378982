import { AppendedCells, type ChangeCollector, KeyedCells, type RowChanges, type RowMessage } from './changes.ts';
import type { ColumnType } from './column-type.ts';
import type { Cell } from './dialect.ts';
import type { RowEncoder } from './encode.ts';
import type { Layout } from './layout.ts';
import type { Tally } from './report.ts';
import { RowWriter } from './rows/row-writer.ts';
import type { SpareBuffers } from './rows/spare-buffers.ts';
import type { Envelope } from './text/unparsed.ts';

/** Bytes have no form in a row's text that every dialect reads. */
export function collectChanges(
  layout: Layout,
  encoder: RowEncoder,
  tally: Tally,
  spare: SpareBuffers,
): ChangeCollector {
  const isPacked = layout.columns.every(({ type }) => type !== 'binary');
  return isPacked ? new PackedChanges(layout, encoder, tally, spare) : collectCells(layout, encoder, tally);
}

function collectCells(layout: Layout, encoder: RowEncoder, tally: Tally): AppendedCells | KeyedCells {
  return layout.key.length === 0 ? new AppendedCells(encoder, tally) : new KeyedCells(layout, encoder, tally);
}

/** Rows as text, as long as nothing but records comes; then what there is becomes cells, and all that follows. */
class PackedChanges implements ChangeCollector {
  readonly #layout: Layout;
  readonly #encoder: RowEncoder;
  readonly #tally: Tally;
  readonly #types: readonly ColumnType[];
  readonly #writer: RowWriter;
  readonly #rowOf = new Map<number | string, number>();
  #cells: AppendedCells | KeyedCells | undefined;

  constructor(layout: Layout, encoder: RowEncoder, tally: Tally, spare: SpareBuffers) {
    this.#layout = layout;
    this.#encoder = encoder;
    this.#tally = tally;
    this.#writer = new RowWriter(spare);
    this.#types = layout.columns.map(({ type }) => type);
  }

  take(message: RowMessage): void {
    if (this.#cells === undefined && message.type === 'record') {
      for (const cell of this.#encoder.row(message)) this.#writer.cell(cell);
      this.#endRow();
      return;
    }
    this.#cells ??= this.#unpacked();
    this.#cells.take(message);
  }

  takeScanned(envelope: Envelope): boolean {
    if (this.#cells !== undefined) return false;
    if (!this.#encoder.writeScanned(envelope, this.#writer)) {
      this.#writer.cancelRow();
      return false;
    }
    this.#endRow();
    return true;
  }

  changes(): RowChanges {
    if (this.#cells !== undefined) return this.#cells.changes();
    return { writes: this.#writer.rows(this.#types), removals: [], families: undefined };
  }

  release(): void {
    this.#writer.release();
  }

  /** Of rows with one key only the last one counts. */
  #endRow(): void {
    const row = this.#writer.endRow();
    if (this.#layout.key.length === 0) return;
    const id = this.#idOfLast();
    const before = this.#rowOf.get(id);
    if (before !== undefined) this.#writer.drop(before);
    this.#rowOf.set(id, row);
  }

  /** Fields hold no tabs, and short integers are never texts in the same column as longer ones. */
  #idOfLast(): number | string {
    const places = this.#layout.keyPlaces;
    const [first = 0] = places;
    if (places.length > 1) return places.map((place) => this.#writer.lastText(place)).join('\t');
    const integer = this.#types[first] === 'integer' ? this.#writer.lastInteger(first) : undefined;
    return integer ?? this.#writer.lastText(first);
  }

  #unpacked(): AppendedCells | KeyedCells {
    const cells = collectCells(this.#layout, this.#encoder, this.#tally);
    for (const row of this.#writer.rows(this.#types).cells()) cells.put(row as Cell[]);
    return cells;
  }
}
