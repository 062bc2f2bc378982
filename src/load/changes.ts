import type { ChildrenMessage, RecordMessage, TombstoneMessage } from '../message/message.ts';
import type { Cell, Cells } from './dialect.ts';
import type { RowEncoder } from './encode.ts';
import { Families } from './families.ts';
import { type KeyId, keyIdentifier } from './key.ts';
import type { Layout } from './layout.ts';
import type { Tally } from './report.ts';
import { CellRows } from './rows/cell-rows.ts';
import type { Rows } from './rows/rows.ts';
import type { Envelope } from './text/unparsed.ts';

export type RowMessage = RecordMessage | TombstoneMessage | ChildrenMessage;

/** What a series of rows comes to: at most one change for each key, the last one. */
export interface RowChanges {
  readonly writes: Rows;
  /** Keys of rows to remove; with the mark's value at the end where rows are marked. */
  readonly removals: readonly Cells[];
  /** Parents whose children in the table have to be compared with those that came. */
  readonly families: Families | undefined;
}

/** Takes the rows of a series one by one and encodes each at once, so that nothing of the message is kept. */
export interface ChangeCollector {
  take(row: RowMessage): void;
  /** Takes the record that the encoder has scanned last; false if it must be parsed. Absent if all must be. */
  takeScanned?(envelope: Envelope): boolean;
  changes(): RowChanges;
  /** Gives its memory to others, once its changes are committed. */
  release?(): void;
}

/** A parent's children as records of their own. */
export function childRecords({ stream, records, readAt }: ChildrenMessage): readonly RecordMessage[] {
  return records.map((record) => ({ type: 'record', stream, record, timeExtracted: readAt }));
}

/** Without a key no row can be found again, so a tombstone has nothing to act on and is counted. */
export class AppendedCells implements ChangeCollector {
  readonly #encoder: RowEncoder;
  readonly #tally: Tally;
  readonly #writes: Cell[][] = [];

  constructor(encoder: RowEncoder, tally: Tally) {
    this.#encoder = encoder;
    this.#tally = tally;
  }

  take(row: RowMessage): void {
    if (row.type === 'record') this.#writes.push(this.#encoder.row(row));
    else if (row.type === 'children')
      this.#writes.push(...childRecords(row).map((record) => this.#encoder.row(record)));
    else this.#tally.ignored += 1;
  }

  /** A record that is encoded already. */
  put(cells: Cell[]): void {
    this.#writes.push(cells);
  }

  changes(): RowChanges {
    return { writes: new CellRows(this.#writes), removals: [], families: undefined };
  }
}

/** Rows of a key, cell by cell, so that any of them can be replaced, marked or taken back. */
export class KeyedCells implements ChangeCollector {
  readonly #layout: Layout;
  readonly #encoder: RowEncoder;
  readonly #tally: Tally;
  readonly #idOfRow: (cells: Cells) => KeyId;
  readonly #idOfKey: (cells: Cells) => KeyId;
  readonly #writes = new Map<KeyId, Cell[]>();
  readonly #removals = new Map<KeyId, Cell[]>();
  #families: Families | undefined;

  constructor(layout: Layout, encoder: RowEncoder, tally: Tally) {
    this.#layout = layout;
    this.#encoder = encoder;
    this.#tally = tally;
    this.#idOfRow = keyIdentifier(layout.keyPlaces);
    this.#idOfKey = keyIdentifier(layout.keyPlaces.map((_, place) => place));
  }

  take(row: RowMessage): void {
    if (row.type === 'record') this.put(this.#encoder.row(row));
    else if (row.type === 'children') this.#replace(row);
    else this.#remove(row);
  }

  /** A record that is encoded already. */
  put(cells: Cell[]): void {
    const id = this.#idOfRow(cells);
    this.#writes.set(id, cells);
    this.#families?.add(id, cells);
    if (this.#removals.size > 0) this.#removals.delete(id);
  }

  #remove(tombstone: TombstoneMessage): void {
    const key = this.#encoder.key(tombstone);
    const id = this.#idOfKey(key);
    switch (this.#layout.deletion) {
      case 'ignore':
        this.#tally.ignored += 1;
        break;
      case 'delete':
        this.#writes.delete(id);
        this.#removals.set(id, key);
        break;
      case 'mark':
        this.#mark(id, key, this.#encoder.markValue(tombstone.deletedAt));
    }
  }

  #replace(children: ChildrenMessage): void {
    const rows = childRecords(children).map((record) => this.#encoder.row(record));
    if (this.#layout.deletion !== 'ignore') {
      this.#families ??= new Families(this.#layout, this.#encoder, this.#writes);
      for (const id of this.#families.replace(children)) this.#writes.delete(id);
    }
    for (const cells of rows) this.put(cells);
  }

  changes(): RowChanges {
    const writes = new CellRows([...this.#writes.values()]);
    return { writes, removals: [...this.#removals.values()], families: this.#families };
  }

  /** A row of the same batch is written with its mark; one that is there already is only marked. */
  #mark(id: KeyId, key: readonly Cell[], value: Cell): void {
    const { mark, target } = this.#layout;
    const written = this.#writes.get(id);
    if (mark === undefined || written === undefined) this.#removals.set(id, [...key, value]);
    else written[target.columns.indexOf(mark.column)] = value;
  }
}
