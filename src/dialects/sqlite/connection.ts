import type { ColumnType } from '../../load/column-type.ts';
import type { Cells } from '../../load/dialect.ts';
import { CellRows } from '../../load/rows/cell-rows.ts';
import type { Rows } from '../../load/rows/rows.ts';
import { DatabaseThread } from './thread/database-thread.ts';
import type { Call, Changes, Opening, Operations, RowStatement } from './thread/operations.ts';
import { portionsOf, transferOf } from './thread/sent-rows.ts';

const NO_PARAMETERS = new CellRows([[]]);

/** One connection to one file, in the terms of the statements that we send. */
export class SqliteConnection {
  readonly #thread: DatabaseThread;
  #begin: string | undefined;
  #closing: Promise<void> | undefined;

  private constructor(thread: DatabaseThread) {
    this.#thread = thread;
  }

  static async open(opening: Opening): Promise<SqliteConnection> {
    return new SqliteConnection(await DatabaseThread.open(opening));
  }

  /** The transaction begins with the next call, and fails with it: waiting for it alone would take a turn of its own. */
  begin(text: 'BEGIN' | 'BEGIN IMMEDIATE'): void {
    this.#begin = text;
  }

  async commit(): Promise<void> {
    if (this.#begin === undefined) await this.#call('commit', []);
    this.#begin = undefined;
  }

  async rollback(): Promise<void> {
    if (this.#begin === undefined) await this.#call('rollback', []);
    this.#begin = undefined;
  }

  /** Runs statements that may change tables. */
  execute(text: string): Promise<void> {
    return this.#call('execute', [text]);
  }

  /** Runs one statement that changes no table for each of the rows, which are its parameters. */
  async run(statement: RowStatement, rows: Rows = NO_PARAMETERS): Promise<Changes> {
    const portions = [...portionsOf(rows)].map((portion) =>
      this.#call('run', [statement, portion], transferOf(portion)),
    );
    const changes = await Promise.all(portions);
    return {
      touched: changes.reduce((sum, { touched }) => sum + touched, 0),
      updated: changes.reduce((sum, { updated }) => sum + updated, 0),
    };
  }

  async query(text: string, values: Cells = []): Promise<readonly Cells[]> {
    const [found = []] = await this.queryEach(text, [values]);
    return found;
  }

  /** What the query finds for each of the rows, which are its parameters. */
  queryEach(text: string, rows: readonly Cells[]): Promise<readonly (readonly Cells[])[]> {
    return this.#call('query', [text, rows]);
  }

  /** Makes an SQL function of this name that turns stored values of one type into those of a wider one. */
  defineWidening(name: string, from: ColumnType, to: ColumnType): Promise<void> {
    return this.#call('defineWidening', [name, from, to]);
  }

  async close(): Promise<void> {
    if (this.#thread.hasEnded) return;
    this.#closing ??= this.#call('close', []);
    await this.#closing;
  }

  async #call<Name extends keyof Operations>(
    name: Name,
    values: Parameters<Operations[Name]>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<ReturnType<Operations[Name]>> {
    const begin = this.#begin;
    this.#begin = undefined;
    const request = { name, values } as Call['request'];
    return (await this.#thread.call(begin === undefined ? { request } : { begin, request }, transfer)) as never;
  }
}
