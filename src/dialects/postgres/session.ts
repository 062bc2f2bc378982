import type { Condition, Facts, Session, Transaction } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import { NewTables } from '../new-tables.ts';
import { reopen } from '../reopen.ts';
import { type Outcome, outcomeOf, transactionId } from './commit.ts';
import type { PostgresConnection } from './connection.ts';
import { readRows } from './introspect.ts';
import { KeyIndexes } from './key-indexes.ts';
import { isLost, notBack, postgresError, unknownCommit } from './postgres-errors.ts';
import { BEGIN, BEGIN_POOLED } from './session-texts.ts';
import { isConflict } from './sql-state.ts';
import { Stages } from './stages.ts';
import { PostgresTransaction, type Workplace } from './transaction.ts';

/** How often a transaction is run when others that run at the same time, or a lost connection, make it fail. */
const ATTEMPTS = 5;

export interface SessionOptions {
  readonly open: () => Promise<PostgresConnection>;
  /** How long to try again when a connection was lost. */
  readonly reconnectSeconds: number;
  /** For people. */
  readonly address: string;
  readonly facts: Facts;
  /** Of tables without one. */
  readonly schema: string;
}

/** One connection to one database. Loaders that share it wait for each other's transactions. */
export class PostgresSession implements Session {
  readonly facts: Facts;
  readonly #options: SessionOptions;
  readonly #newTables = new NewTables();
  #place: Workplace;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: SessionOptions, connection: PostgresConnection) {
    this.facts = options.facts;
    this.#options = options;
    this.#place = this.#workplace(connection);
  }

  static async open(options: SessionOptions): Promise<PostgresSession> {
    try {
      return new PostgresSession(options, await options.open());
    } catch (error) {
      throw postgresError(error, options.address);
    }
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#attempt((place) => work(new PostgresTransaction(place)));
        } catch (error) {
          if (attempt === ATTEMPTS || !(isConflict(error) || isLost(error))) throw error;
        }
      }
    });
  }

  readTable(
    { schema = this.#options.schema, name }: TableName,
    columns: readonly string[],
    which?: Condition,
  ): Promise<readonly Row[] | undefined> {
    return this.#inTurn(() =>
      this.#attempt(({ connection }) => readRows(connection, { schema, name }, columns, which)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#place.connection.lost) await this.#place.connection.close();
    });
  }

  async #attempt<T>(work: (place: Workplace) => Promise<T>): Promise<T> {
    const place = await this.#begin();
    try {
      const result = await work(place);
      await this.#commit(place);
      return result;
    } catch (error) {
      if (!place.connection.lost) await rollBack(place);
      throw error;
    }
  }

  /** A lost connection is only replaced here, where nothing can be half-written. */
  async #begin(): Promise<Workplace> {
    const place = await this.#connected();
    try {
      await begin(place);
      return place;
    } catch (error) {
      if (!place.connection.lost) throw error;
    }
    const fresh = await this.#connected();
    await begin(fresh);
    return fresh;
  }

  /** What a connection keeps is only worth something where the next transaction has the same one. */
  async #connected(): Promise<Workplace> {
    const { connection } = this.#place;
    if (connection.lost) this.#place = this.#workplace(await this.#reopen());
    else if (connection.pooled) this.#place = this.#workplace(connection);
    return this.#place;
  }

  #workplace(connection: PostgresConnection): Workplace {
    const { schema } = this.#options;
    const [stages, indexes] = [new Stages(connection), new KeyIndexes(connection)];
    return { connection, schema, stages, indexes, newTables: this.#newTables };
  }

  async #reopen(): Promise<PostgresConnection> {
    const { open, reconnectSeconds, address } = this.#options;
    const opening = () =>
      open().catch((error: unknown) => {
        throw postgresError(error, address);
      });
    return reopen(opening, reconnectSeconds).catch((error: unknown) => {
      throw notBack(error, address);
    });
  }

  /** When the answer is lost, a new connection asks what became of the transaction. */
  async #commit({ connection, stages }: Workplace): Promise<void> {
    const id = await transactionId(connection);
    if (connection.pooled) await connection.run('DISCARD TEMP');
    try {
      await connection.run('COMMIT');
      stages.committed();
    } catch (error) {
      if (!connection.lost || id === undefined) throw error;
      const outcome = await this.#outcomeOf(id);
      if (outcome === 'unknown') throw unknownCommit(error, this.#options.address);
      if (outcome === 'aborted') throw error;
    }
  }

  async #outcomeOf(id: string): Promise<Outcome> {
    try {
      return await outcomeOf(id, (await this.#connected()).connection);
    } catch {
      return 'unknown';
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work).catch((error: unknown) => {
      throw postgresError(error, this.#options.address);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

async function begin({ connection }: Workplace): Promise<void> {
  await connection.run(connection.pooled ? BEGIN_POOLED : BEGIN);
}

/** The first fault is the one to tell. A connection that cannot even roll back is replaced by the next transaction. */
async function rollBack({ connection, stages, indexes }: Workplace): Promise<void> {
  try {
    await connection.run('ROLLBACK');
    indexes.forget();
    if (!connection.pooled) await stages.rolledBack();
  } catch {
    connection.abandon();
  }
}
