import { Readable } from 'node:stream';
import type { Connection as DriverConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

/** Of one row, in the order of the query's columns. */
export type QueriedRow = readonly unknown[];

export interface ServerFacts {
  /** Tells all texts apart, also by case, accents and blanks at their end. */
  readonly exactCollation: string;
  /** Bytes of the longest statement. */
  readonly longestStatement: number;
  readonly allowsLoadData: boolean;
  readonly needsPrimaryKey: boolean;
}

/** One connection to one server, in the terms of the statements that we send. */
export class MysqlConnection {
  readonly facts: ServerFacts;
  readonly #driver: DriverConnection;
  #lost = false;

  constructor(driver: DriverConnection, facts: ServerFacts) {
    this.#driver = driver;
    this.facts = facts;
    driver.on('error', () => {
      this.#lost = true;
    });
  }

  get lost(): boolean {
    return this.#lost;
  }

  async query(sql: string): Promise<readonly QueriedRow[]> {
    const [rows] = await this.#driver.query<RowDataPacket[][]>({ sql, rowsAsArray: true });
    return rows;
  }

  /** Runs a statement and tells how many rows it changed. */
  async run(sql: string): Promise<number> {
    if (Buffer.byteLength(sql) > this.facts.longestStatement) throw tooLong();
    const [{ affectedRows }] = await this.#driver.query<ResultSetHeader>(sql);
    return affectedRows;
  }

  /** Runs LOAD DATA LOCAL with this content. The server turns its complaints into warnings, which are thrown here. */
  async load(sql: string, content: Iterable<Buffer>): Promise<void> {
    const infileStreamFactory = () => Readable.from(content);
    const [{ warningStatus }] = await this.#driver.query<ResultSetHeader>({ sql, infileStreamFactory });
    if (warningStatus > 0) throw await this.#firstWarning();
  }

  async ping(): Promise<void> {
    await this.#driver.ping();
  }

  async close(): Promise<void> {
    if (this.#lost) this.#driver.destroy();
    else await this.#driver.end();
  }

  async #firstWarning(): Promise<Error> {
    const [[, errno, message] = []] = await this.query('SHOW WARNINGS LIMIT 1');
    return Object.assign(new Error(String(message)), { errno: Number(errno) });
  }
}

const PACKET_TOO_LARGE = 1153;

/** A server refuses a longer statement and hangs up at once, so that its reason may never arrive here. */
function tooLong(): Error {
  return Object.assign(new Error('the statement is longer than max_allowed_packet'), { errno: PACKET_TOO_LARGE });
}
