import {
  ALL_ROWS,
  type Cell,
  type Cells,
  type Facts,
  type Selection,
  type Transaction,
  type Within,
  type WriteTarget,
} from './dialect.ts';
import type { Layout } from './layout.ts';
import {
  allColumns,
  BOOK_COLUMNS,
  bookTable,
  ensure,
  formerKeysOf,
  keyText,
  readingTable,
  versionOf,
} from './reading-tables.ts';
import type { Tally } from './report.ts';
import { CellRows } from './rows/cell-rows.ts';
import type { Rows } from './rows/rows.ts';
import { displayName, type TableName } from './table.ts';

/** The metadata column that tells a row's version. */
const VERSION_COLUMN = '_sdc_table_version';

/**
 * The versions of one table (ACTIVATE_VERSION), within one transaction. While a version is being read, the keys of its
 * rows, or the rows themselves if they have no key, are kept in a table beside it; when it is activated, what is not
 * among them goes. Both, and which version is active, outlive the run: a reading may be finished by a later one, and
 * rows that an earlier one wrote are proof enough (invariants 5 and 6).
 */
export class TableReading {
  readonly #transaction: Transaction;
  readonly #layout: Layout;
  readonly #book: WriteTarget;
  readonly #kept: WriteTarget;
  readonly #sweepValue: Cell;
  #active: number | undefined;
  #reading: number | undefined;
  /** The version that every row of the table tells, but for rows that somebody else put there. */
  #stamped: number | undefined;
  /** The key by which rows of the version being read are kept. */
  #keptBy = keyText([]);
  /** Keys by which rows were kept before, until their tables are dropped. */
  #formerKeys: ReadonlySet<string> = new Set();
  readonly #facts: Facts;
  /** The version of which it is no longer known what was read of it. */
  #unproven: number | undefined;
  /** The version of which some parts are active, and which need not become so as a whole. */
  #parted: number | undefined;

  private constructor(transaction: Transaction, layout: Layout, facts: Facts, sweepValue: Cell) {
    this.#transaction = transaction;
    this.#layout = layout;
    this.#sweepValue = sweepValue;
    this.#book = allColumns(
      bookTable(layout.table),
      BOOK_COLUMNS.map(({ name }) => name),
      ['table_name'],
    );
    const columns = layout.key.length > 0 ? layout.key : layout.target.columns;
    this.#facts = facts;
    this.#kept = allColumns(readingTable(layout.table, keyText(layout.key), facts), columns, layout.key);
  }

  /** Makes the tables that these versions need. `sweepValue` marks rows that are gone, where rows are marked. */
  static async open(
    transaction: Transaction,
    layout: Layout,
    facts: Facts,
    sweepValue: Cell,
    versions: readonly number[],
  ): Promise<TableReading> {
    const reading = new TableReading(transaction, layout, facts, sweepValue);
    await ensure(transaction, reading.#book, BOOK_COLUMNS);
    await reading.#load();
    if (reading.#reading === undefined && versions.every((version) => version === reading.#active)) return reading;
    const types = new Map(layout.columns.map((column) => [column.name, column]));
    await ensure(
      transaction,
      reading.#kept,
      reading.#kept.columns.flatMap((name) => types.get(name) ?? []),
    );
    return reading;
  }

  /**
   * What was kept under another key tells nothing about rows of this one. Rows that waited are written, and when the
   * version is activated nothing is removed, as there is no proof (invariant 5).
   */
  async #followKey(): Promise<void> {
    const { table, key } = this.#layout;
    if (this.#reading === undefined || this.#keptBy === keyText(key)) return;
    this.#unproven = this.#reading;
    if (this.#keptBy === keyText([])) await this.#writeWaiting(readingTable(table, keyText([]), this.#facts));
    await this.#save();
  }

  async #writeWaiting(waiting: TableName): Promise<void> {
    const actual = await this.#transaction.describe(waiting);
    const columns = actual?.columns.map(({ name }) => name) ?? [];
    await this.#transaction.move(waiting, this.#layout.table, columns);
    await this.#transaction.sweep(waiting, ALL_ROWS, undefined);
  }

  /** Comes before the first rows: those that are written without a version look like those of somebody else. */
  async begin(): Promise<void> {
    await this.#followKey();
    if (this.#stamped === undefined || this.#tellsVersions()) return;
    this.#stamped = undefined;
    await this.#save();
  }

  /** Whether rows of this version are part of a reading that is not active yet. Starts it if need be. */
  async covers(version: number | undefined): Promise<boolean> {
    if (version === undefined || version === this.#active) return false;
    if (version === this.#reading) return true;
    await this.#transaction.sweep(this.#kept.table, ALL_ROWS, undefined);
    this.#reading = version;
    await this.#save();
    return true;
  }

  /** Keeps rows without a key until their version is active: readers see the old ones or the new ones (invariant 6). */
  async stage(rows: Rows): Promise<void> {
    await this.#transaction.append(this.#kept, rows);
  }

  async keep(rows: Rows): Promise<void> {
    await this.#transaction.upsert(this.#kept, rows.project(this.#layout.keyPlaces));
  }

  /** Rows of these parents belong to the version as they are. */
  async keepUnder(version: number, columns: readonly string[], parents: readonly Cells[]): Promise<void> {
    const { table, key } = this.#layout;
    if (key.length === 0 || !(await this.covers(version))) return;
    const keys = await this.#transaction.keysUnder(table, key, columns, parents);
    await this.#transaction.upsert(this.#kept, new CellRows(keys));
  }

  /** The version goes on for other parts. Without a key nothing can be told apart: its rows are only added. */
  async activatePart(version: number, within: Within, tally: Tally): Promise<void> {
    const { table, target, key } = this.#layout;
    if (!(await this.covers(version))) return;
    const gone: Selection = { kind: 'unlisted', list: this.#kept.table, key, within };
    if (key.length === 0) tally.inserted += await this.#transaction.move(this.#kept.table, table, target.columns);
    else if (version !== this.#unproven) tally.deleted += await this.#transaction.sweep(table, gone, this.#sweepMark());
    if (this.#parted === version) return;
    this.#parted = version;
    await this.#save();
  }

  async activate(version: number, tally: Tally): Promise<void> {
    if (version === this.#active) {
      await this.#dropOlder(version, tally);
      return;
    }
    const { table, target, key } = this.#layout;
    const read = version === this.#reading;
    const gone: Selection = read && key.length > 0 ? { kind: 'unlisted', list: this.#kept.table, key } : ALL_ROWS;
    if (version !== this.#unproven) tally.deleted += await this.#transaction.sweep(table, gone, this.#sweepMark());
    if (read && key.length === 0) {
      tally.inserted += await this.#transaction.move(this.#kept.table, table, target.columns);
    }
    await this.#close(version);
  }

  /**
   * Rows of a version before the active one are gone when the active one is named again, and so are rows of no version,
   * where each row tells its own: somebody else put them there.
   */
  async #dropOlder(active: number, tally: Tally): Promise<void> {
    const { table, key } = this.#layout;
    tally.deleted += await this.#dropForeign();
    if (this.#reading === undefined || this.#reading > active) return;
    const older: Selection = { kind: 'listed', list: this.#kept.table, key };
    if (key.length > 0) tally.deleted += await this.#transaction.sweep(table, older, this.#sweepMark());
    await this.#close(active);
  }

  async #dropForeign(): Promise<number> {
    const { table, key, mark } = this.#layout;
    if (this.#stamped !== this.#active || key.length === 0) return 0;
    const keys = await this.#transaction.keysUnder(table, key, [VERSION_COLUMN], [[null]]);
    if (mark === undefined) return this.#transaction.remove(table, key, keys);
    const rows = keys.map((cells) => [...cells, this.#sweepValue]);
    return this.#transaction.mark(table, key, mark, rows);
  }

  #tellsVersions(): boolean {
    return this.#layout.metadata.some(({ source }) => source === 'version');
  }

  /** What is left when a version becomes active is of that version, also rows that came before they had any. */
  async #close(active: number): Promise<void> {
    await this.#transaction.sweep(this.#kept.table, ALL_ROWS, undefined);
    if (this.#tellsVersions()) await this.#stamp(active);
    this.#active = active;
    this.#reading = undefined;
    this.#unproven = undefined;
    this.#parted = undefined;
    await this.#save();
  }

  async #stamp(version: number): Promise<void> {
    const stamp = { column: VERSION_COLUMN, unset: null, value: version };
    await this.#transaction.sweep(this.#layout.table, ALL_ROWS, stamp);
    this.#stamped = version;
  }

  #sweepMark() {
    const { mark } = this.#layout;
    return mark === undefined || this.#layout.replaced ? undefined : { ...mark, value: this.#sweepValue };
  }

  async #load(): Promise<void> {
    const rows = await this.#transaction.read(this.#book.table, this.#book.columns);
    const row = rows?.find(({ table_name }) => table_name === displayName(this.#layout.table));
    this.#active = versionOf(row?.active_version);
    this.#reading = versionOf(row?.reading_version);
    this.#stamped = versionOf(row?.stamped_version);
    this.#unproven = versionOf(row?.unproven_version);
    this.#parted = versionOf(row?.parted_version);
    this.#keptBy = typeof row?.reading_key === 'string' ? row.reading_key : keyText(this.#layout.key);
    this.#formerKeys = formerKeysOf(row);
  }

  async #save(): Promise<void> {
    const key = keyText(this.#layout.key);
    this.#formerKeys = new Set([...this.#formerKeys, this.#keptBy].filter((former) => former !== key));
    this.#keptBy = key;
    const versions = [this.#active, this.#reading, this.#stamped, this.#unproven, this.#parted];
    const keys = [key, JSON.stringify([...this.#formerKeys])];
    const row = [displayName(this.#layout.table), ...versions.map((version) => version ?? null), ...keys];
    await this.#transaction.upsert(this.#book, new CellRows([row]));
  }
}
