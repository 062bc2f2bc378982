import type { Cells, Mark, MarkWith, Selection, Transaction, WriteCounts, WriteTarget } from '../../load/dialect.ts';
import { keyIndexName, type Plan, sameColumns } from '../../load/evolution.ts';
import { CellRows } from '../../load/rows/cell-rows.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { ActualTable, TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { NewTables } from '../new-tables.ts';
import { applyPlan } from './apply.ts';
import type { MysqlConnection } from './connection.ts';
import { actualTable, readRows } from './introspect.ts';
import { lengthOf } from './key-column.ts';
import { KeyOutgrown } from './key-outgrown.ts';
import { isRepeatedKey, refusedRow } from './mysql-errors.ts';
import { quote, quoteTable } from './names.ts';
import type { Shape } from './shape.ts';
import type { Shapes } from './shapes.ts';
import { fill, openStage } from './stage.ts';
import * as text from './statements.ts';
import { storedCell } from './stored-value.ts';

/**
 * Changes of tables commit at once, one by one, and so come before the server's transaction: it begins with the first
 * row, and its session ends it.
 */
export class MysqlTransaction implements Transaction {
  readonly #connection: MysqlConnection;
  readonly #shapes: Shapes;
  readonly #newTables: NewTables;
  readonly #created: TableName[] = [];
  #begun = false;
  #added = false;

  constructor(connection: MysqlConnection, shapes: Shapes, newTables: NewTables) {
    this.#connection = connection;
    this.#shapes = shapes;
    this.#newTables = newTables;
  }

  /** Whether rows were changed, so that there is something to commit. */
  get begun(): boolean {
    return this.#begun;
  }

  async attempt(part: () => Promise<void>): Promise<void> {
    await this.#begin();
    await this.#connection.run('SAVEPOINT part');
    try {
      await part();
    } catch (error) {
      const refused = refusedRow(error);
      if (refused === undefined) throw error;
      await this.#connection.run('ROLLBACK TO SAVEPOINT part');
      throw refused;
    }
    await this.#connection.run('RELEASE SAVEPOINT part');
  }

  /** Whether rows were added that nothing tells from others, so that to write them again would double them. */
  get added(): boolean {
    return this.#added;
  }

  async describe(table: TableName): Promise<ActualTable | undefined> {
    const shape = await this.#shapes.look(this.#connection, table);
    return shape && actualTable(shape);
  }

  async apply(plan: Plan): Promise<void> {
    if (this.#begun) throw new Error('A table cannot be changed after rows were: it would commit them.');
    const shape = await this.#shapes.look(this.#connection, plan.table);
    this.#shapes.forget(plan.table);
    await applyPlan(this.#connection, plan, shape);
    if (plan.changes.some(({ kind }) => kind === 'create')) this.#created.push(plan.table);
  }

  /** The tables that it has made, which stay when the server undoes it. */
  get created(): readonly TableName[] {
    return this.#created;
  }

  read(table: TableName, columns: readonly string[]): Promise<readonly Row[] | undefined> {
    return readRows(this.#connection, table, columns);
  }

  async holdsLongIntegers(table: TableName, column: string): Promise<boolean> {
    const beyond = `NOT ${quote(column)} BETWEEN -${Number.MAX_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`;
    return this.#exists(table, ` WHERE ${beyond}`);
  }

  async append({ table, columns }: WriteTarget, rows: Rows): Promise<void> {
    const shape = await this.#beginOn(table);
    this.#added = true;
    await fill(this.#connection, table, shape, columns, rows);
  }

  async upsert(target: WriteTarget, rows: Rows): Promise<WriteCounts> {
    if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0 };
    const shape = await this.#beginOn(target.table);
    checkKeys(target, shape, rows);
    if (await this.#addNew(target, shape, rows)) return { inserted: rows.length, updated: 0, unchanged: 0 };
    const stage = await this.#stage(target.table, shape, target.columns, rows);
    // The update comes first: it locks the keys, lest two runs that begin at once insert the same ones, and what is there
    // may give up what another unique index would refuse to a new row.
    const differing = target.compared.length > 0;
    const updated = differing ? await this.#connection.run(text.updateText(target, shape, stage)) : 0;
    const inserted = await this.#connection.run(text.insertMissingText(target, shape, stage));
    return { inserted, updated, unchanged: rows.length - inserted - updated };
  }

  /** Adds the rows as they are, if that is likely to be all; false if one of them was there, and then adds none. */
  async #addNew({ table, columns, key }: WriteTarget, shape: Shape, rows: Rows): Promise<boolean> {
    const name = quoteTable(table);
    const isEmpty = async () => !(await this.#exists(table, ''));
    const isUnique = shape.uniqueIndexes.some((index) => sameColumns(index.columns, key));
    if (rows.hasNull(key.map((column) => columns.indexOf(column))) || !isUnique) return false;
    if (!(await this.#newTables.includes(name, isEmpty))) return false;
    await this.#connection.run('SAVEPOINT new_rows');
    try {
      await fill(this.#connection, table, shape, columns, rows);
      return true;
    } catch (error) {
      if (!isRepeatedKey(error)) throw error;
      await this.#connection.run('ROLLBACK TO SAVEPOINT new_rows');
      this.#newTables.exclude(name);
      return false;
    }
  }

  async keysUnder(
    table: TableName,
    key: readonly string[],
    columns: readonly string[],
    parents: readonly Cells[],
  ): Promise<readonly Cells[]> {
    if (parents.length === 0) return [];
    const shape = await this.#beginOn(table);
    const stage = await this.#stage(table, shape, columns, new CellRows(parents));
    const found = await this.#connection.query(text.keysUnderText(table, shape, key, columns, stage));
    const types = key.map((name) => shape.columns.get(name)?.type);
    return found.map((cells) => cells.map((cell, place) => storedCell(cell, types[place])));
  }

  async remove(table: TableName, key: readonly string[], keys: readonly Cells[]): Promise<number> {
    const shape = await this.#beginOn(table);
    const stage = await this.#stage(table, shape, key, new CellRows(keys));
    return this.#connection.run(text.removeText(table, shape, key, stage));
  }

  async mark(table: TableName, key: readonly string[], mark: Mark, rows: readonly Cells[]): Promise<number> {
    const shape = await this.#beginOn(table);
    const stage = await this.#stage(table, shape, [...key, mark.column], new CellRows(rows));
    return this.#connection.run(text.markText(table, shape, key, mark, stage));
  }

  async sweep(table: TableName, rows: Selection, mark: MarkWith | undefined): Promise<number> {
    const shape = await this.#beginOn(rows.kind === 'all' ? table : rows.list);
    return this.#connection.run(text.sweepText(table, rows, shape, mark));
  }

  async count(table: TableName): Promise<number> {
    await this.#begin();
    const [row] = await this.#connection.query(text.countText(table));
    return Number(row?.[0] ?? 0);
  }

  async move(from: TableName, to: TableName, columns: readonly string[]): Promise<number> {
    await this.#begin();
    this.#added = true;
    return this.#connection.run(text.moveText(from, to, columns));
  }

  async #begin(): Promise<void> {
    if (this.#begun) return;
    await this.#connection.run('START TRANSACTION');
    this.#begun = true;
  }

  async #beginOn(table: TableName): Promise<Shape> {
    await this.#begin();
    return this.#shapes.of(this.#connection, table);
  }

  async #stage(table: TableName, shape: Shape, columns: readonly string[], rows: Rows): Promise<TableName> {
    const stage = await openStage(this.#connection, table, shape, columns);
    await fill(this.#connection, stage, shape, columns, rows);
    return stage;
  }

  async #exists(table: TableName, where: string): Promise<boolean> {
    const found = await this.#connection.query(`SELECT 1 FROM ${quoteTable(table)}${where} LIMIT 1`);
    return found.length > 0;
  }
}

/** Texts in a key of ours have a limited length at first; see `KeyOutgrown`. */
function checkKeys({ table, key, columns }: WriteTarget, shape: Shape, rows: Rows): void {
  if (!shape.uniqueIndexes.some((index) => index.name === keyIndexName(table, index.columns))) return;
  for (const name of key) {
    const column = shape.columns.get(name);
    const limit = column && lengthOf(column);
    if (limit === undefined) continue;
    const place = columns.indexOf(name);
    if (rows.longestText([place]) <= limit) continue;
    const isLonger = (cells: Cells) => String(cells[place] ?? '').length > limit;
    if (rows.cells().some(isLonger)) throw new KeyOutgrown(table, key);
  }
}
