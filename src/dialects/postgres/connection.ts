import type pg from 'pg';
import type { Driver } from './driver.ts';

/** One row of an answer in the order of its fields, each value as the server writes it. */
export type AnsweredRow = readonly (string | null)[];

export interface Answer {
  readonly rows: readonly AnsweredRow[];
  /** The types of the fields, by their OIDs. */
  readonly types: readonly number[];
  /** How many rows a statement changed. */
  readonly count: number;
}

/** Values stay the texts that the server sent: what they mean is decided by `read-cell`. */
export const PLAIN_TEXT = { getTypeParser: () => (text: string) => text } as const;

/** One connection to one server, in the terms of the statements that we send. */
export class PostgresConnection {
  readonly #client: pg.Client;
  readonly #copyFrom: Driver['copyFrom'];
  #lost = false;
  #pooled = false;

  constructor(client: pg.Client, copyFrom: Driver['copyFrom']) {
    this.#client = client;
    this.#copyFrom = copyFrom;
    client.on('error', () => {
      this.#lost = true;
    });
    client.on('end', () => {
      this.#lost = true;
    });
  }

  get lost(): boolean {
    return this.#lost;
  }

  /**
   * Whether a pooler stands between, which may give each transaction another connection of the server: nothing but a
   * transaction then holds together.
   */
  get pooled(): boolean {
    return this.#pooled;
  }

  /** A pooler introduces itself by a process that is not the server's. */
  async lookForPooler(): Promise<void> {
    const { processID: introduced } = this.#client as pg.Client & { readonly processID?: number | null };
    const { rows } = await this.query('SELECT pg_backend_pid()');
    this.#pooled = String(introduced) !== rows[0]?.[0];
  }

  async query(text: string, values: readonly (string | null)[] = []): Promise<Answer> {
    const answer = await this.#client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
    return {
      rows: answer.rows,
      types: answer.fields.map(({ dataTypeID }) => dataTypeID),
      count: answer.rowCount ?? 0,
    };
  }

  /** Runs a statement, or several without values. */
  async run(text: string): Promise<number> {
    const { rowCount } = await this.#client.query(text);
    return rowCount ?? 0;
  }

  /**
   * Runs a COPY … FROM STDIN with this content. One piece after the other: the stream of pg-copy-streams cannot be left
   * with pieces that wait when the server refuses the content.
   */
  copy(text: string, content: Iterable<Buffer>): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = this.#client.query(this.#copyFrom(text));
      const pieces = content[Symbol.iterator]();
      let failed = false;
      const next = () => {
        if (failed) return;
        const { done, value } = pieces.next();
        if (done === true) stream.end();
        else stream.write(value, next);
      };
      stream.once('finish', resolve);
      stream.on('error', (error) => {
        failed = true;
        reject(error);
      });
      next();
    });
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  /** Ends it without a word to the server, which then rolls back. */
  abandon(): void {
    this.#lost = true;
    this.#client.end().catch(() => undefined);
  }
}
