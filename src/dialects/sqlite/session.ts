import type { Condition, Facts, Session, Transaction } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import type { SqliteConnection } from './connection.ts';
import { readRows } from './introspect.ts';
import { sqliteError } from './sqlite-errors.ts';
import { SqliteTransaction } from './transaction.ts';

/** One connection to one file. Loaders that share it wait for each other's transactions. */
export class SqliteSession implements Session {
  readonly facts: Facts;
  readonly #connection: SqliteConnection;
  readonly #database: string;
  readonly #begin: 'BEGIN' | 'BEGIN IMMEDIATE';
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: SqliteConnection, database: string, facts: Facts, begin: 'BEGIN' | 'BEGIN IMMEDIATE') {
    this.#connection = connection;
    this.#database = database;
    this.facts = facts;
    this.#begin = begin;
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#connection.begin(this.#begin);
      try {
        const result = await work(new SqliteTransaction(this.#connection));
        await this.#connection.commit();
        return result;
      } catch (error) {
        await this.#connection.rollback();
        throw error;
      }
    });
  }

  readTable(table: TableName, columns: readonly string[], which?: Condition): Promise<readonly Row[] | undefined> {
    return this.#inTurn(() => readRows(this.#connection, table, columns, which));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(() => this.#connection.close());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work).catch((error: unknown) => {
      throw sqliteError(error, this.#database);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
