import type { Database, Statement } from 'better-sqlite3';

/** The statement, or what SQLite says against it. */
export function tryPrepare(database: Database, sql: string): Statement<unknown[]> | string {
  try {
    return database.prepare(sql);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR') return error.message;
    throw error;
  }
}
