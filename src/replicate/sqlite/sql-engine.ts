import type { Database } from 'better-sqlite3';
import type { Clock } from '../../runtime/clock.ts';
import { EnvironmentError } from '../../runtime/errors.ts';
import type { SourceTable } from '../select/source-table.ts';
import { DECLARED_TYPES } from './cell.ts';
import { dateFunctions } from './date-functions.ts';
import { quoteName } from './sql-text.ts';
import { STRING_FUNCTIONS } from './string-functions.ts';

/** Opens databases that know the functions of CData's SQL. Each is empty, private, and gone when it is closed. */
export interface SqlEngine {
  inMemory(): Database;
  /** On disk, for what may not fit into memory. */
  inTemporaryFile(): Database;
}

/** Loads SQLite only now, because a job of plain table copies into another database does not need it. */
export async function loadSqlEngine(clock: Clock): Promise<SqlEngine> {
  const { default: SqliteDatabase } = await import('better-sqlite3').catch((cause: unknown) => {
    throw new EnvironmentError({
      code: 'replicate.sqlite-missing',
      text: {
        en: 'a SELECT needs better-sqlite3, which is not installed',
        ja: 'SELECT には better-sqlite3 が必要ですが、インストールされていません',
      },
      hint: {
        en: 'Install it: npm install better-sqlite3@12',
        ja: 'インストールしてください: npm install better-sqlite3@12',
      },
      cause,
    });
  });
  const open = (path: string) => {
    const database = new SqliteDatabase(path);
    database.defaultSafeIntegers(true);
    for (const { name, run } of [...STRING_FUNCTIONS, ...dateFunctions(clock)]) {
      database.function(name, { deterministic: false, varargs: true }, run);
    }
    return database;
  };
  return { inMemory: () => open(':memory:'), inTemporaryFile: () => open('') };
}

export function createTables(database: Database, tables: readonly SourceTable[]): void {
  const create = database.transaction(() => {
    for (const { name, columns } of tables) {
      const list = columns.map((column) => `${quoteName(column.name)} ${DECLARED_TYPES[column.kind]}`).join(', ');
      database.exec(`CREATE TABLE ${quoteName(name)} (${list})`);
    }
  });
  create();
}
