import type { Statement } from 'better-sqlite3';
import type {
  Cell,
  Cells,
  Mark,
  MarkWith,
  Selection,
  Transaction,
  WriteCounts,
  WriteTarget,
} from '../../load/dialect.ts';
import type { Change, Plan } from '../../load/evolution.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { ActualTable, TableName } from '../../load/table.ts';
import { displayName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { Connection } from './driver.ts';
import { describeTable, readRows } from './introspect.ts';
import { rebuild, type Widening } from './rebuild.ts';
import { refusedKey, refusedRow } from './sqlite-errors.ts';
import * as text from './statements.ts';

type Prepared = Statement<unknown[]>;

/** More are no faster. With as many columns as a table can have they stay below the limit of parameters. */
const ROWS_AT_ONCE = 10;

/** How many rows an upsert has changed, as against inserted: the database tells each by calling a function of ours. */
export interface UpdateCounter {
  count: number;
}

/** Runs on the one connection of its session, which has begun the transaction and will end it. */
export class SqliteTransaction implements Transaction {
  readonly #connection: Connection;
  readonly #statements: Map<string, Prepared>;
  readonly #updates: UpdateCounter;

  constructor(connection: Connection, statements: Map<string, Prepared>, updates: UpdateCounter) {
    this.#connection = connection;
    this.#statements = statements;
    this.#updates = updates;
  }

  async attempt(part: () => Promise<void>): Promise<void> {
    this.#connection.exec('SAVEPOINT part');
    try {
      await part();
    } catch (error) {
      const refused = refusedRow(error);
      if (refused === undefined) throw error;
      this.#connection.exec('ROLLBACK TO part; RELEASE part');
      throw refused;
    }
    this.#connection.exec('RELEASE part');
  }

  async describe(table: TableName): Promise<ActualTable | undefined> {
    return describeTable(this.#connection, displayName(table));
  }

  async read(table: TableName, columns: readonly string[]): Promise<readonly Row[] | undefined> {
    return readRows(this.#connection, table, columns);
  }

  async apply(plan: Plan): Promise<void> {
    const widenings = plan.changes.filter((change): change is Widening => change.kind === 'widen');
    const others = plan.changes.filter((change) => change.kind !== 'widen');
    this.#statements.clear();
    if (widenings.length > 0) rebuild(this.#connection, displayName(plan.table), widenings);
    for (const change of others) this.#change(plan, change);
  }

  #change(plan: Plan, change: Change): void {
    try {
      for (const statement of text.render({ ...plan, changes: [change] })) this.#connection.exec(statement);
    } catch (error) {
      throw change.kind === 'addKey' ? refusedKey(error, plan.table, change.columns) : error;
    }
  }

  async holdsLongIntegers(table: TableName, column: string): Promise<boolean> {
    const limit = `${Number.MAX_SAFE_INTEGER}`;
    const name = text.quote(column);
    const query = `SELECT 1 FROM ${text.quoteTable(table)} WHERE ${name} > ${limit} OR ${name} < -${limit} LIMIT 1`;
    return this.#connection.prepare(query).get() !== undefined;
  }

  async append(target: WriteTarget, rows: Rows): Promise<void> {
    this.#runAll(rows.cells(), (count) => text.appendText(target, count));
  }

  async upsert(target: WriteTarget, rows: Rows): Promise<WriteCounts> {
    const keyPlaces = target.key.map((column) => target.columns.indexOf(column));
    const hasNullKey = (cells: Cells) => keyPlaces.some((place) => cells[place] === null);
    const textOf = (count: number) => text.upsertText(target, count);
    this.#updates.count = 0;
    let touched = 0;
    const all = rows.cells();
    if (!rows.hasNull(keyPlaces)) touched = this.#runAll(all, textOf);
    else
      for (const cells of all)
        touched += hasNullKey(cells) ? this.#upsertNullKey(target, keyPlaces, cells) : this.#runAll([cells], textOf);
    const updated = this.#updates.count;
    return { inserted: touched - updated, updated, unchanged: rows.length - touched };
  }

  /** Several rows by one statement, as the way to the database and back costs as much as a short row itself. */
  #runAll(rows: readonly Cells[], textOf: (count: number) => string): number {
    const whole = rows.length - (rows.length % ROWS_AT_ONCE);
    let touched = 0;
    if (whole > 0) {
      const statement = this.#prepare(textOf(ROWS_AT_ONCE));
      for (let place = 0; place < whole; place += ROWS_AT_ONCE)
        touched += statement.run(rows.slice(place, place + ROWS_AT_ONCE).flat()).changes;
    }
    if (whole === rows.length) return touched;
    const single = this.#prepare(textOf(1));
    for (const cells of rows.slice(whole)) touched += single.run(cells).changes;
    return touched;
  }

  async keysUnder(
    table: TableName,
    key: readonly string[],
    columns: readonly string[],
    parents: readonly Cells[],
  ): Promise<readonly Cells[]> {
    const statement = this.#connection.prepare<unknown[], Cells>(text.keysUnderText(table, key, columns));
    statement.raw().safeIntegers();
    return parents.flatMap((parent) => statement.all(parent).map((cells) => cells.map(shortInteger)));
  }

  async remove(table: TableName, key: readonly string[], keys: readonly Cells[]): Promise<number> {
    const statement = this.#prepare(text.removeText(table, key));
    return keys.reduce((removed, cells) => removed + statement.run(cells).changes, 0);
  }

  async mark(table: TableName, key: readonly string[], mark: Mark, rows: readonly Cells[]): Promise<number> {
    const statement = this.#prepare(text.markText(table, key, mark));
    const run = (cells: Cells) => statement.run([cells.at(-1) ?? null, mark.unset, ...cells.slice(0, -1)]).changes;
    return rows.reduce((marked, cells) => marked + run(cells), 0);
  }

  async sweep(table: TableName, rows: Selection, mark: MarkWith | undefined): Promise<number> {
    const statement = this.#prepare(text.sweepText(table, rows, mark));
    const within = rows.within?.values ?? [];
    return statement.run(mark === undefined ? within : [mark.value, mark.unset, ...within]).changes;
  }

  async count(table: TableName): Promise<number> {
    return this.#connection.prepare<[], number>(text.countText(table)).pluck().get() ?? 0;
  }

  async move(from: TableName, to: TableName, columns: readonly string[]): Promise<number> {
    return this.#prepare(text.moveText(from, to, columns)).run([]).changes;
  }

  /** A unique index takes NULL for different from NULL, so such a row is looked for before it is inserted. */
  #upsertNullKey(target: WriteTarget, keyPlaces: readonly number[], cells: Cells): number {
    const key = keyPlaces.map((place) => cells[place] ?? null);
    const found = this.#prepare(text.existsText(target)).get(key) !== undefined;
    if (!found) return this.#prepare(text.appendText(target, 1)).run(cells).changes;
    const update = text.updateText(target);
    if (update === undefined) return 0;
    const cellOf = (column: string): Cell => cells[target.columns.indexOf(column)] ?? null;
    return this.#prepare(update.text).run([...update.assigned.map(cellOf), ...key, ...target.compared.map(cellOf)])
      .changes;
  }

  #prepare(statement: string): Prepared {
    const known = this.#statements.get(statement);
    if (known !== undefined) return known;
    const prepared = this.#connection.prepare<unknown[]>(statement);
    this.#statements.set(statement, prepared);
    return prepared;
  }
}

/** Integers as the loader writes them: big only where they must be. */
function shortInteger(cell: Cell): Cell {
  return typeof cell === 'bigint' && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
}
