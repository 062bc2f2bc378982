import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sqlite } from '../../src/dialects/sqlite/sqlite.ts';
import type { Place, StoredCell, StoredRow } from './database.ts';

export async function openSqlitePlace(): Promise<Place> {
  const path = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'test.db');
  const session = await sqlite.connect({ database: path });
  const reader = new Database(path);
  return {
    session,
    schema: undefined,
    program: {
      name: 'target-sqlite',
      environment: { TARGET_SQLITE_DATABASE: path, TARGET_SQLITE_BATCH_SIZE_ROWS: '2000' },
    },
    async stored(table) {
      const quoted = `"${table.replaceAll('"', '""')}"`;
      const rows = reader.prepare<[], Record<string, unknown>>(`SELECT * FROM ${quoted}`).safeIntegers().all();
      return rows.map(asStored);
    },
    async tables() {
      return reader.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    },
    async execute(sql) {
      reader.exec(sql);
    },
    async close() {
      reader.close();
      await session[Symbol.asyncDispose]();
    },
  };
}

function asStored(row: Readonly<Record<string, unknown>>): StoredRow {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, asCell(cell)]));
}

function asCell(cell: unknown): StoredCell {
  return cell === null || cell instanceof Uint8Array ? cell : String(cell);
}
