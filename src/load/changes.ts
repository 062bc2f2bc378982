import type { ChildrenMessage, RecordMessage, TombstoneMessage } from '../message/message.ts';
import type { Cell, Cells } from './dialect.ts';
import type { RowEncoder } from './encode.ts';
import { Families } from './families.ts';
import { type KeyId, keyIdentifier } from './key.ts';
import type { Layout } from './layout.ts';
import type { Tally } from './report.ts';
import type { RowMessage } from './steps.ts';

/** What a series of rows comes to: at most one change for each key, the last one. */
export interface RowChanges {
  readonly writes: readonly Cells[];
  /** Keys of rows to remove; with the mark's value at the end where rows are marked. */
  readonly removals: readonly Cells[];
  /** Parents whose children in the table have to be compared with those that came. */
  readonly families: Families | undefined;
}

export function rowChanges(rows: readonly RowMessage[], layout: Layout, encoder: RowEncoder, tally: Tally): RowChanges {
  for (const row of rows) tally.received += row.type === 'children' ? row.records.length : 1;
  return layout.key.length === 0 ? appended(rows, encoder, tally) : lastOfEachKey(rows, layout, encoder, tally);
}

/** Without a key no row can be found again, so a tombstone has nothing to act on and is counted. */
function appended(rows: readonly RowMessage[], encoder: RowEncoder, tally: Tally): RowChanges {
  const writes: Cells[] = [];
  for (const row of rows) {
    if (row.type === 'record') writes.push(encoder.row(row));
    else if (row.type === 'children') writes.push(...childRecords(row).map((record) => encoder.row(record)));
    else tally.ignored += 1;
  }
  return { writes, removals: [], families: undefined };
}

function lastOfEachKey(rows: readonly RowMessage[], layout: Layout, encoder: RowEncoder, tally: Tally): RowChanges {
  const changes = new KeyedChanges(layout, encoder, tally);
  for (const row of rows) {
    if (row.type === 'record') changes.write(row);
    else if (row.type === 'children') changes.replace(row);
    else changes.remove(row);
  }
  return changes.result();
}

function childRecords({ stream, records, readAt }: ChildrenMessage): readonly RecordMessage[] {
  return records.map((record) => ({ type: 'record', stream, record, timeExtracted: readAt }));
}

class KeyedChanges {
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

  write(record: RecordMessage): void {
    const cells = this.#encoder.row(record);
    const id = this.#idOfRow(cells);
    this.#writes.set(id, cells);
    this.#families?.add(id, cells);
    if (this.#removals.size > 0) this.#removals.delete(id);
  }

  remove(tombstone: TombstoneMessage): void {
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

  replace(children: ChildrenMessage): void {
    if (this.#layout.deletion !== 'ignore') {
      this.#families ??= this.#familiesSoFar(children);
      for (const id of this.#families.replace(children)) this.#writes.delete(id);
    }
    for (const record of childRecords(children)) this.write(record);
  }

  result(): RowChanges {
    const writes = [...this.#writes.values()];
    return { writes, removals: [...this.#removals.values()], families: this.#families };
  }

  #familiesSoFar(example: ChildrenMessage): Families {
    const families = new Families(this.#layout, this.#encoder, example);
    for (const [id, cells] of this.#writes) families.add(id, cells);
    return families;
  }

  /** A row of the same batch is written with its mark; one that is there already is only marked. */
  #mark(id: KeyId, key: readonly Cell[], value: Cell): void {
    const { mark, target } = this.#layout;
    const written = this.#writes.get(id);
    if (mark === undefined || written === undefined) this.#removals.set(id, [...key, value]);
    else written[target.columns.indexOf(mark.column)] = value;
  }
}
