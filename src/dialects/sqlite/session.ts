import type { Statement } from 'better-sqlite3';
import type { Condition, Facts, Session, Transaction } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { Connection } from './driver.ts';
import { readRows } from './introspect.ts';
import { sqliteError } from './sqlite-errors.ts';
import { NOTE_UPDATE } from './statements.ts';
import { SqliteTransaction, type UpdateCounter } from './transaction.ts';

/** One connection to one file. Loaders that share it wait for each other's transactions. */
export class SqliteSession implements Session {
  readonly facts: Facts;
  readonly #connection: Connection;
  readonly #database: string;
  readonly #begin: 'BEGIN' | 'BEGIN IMMEDIATE';
  readonly #statements = new Map<string, Statement<unknown[]>>();
  readonly #updates: UpdateCounter = { count: 0 };
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, database: string, facts: Facts, begin: 'BEGIN' | 'BEGIN IMMEDIATE') {
    this.#connection = connection;
    this.#database = database;
    this.facts = facts;
    this.#begin = begin;
    connection.function(NOTE_UPDATE, { directOnly: true }, () => {
      this.#updates.count += 1;
      return 1;
    });
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#connection.exec(this.#begin);
      try {
        const result = await work(new SqliteTransaction(this.#connection, this.#statements, this.#updates));
        this.#connection.exec('COMMIT');
        return result;
      } catch (error) {
        this.#statements.clear();
        if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
        throw error;
      }
    });
  }

  readTable(table: TableName, columns: readonly string[], which?: Condition): Promise<readonly Row[] | undefined> {
    return this.#inTurn(async () => readRows(this.#connection, table, columns, which));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => this.#connection.close());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work).catch((error: unknown) => {
      throw sqliteError(error, this.#database);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
