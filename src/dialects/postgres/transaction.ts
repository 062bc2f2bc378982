import { createHash } from 'node:crypto';
import type { Cells, Mark, MarkWith, Selection, Transaction, WriteCounts, WriteTarget } from '../../load/dialect.ts';
import type { Plan } from '../../load/evolution.ts';
import { CellRows } from '../../load/rows/cell-rows.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { ActualTable, TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { NewTables } from '../new-tables.ts';
import type { PostgresConnection } from './connection.ts';
import { describeTable, readRows, schemaExists } from './introspect.ts';
import type { KeyIndexes } from './key-indexes.ts';
import type { KeyMatch } from './key-match.ts';
import { list, quote, quoteTable } from './names.ts';
import { refusedRow } from './postgres-errors.ts';
import { readCell } from './read-cell.ts';
import { sqlStateOf } from './sql-state.ts';
import type { Stages } from './stages.ts';
import { refusedChange } from './table-errors.ts';
import { type Statement, schemaText, statements } from './table-text.ts';
import * as text from './write-text.ts';

/** What a connection keeps from one transaction to the next. */
export interface Workplace {
  readonly connection: PostgresConnection;
  readonly stages: Stages;
  readonly indexes: KeyIndexes;
  /** Of tables without one. */
  readonly schema: string;
  readonly newTables: NewTables;
}

/** A row is there already, or rows cannot be copied into the table at all: it has row-level security. */
const NOT_ADDED = ['23505', '0A000'];

function placesOf({ key, columns }: WriteTarget): readonly number[] {
  return key.map((column) => columns.indexOf(column));
}

/** Runs on the one connection of its session, which has begun the transaction and will end it. */
export class PostgresTransaction implements Transaction {
  readonly #place: Workplace;
  #locked = new Set<string>();

  constructor(place: Workplace) {
    this.#place = place;
  }

  async attempt(part: () => Promise<void>): Promise<void> {
    const { connection, indexes, stages } = this.#place;
    const locked = [...this.#locked];
    await connection.run('SAVEPOINT part');
    try {
      await part();
    } catch (error) {
      const refused = refusedRow(error);
      if (refused === undefined) throw error;
      await connection.run('ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part');
      indexes.forget();
      await stages.rolledBack();
      this.#locked = new Set(locked);
      throw refused;
    }
    await connection.run('RELEASE SAVEPOINT part');
  }

  async describe(table: TableName): Promise<ActualTable | undefined> {
    const own = this.#qualified(table);
    await this.#lock(own);
    return describeTable(this.#place.connection, own);
  }

  async read(table: TableName, columns: readonly string[]): Promise<readonly Row[] | undefined> {
    return readRows(this.#place.connection, this.#qualified(table), columns);
  }

  async apply(plan: Plan): Promise<void> {
    const table = this.#qualified(plan.table);
    await this.#lock(table);
    await this.#place.stages.forget(table);
    this.#place.indexes.forget(table);
    for (const statement of statements({ ...plan, table })) await this.#change(table, statement);
  }

  async holdsLongIntegers(table: TableName, column: string): Promise<boolean> {
    const limit = Number.MAX_SAFE_INTEGER;
    const condition = `${quote(column)} NOT BETWEEN -${limit} AND ${limit}`;
    const query = `SELECT FROM ${quoteTable(this.#qualified(table))} WHERE ${condition} LIMIT 1`;
    return (await this.#place.connection.query(query)).rows.length > 0;
  }

  async append({ table, columns }: WriteTarget, rows: Rows): Promise<void> {
    const name = quoteTable(this.#qualified(table));
    await this.#place.connection.copy(`COPY ${name} (${list(columns)}) FROM STDIN`, rows.text());
  }

  async upsert(wanted: WriteTarget, rows: Rows): Promise<WriteCounts> {
    if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0 };
    const target = { ...wanted, table: this.#qualified(wanted.table) };
    await this.#lock(target.table);
    await this.#place.indexes.makeRoom(target, wanted.table, rows);
    if (await this.#addNew(target, rows)) return { inserted: rows.length, updated: 0, unchanged: 0 };
    const stage = await this.#place.stages.fill(target.table, target.columns, rows);
    const match = await this.#match(target.table, target.key, placesOf(target), rows);
    // What is there comes first, as it may give up what another unique index would refuse to a new row.
    const updated = await this.#runAll(text.updateTexts(target, stage, match));
    const inserted = await this.#runAll(text.insertMissingTexts(target, stage, match));
    return { inserted, updated, unchanged: rows.length - inserted - updated };
  }

  /** Adds the rows as they are, if that is likely to be all; false if one of them was there, and then adds none. */
  async #addNew(target: WriteTarget, rows: Rows): Promise<boolean> {
    const { connection, indexes, newTables } = this.#place;
    const name = quoteTable(target.table);
    const isEmpty = async () => (await connection.query(text.anyRowText(target.table))).rows.length === 0;
    if (rows.hasNull(placesOf(target)) || !(await indexes.has(target.table, target.key))) return false;
    if (!(await newTables.includes(name, isEmpty))) return false;
    await connection.run('SAVEPOINT new_rows');
    try {
      await this.append(target, rows);
    } catch (error) {
      if (!NOT_ADDED.includes(sqlStateOf(error) ?? '')) throw error;
      await connection.run('ROLLBACK TO SAVEPOINT new_rows; RELEASE SAVEPOINT new_rows');
      newTables.exclude(name);
      return false;
    }
    await connection.run('RELEASE SAVEPOINT new_rows');
    return true;
  }

  async keysUnder(
    name: TableName,
    key: readonly string[],
    columns: readonly string[],
    parents: readonly Cells[],
  ): Promise<readonly Cells[]> {
    if (parents.length === 0) return [];
    const table = this.#qualified(name);
    const rows = new CellRows(parents);
    const stage = await this.#place.stages.fill(table, columns, rows);
    const match = await this.#match(
      table,
      columns,
      columns.map((_, place) => place),
      rows,
    );
    const keys: Cells[] = [];
    for (const query of text.keysUnderTexts(table, key, stage, match)) {
      const found = await this.#place.connection.query(query);
      keys.push(...found.rows.map((row) => row.map((cell, place) => readCell(cell, found.types[place] ?? 0))));
    }
    return keys;
  }

  async remove(name: TableName, key: readonly string[], keys: readonly Cells[]): Promise<number> {
    const { table, stage, match } = await this.#staged(name, key, key, keys);
    return this.#runAll(text.removeTexts(table, stage, match));
  }

  async mark(name: TableName, key: readonly string[], mark: Mark, rows: readonly Cells[]): Promise<number> {
    const { table, stage, match } = await this.#staged(name, key, [...key, mark.column], rows);
    return this.#runAll(text.markTexts(table, mark, stage, match));
  }

  async sweep(name: TableName, rows: Selection, mark: MarkWith | undefined): Promise<number> {
    const table = this.#qualified(name);
    await this.#lock(table);
    const selected = rows.kind === 'all' ? rows : { ...rows, list: this.#qualified(rows.list) };
    const within = (rows.within?.values ?? []).map((value) => (value === null ? null : String(value)));
    const values = mark === undefined ? within : [String(mark.value), ...within];
    let count = 0;
    for (const statement of text.sweepTexts(table, selected, mark)) {
      count += (await this.#place.connection.query(statement, values)).count;
    }
    return count;
  }

  async count(table: TableName): Promise<number> {
    const { rows } = await this.#place.connection.query(text.countText(this.#qualified(table)));
    return Number(rows[0]?.[0] ?? 0);
  }

  async move(from: TableName, to: TableName, columns: readonly string[]): Promise<number> {
    return this.#place.connection.run(text.moveText(this.#qualified(from), this.#qualified(to), columns));
  }

  async #change(table: TableName, { text: statement, change }: Statement): Promise<void> {
    const { connection, indexes } = this.#place;
    try {
      if (change.kind === 'create') await this.#ensureSchema(table);
      if (change.kind === 'addKey') await indexes.create(table, change.index, change.columns);
      else await connection.run(statement);
    } catch (error) {
      throw refusedChange(error, table, change);
    }
  }

  /** The right to create a schema is only needed if it does not exist. */
  async #ensureSchema({ schema = '' }: TableName): Promise<void> {
    const { connection } = this.#place;
    if (await schemaExists(connection, schema)) return;
    await this.#lock({ name: schema });
    await connection.run(schemaText(schema));
  }

  /** Two runs must not make or change a table at once, nor insert one key each: the second waits for the first. */
  async #lock(table: TableName): Promise<void> {
    const name = quoteTable(table);
    if (this.#locked.has(name)) return;
    const digest = createHash('sha256').update(`backlog-sync ${name}`).digest();
    await this.#place.connection.query('SELECT pg_advisory_xact_lock($1)', [String(digest.readBigInt64BE())]);
    this.#locked.add(name);
  }

  async #staged(name: TableName, key: readonly string[], columns: readonly string[], cells: readonly Cells[]) {
    const table = this.#qualified(name);
    const rows = new CellRows(cells);
    await this.#lock(table);
    const stage = await this.#place.stages.fill(table, columns, rows);
    const places = key.map((_, place) => place);
    return { table, stage, match: await this.#match(table, key, places, rows) };
  }

  async #match(table: TableName, key: readonly string[], places: readonly number[], rows: Rows): Promise<KeyMatch> {
    return { key, nulls: rows.hasNull(places), hashed: await this.#place.indexes.hashed(table, key) };
  }

  async #runAll(statementTexts: readonly string[]): Promise<number> {
    let count = 0;
    for (const statement of statementTexts) count += await this.#place.connection.run(statement);
    return count;
  }

  #qualified({ schema = this.#place.schema, name }: TableName): Required<TableName> {
    return { schema, name };
  }
}
