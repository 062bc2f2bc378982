import type { Condition, Facts, Session, Transaction } from '../../load/dialect.ts';
import type { TableName } from '../../load/table.ts';
import type { Row } from '../../message/value.ts';
import { NewTables } from '../new-tables.ts';
import { RECONNECT_SECONDS, reopen } from '../reopen.ts';
import { applyPlan } from './apply.ts';
import { openConnection } from './connect.ts';
import type { MysqlConnection } from './connection.ts';
import { dropEmpty } from './drop-empty.ts';
import { readRows, shapeOf } from './introspect.ts';
import { lengthOf } from './key-column.ts';
import { KeyOutgrown } from './key-outgrown.ts';
import { attemptsAfter, mysqlError, notBack, uncertainCommit } from './mysql-errors.ts';
import { addressOf, type MysqlSettings } from './settings.ts';
import { Shapes } from './shapes.ts';
import { MysqlTransaction } from './transaction.ts';

type Work<T> = (transaction: Transaction) => Promise<T>;

/** One connection at a time to one server. Loaders that share it wait for each other's transactions. */
export class MysqlSession implements Session {
  readonly facts: Facts;
  readonly #settings: MysqlSettings;
  readonly #shapes = new Shapes();
  readonly #newTables = new NewTables();
  #connection: MysqlConnection;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: MysqlConnection, settings: MysqlSettings, facts: Facts) {
    this.#connection = connection;
    this.#settings = settings;
    this.facts = facts;
  }

  transaction<T>(work: Work<T>): Promise<T> {
    return this.#inTurn(() => this.#persist(work));
  }

  readTable(table: TableName, columns: readonly string[], which?: Condition): Promise<readonly Row[] | undefined> {
    return this.#inTurn(async () => readRows(await this.#living(), table, columns, which));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    await this.#connection.close();
  }

  /** Tables that an attempt has made are kept for the next one. */
  async #persist<T>(work: Work<T>): Promise<T> {
    const created: TableName[] = [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work, created);
      } catch (error) {
        this.#shapes.forgetAll();
        if (error instanceof KeyOutgrown) await this.#makeRoom(error);
        else if (attempt >= attemptsAfter(error)) {
          await this.#dropInVain(created);
          throw error;
        }
      }
    }
  }

  /** The first fault is the one to tell. */
  async #dropInVain(created: readonly TableName[]): Promise<void> {
    if (!this.#connection.lost) await dropEmpty(this.#connection, created).catch(() => undefined);
  }

  async #attempt<T>(work: Work<T>, created: TableName[]): Promise<T> {
    const connection = await this.#living();
    const transaction = new MysqlTransaction(connection, this.#shapes, this.#newTables);
    try {
      const result = await work(transaction);
      if (transaction.begun) await this.#commit(connection, transaction);
      return result;
    } catch (error) {
      created.push(...transaction.created);
      // If this fails the connection is gone, and with it the transaction.
      await connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /**
   * Nobody knows whether a commit without an answer was made. Rows with a key are written again, which changes nothing
   * (invariant 3); that rows were added a second time could not be told.
   */
  async #commit(connection: MysqlConnection, { added }: MysqlTransaction): Promise<void> {
    try {
      await connection.run('COMMIT');
    } catch (error) {
      throw added ? uncertainCommit(error, addressOf(this.#settings)) : error;
    }
  }

  /** The connection, or a new one if the server has closed it in the meantime. */
  async #living(): Promise<MysqlConnection> {
    if (!this.#connection.lost && (await this.#connection.ping().then(...ANSWERED))) return this.#connection;
    await this.#connection.close().catch(() => undefined);
    this.#shapes.forgetAll();
    this.#connection = await this.#reopen();
    return this.#connection;
  }

  #reopen(): Promise<MysqlConnection> {
    const settings = this.#settings;
    const seconds = settings.reconnectSeconds ?? RECONNECT_SECONDS;
    return reopen(() => openConnection(settings), seconds).catch((error: unknown) => {
      throw notBack(error, addressOf(settings));
    });
  }

  /** Text columns of the key become as long as they may; an index over digests tells their values apart. */
  async #makeRoom(outgrown: KeyOutgrown): Promise<void> {
    const { table, columns } = outgrown;
    const connection = await this.#living();
    const shape = await shapeOf(connection, table);
    const limited = columns.flatMap((name) => shape?.columns.get(name) ?? []).filter((column) => lengthOf(column));
    if (limited.length === 0) throw outgrown;
    const changes = limited.map(({ name }) => ({ kind: 'widen', column: name, from: 'text', to: 'text' }) as const);
    await applyPlan(connection, { table, changes }, shape);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work).catch((error: unknown) => {
      throw mysqlError(error, addressOf(this.#settings));
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

const ANSWERED = [() => true, () => false] as const;
