import type { WriteTarget } from '../../load/dialect.ts';
import { keyIndexName, sameColumns } from '../../load/evolution.ts';
import type { Rows } from '../../load/rows/rows.ts';
import type { ActualColumn, TableName } from '../../load/table.ts';
import type { PostgresConnection } from './connection.ts';
import { describeTable, type KeyIndex, uniqueIndexes } from './introspect.ts';
import { quoteTable } from './names.ts';
import { sqlStateOf } from './sql-state.ts';
import { dropKeyText, keyText } from './table-text.ts';

/** A B-tree takes no entry of more than 2,704 bytes. https://www.postgresql.org/docs/current/btree.html#BTREE-GIST-BTREE */
const LONGEST_ENTRY = 2_000;

/** `program_limit_exceeded` */
const TOO_LONG = '54000';

const NONE: ReadonlySet<string> = new Set();

/**
 * The unique indexes of keys. When a text is too long for one, the index is made anew with the MD5 of its text columns;
 * keys are still compared by the texts themselves.
 */
export class KeyIndexes {
  readonly #connection: PostgresConnection;
  readonly #known = new Map<string, readonly KeyIndex[]>();

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
  }

  forget(table?: TableName): void {
    if (table === undefined) this.#known.clear();
    else this.#known.delete(quoteTable(table));
  }

  /** The key's columns that can only be looked up by their MD5. */
  async hashed(table: TableName, key: readonly string[]): Promise<ReadonlySet<string>> {
    return (await this.#indexOf(table, key))?.hashed ?? NONE;
  }

  /** Whether no two rows of the table can have one key, as long as that holds no NULL. */
  async has(table: TableName, key: readonly string[]): Promise<boolean> {
    return (await this.#indexOf(table, key)) !== undefined;
  }

  async create(table: TableName, index: string, key: readonly string[]): Promise<void> {
    this.forget(table);
    await this.#connection.run('SAVEPOINT before_key');
    try {
      await this.#connection.run(keyText(table, index, key));
    } catch (error) {
      if (sqlStateOf(error) !== TOO_LONG) throw error;
      await this.#connection.run('ROLLBACK TO SAVEPOINT before_key');
      await this.#connection.run(keyText(table, index, key, await this.#textColumns(table, key)));
    }
    await this.#connection.run('RELEASE SAVEPOINT before_key');
  }

  /** Makes sure that these rows' keys fit into the index, if it is one of ours. `name` is the table's in the engine's eyes. */
  async makeRoom(target: WriteTarget, name: TableName, rows: Rows): Promise<void> {
    const places = target.key.map((column) => target.columns.indexOf(column));
    if (rows.longestText(places) <= LONGEST_ENTRY) return;
    const index = await this.#indexOf(target.table, target.key);
    if (index?.name === undefined || index.hashed.size > 0) return;
    if (index.name !== keyIndexName(name, index.columns)) return;
    const hashed = await this.#textColumns(target.table, index.columns);
    if (hashed.size === 0) return;
    await this.#connection.run(dropKeyText(target.table, index.name));
    await this.#connection.run(keyText(target.table, index.name, index.columns, hashed));
    this.forget(target.table);
  }

  async #indexOf(table: TableName, key: readonly string[]): Promise<KeyIndex | undefined> {
    const id = quoteTable(table);
    const indexes = this.#known.get(id) ?? (await uniqueIndexes(this.#connection, table));
    this.#known.set(id, indexes);
    return indexes.find(({ columns }) => sameColumns(columns, key));
  }

  async #textColumns(table: TableName, key: readonly string[]): Promise<ReadonlySet<string>> {
    const columns: readonly ActualColumn[] = (await describeTable(this.#connection, table))?.columns ?? [];
    return new Set(columns.flatMap(({ name, type }) => (type === 'text' && key.includes(name) ? [name] : [])));
  }
}
