import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Dialect, Facts } from '../../load/dialect.ts';
import { SqliteConnection } from './connection.ts';
import { SqliteSession } from './session.ts';
import { missingDirectory, sqliteError } from './sqlite-errors.ts';
import { render } from './statements.ts';

export interface SqliteSettings {
  /** The path of the file, which is created if it does not exist; its directory must. `:memory:` for none. */
  readonly database: string;
  /** How long to wait while another program writes. Default 10. */
  readonly busySeconds?: number;
  /** Changes nothing, not even how the file keeps its journal, and waits for no other program. */
  readonly looksOnly?: boolean;
}

const FACTS: Facts = {
  names: { limit: Number.POSITIVE_INFINITY, unit: 'characters', foldsCase: true },
  exactNumbers: false,
  encode: { boolean: (cell) => (cell === true ? 1 : 0) },
};

/** Durable at each commit (invariant 1); foreign keys and references are left alone when a table is made anew. */
const SETUP = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = OFF;
  PRAGMA legacy_alter_table = ON;
`;

/** SQLite 3.35 and later. Times are UTC text, decimals and JSON text, booleans 0 and 1 (see `DECLARED_TYPES`). */
export const sqlite: Dialect<SqliteSettings> = {
  name: 'sqlite',
  facts: FACTS,
  render,
  async connect({ database, busySeconds = 10, looksOnly = false }) {
    if (database !== ':memory:' && !existsSync(dirname(database))) throw missingDirectory(database);
    const setup = looksOnly ? '' : SETUP;
    try {
      const connection = await SqliteConnection.open({ database, busyMilliseconds: busySeconds * 1000, setup });
      return new SqliteSession(connection, database, FACTS, looksOnly ? 'BEGIN' : 'BEGIN IMMEDIATE');
    } catch (error) {
      throw sqliteError(error, database);
    }
  },
};
