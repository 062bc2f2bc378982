import type { Cells, Mark, MarkWith, Selection, Transaction, WriteCounts, WriteTarget } from '../../load/dialect.ts';
import type { Change, Plan } from '../../load/evolution.ts';
import { CellRows } from '../../load/rows/cell-rows.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { ActualTable, TableName } from '../../load/table.ts';
import { displayName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { SqliteConnection } from './connection.ts';
import { describeTable, readRows } from './introspect.ts';
import { rebuild, type Widening } from './rebuild.ts';
import { refusedKey, refusedRow } from './sqlite-errors.ts';
import * as text from './statements.ts';
import type { RowStatement } from './thread/operations.ts';

/** More are no faster. With as many columns as a table can have they stay below the limit of parameters. */
const ROWS_AT_ONCE = 10;

/** Runs on the one connection of its session, which has begun the transaction and will end it. */
export class SqliteTransaction implements Transaction {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async attempt(part: () => Promise<void>): Promise<void> {
    await this.#connection.run({ one: 'SAVEPOINT part' });
    try {
      await part();
    } catch (error) {
      const refused = refusedRow(error);
      if (refused === undefined) throw error;
      await this.#connection.run({ one: 'ROLLBACK TO part' });
      await this.#connection.run({ one: 'RELEASE part' });
      throw refused;
    }
    await this.#connection.run({ one: 'RELEASE part' });
  }

  describe(table: TableName): Promise<ActualTable | undefined> {
    return describeTable(this.#connection, displayName(table));
  }

  read(table: TableName, columns: readonly string[]): Promise<readonly Row[] | undefined> {
    return readRows(this.#connection, table, columns);
  }

  async apply(plan: Plan): Promise<void> {
    const widenings = plan.changes.filter((change): change is Widening => change.kind === 'widen');
    const others = plan.changes.filter((change) => change.kind !== 'widen');
    if (widenings.length > 0) await rebuild(this.#connection, displayName(plan.table), widenings);
    for (const change of others) await this.#change(plan, change);
  }

  async #change(plan: Plan, change: Change): Promise<void> {
    try {
      for (const statement of text.render({ ...plan, changes: [change] })) await this.#connection.execute(statement);
    } catch (error) {
      throw change.kind === 'addKey' ? refusedKey(error, plan.table, change.columns) : error;
    }
  }

  async holdsLongIntegers(table: TableName, column: string): Promise<boolean> {
    const limit = `${Number.MAX_SAFE_INTEGER}`;
    const name = text.quote(column);
    const query = `SELECT 1 FROM ${text.quoteTable(table)} WHERE ${name} > ${limit} OR ${name} < -${limit} LIMIT 1`;
    return (await this.#connection.query(query)).length > 0;
  }

  async append(target: WriteTarget, rows: Rows): Promise<void> {
    await this.#connection.run(inserting(target, text.appendText), rows);
  }

  async upsert(target: WriteTarget, rows: Rows): Promise<WriteCounts> {
    const keyPlaces = target.key.map((column) => target.columns.indexOf(column));
    if (!rows.hasNull(keyPlaces)) return this.#upsertKeyed(target, rows);
    const isNull = (cells: Cells) => keyPlaces.some((place) => cells[place] === null);
    const all = rows.cells();
    const nullKeyed = await this.#upsertNullKeyed(target, keyPlaces, all.filter(isNull));
    const keyed = await this.#upsertKeyed(target, new CellRows(all.filter((cells) => !isNull(cells))));
    return added(nullKeyed, keyed);
  }

  async #upsertKeyed(target: WriteTarget, rows: Rows): Promise<WriteCounts> {
    const { touched, updated } = await this.#connection.run(inserting(target, text.upsertText), rows);
    return { inserted: touched - updated, updated, unchanged: rows.length - touched };
  }

  /** A unique index takes NULL for different from NULL, so such rows are looked for before they are inserted. */
  async #upsertNullKeyed(
    target: WriteTarget,
    keyPlaces: readonly number[],
    rows: readonly Cells[],
  ): Promise<WriteCounts> {
    const keyOf = (cells: Cells) => cellsAt(cells, keyPlaces);
    const found = await this.#connection.queryEach(text.existsText(target), rows.map(keyOf));
    const isThere = (place: number) => (found[place]?.length ?? 0) > 0;
    const fresh = rows.filter((_, place) => !isThere(place));
    await this.append(target, new CellRows(fresh));
    const old = rows.filter((_, place) => isThere(place));
    const updated = await this.#update(target, keyOf, old);
    return { inserted: fresh.length, updated, unchanged: old.length - updated };
  }

  async #update(target: WriteTarget, keyOf: (cells: Cells) => Cells, rows: readonly Cells[]): Promise<number> {
    const update = text.updateText(target);
    if (update === undefined) return 0;
    const placesOf = (columns: readonly string[]) => columns.map((column) => target.columns.indexOf(column));
    const [assigned, compared] = [placesOf(update.assigned), placesOf(target.compared)];
    const values = rows.map((cells) => [...cellsAt(cells, assigned), ...keyOf(cells), ...cellsAt(cells, compared)]);
    return this.#touched(update.text, values);
  }

  async keysUnder(
    table: TableName,
    key: readonly string[],
    columns: readonly string[],
    parents: readonly Cells[],
  ): Promise<readonly Cells[]> {
    return (await this.#connection.queryEach(text.keysUnderText(table, key, columns), parents)).flat();
  }

  remove(table: TableName, key: readonly string[], keys: readonly Cells[]): Promise<number> {
    return this.#touched(text.removeText(table, key), keys);
  }

  mark(table: TableName, key: readonly string[], mark: Mark, rows: readonly Cells[]): Promise<number> {
    const values = rows.map((cells) => [cells.at(-1) ?? null, mark.unset, ...cells.slice(0, -1)]);
    return this.#touched(text.markText(table, key, mark), values);
  }

  sweep(table: TableName, rows: Selection, mark: MarkWith | undefined): Promise<number> {
    const within = rows.within?.values ?? [];
    const values = mark === undefined ? within : [mark.value, mark.unset, ...within];
    return this.#touched(text.sweepText(table, rows, mark), [values]);
  }

  async count(table: TableName): Promise<number> {
    const [row] = await this.#connection.query(text.countText(table));
    return Number(row?.[0] ?? 0);
  }

  move(from: TableName, to: TableName, columns: readonly string[]): Promise<number> {
    return this.#touched(text.moveText(from, to, columns), [[]]);
  }

  async #touched(one: string, rows: readonly Cells[]): Promise<number> {
    return (await this.#connection.run({ one }, new CellRows(rows))).touched;
  }
}

/** Several rows by one statement, as the way to the database and back costs as much as a short row itself. */
function inserting(target: WriteTarget, textOf: (target: WriteTarget, rows: number) => string): RowStatement {
  return { one: textOf(target, 1), several: { rows: ROWS_AT_ONCE, text: textOf(target, ROWS_AT_ONCE) } };
}

function cellsAt(cells: Cells, places: readonly number[]): Cells {
  return places.map((place) => cells[place] ?? null);
}

function added(one: WriteCounts, other: WriteCounts): WriteCounts {
  return {
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
  };
}
