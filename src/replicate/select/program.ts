import type { Database } from 'better-sqlite3';

/** One instruction of SQLite's virtual machine (https://sqlite.org/opcode.html). */
export interface Operation {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  readonly p4: string | null;
}

/** What SQLite would do to answer a SELECT. */
export interface Program {
  readonly operations: readonly Operation[];
  /** Table by cursor; views and virtual tables have none. */
  readonly tables: ReadonlyMap<number, string>;
}

export function explain(database: Database, sql: string): Program {
  const operations = database.prepare<[], Operation>(`EXPLAIN ${sql}`).safeIntegers(false).all();
  const roots = database
    .prepare<[], { name: string; page: number }>('SELECT name, rootpage AS page FROM sqlite_schema')
    .safeIntegers(false)
    .all();
  const names = new Map(roots.map(({ name, page }) => [page, name]));
  const opened = operations.filter(({ opcode }) => opcode === 'OpenRead');
  return { operations, tables: new Map(opened.map(({ p1, p2 }) => [p1, names.get(p2) ?? SCHEMA_TABLE])) };
}

/** What holds the root pages of all others has the first page itself. */
const SCHEMA_TABLE = 'sqlite_schema';
