import type { Rows } from '../../load/rows/rows.ts';
import type { TableName } from '../../load/table.ts';
import type { PostgresConnection } from './connection.ts';
import { list, quoteTable } from './names.ts';

interface Stage {
  readonly name: string;
  readonly table: string;
  /** Whether it holds rows of the present transaction. */
  used: boolean;
}

/**
 * Where rows wait until they are compared with a table: temporary tables with the types of its columns. Each is kept
 * for the whole connection, as making one costs more than filling it, and emptied by the end of each transaction.
 */
export class Stages {
  readonly #connection: PostgresConnection;
  readonly #stages = new Map<string, Stage>();
  #made = 0;

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
  }

  /** The name of a stage that holds just these rows. */
  async fill(table: TableName, columns: readonly string[], rows: Rows): Promise<string> {
    const stage = await this.#empty(quoteTable(table), list(columns));
    stage.used = true;
    await this.#connection.copy(`COPY ${stage.name} FROM STDIN`, rows.text());
    return stage.name;
  }

  /** After a table's columns have changed. */
  async forget(table: TableName): Promise<void> {
    for (const [id, stage] of this.#stages) {
      if (stage.table !== quoteTable(table)) continue;
      this.#stages.delete(id);
      await this.#connection.run(`DROP TABLE ${stage.name}`);
    }
  }

  /** After a commit all of them are empty. */
  committed(): void {
    for (const stage of this.#stages.values()) stage.used = false;
  }

  /** After a rollback some of them may be gone. */
  async rolledBack(): Promise<void> {
    this.#stages.clear();
    await this.#connection.run('DISCARD TEMP');
  }

  async #empty(table: string, columns: string): Promise<Stage> {
    const id = `${table} (${columns})`;
    const known = this.#stages.get(id);
    if (known !== undefined) {
      if (known.used) await this.#connection.run(`TRUNCATE ${known.name}`);
      return known;
    }
    this.#made += 1;
    const stage = { name: `pg_temp.load_stage_${this.#made}`, table, used: false };
    await this.#connection.run(
      `CREATE TEMPORARY TABLE ${stage.name} ON COMMIT DELETE ROWS AS SELECT ${columns} FROM ${table} WITH NO DATA`,
    );
    this.#stages.set(id, stage);
    return stage;
  }
}
