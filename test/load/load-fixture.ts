import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { sqlite } from '../../src/dialects/sqlite/sqlite.ts';
import type { Session } from '../../src/load/dialect.ts';
import { createLoader, type Loader } from '../../src/load/loader.ts';
import type { LoadReport } from '../../src/load/report.ts';
import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../../src/load/settings.ts';
import type { Message } from '../../src/message/message.ts';
import type { JsonSchema } from '../../src/message/schema.ts';
import type { Row } from '../../src/message/value.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import type { Incoming } from '../../src/singer/read-messages.ts';

/** A clock that only moves when told to. */
export interface HeldClock extends Clock {
  advance(seconds: number): void;
}

export function heldClock(start = Date.UTC(2026, 0, 2, 3, 4, 5)): HeldClock {
  let now = start;
  return {
    now: () => now,
    sleep: () => Promise.reject(new Error('nothing here waits')),
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}

/** A database file of one test, with a loader's session and a second connection that looks at what is committed. */
export interface TestDatabase {
  readonly path: string;
  readonly session: Session;
  query(sql: string): Record<string, unknown>[];
  rows(table: string, order?: string): Record<string, unknown>[];
  types(table: string): Record<string, string>;
  execute(sql: string): void;
}

export async function openDatabase(
  path = join(mkdtempSync(join(tmpdir(), 'load-')), 'test.db'),
): Promise<TestDatabase> {
  const session = await sqlite.connect({ database: path });
  const reader = new Database(path);
  onTestFinished(async () => {
    reader.close();
    await session[Symbol.asyncDispose]();
  });
  const query = (sql: string) => reader.prepare<[], Record<string, unknown>>(sql).all();
  return {
    path,
    session,
    query,
    rows: (table, order = 'rowid') => query(`SELECT * FROM "${table}" ORDER BY ${order}`),
    types: (table) =>
      Object.fromEntries(query(`SELECT name, type FROM pragma_table_info('${table}')`).map((c) => [c.name, c.type])),
    execute: (sql) => {
      reader.exec(sql);
    },
  };
}

export interface TestLoad {
  readonly loader: Loader;
  readonly states: unknown[];
  readonly clock: HeldClock;
}

export function startLoad(session: Session, settings: Partial<LoadSettings> = {}, clock = heldClock()): TestLoad {
  const states: unknown[] = [];
  const loader = createLoader({
    session,
    settings: { ...DEFAULT_LOAD_SETTINGS, ...settings },
    onState: (value) => {
      states.push(value);
    },
    clock,
    log: silentLogger,
  });
  return { loader, states, clock };
}

/** One run: everything is given, then finished. */
export async function load(
  session: Session,
  messages: readonly Incoming[],
  settings: Partial<LoadSettings> = {},
  clock = heldClock(),
): Promise<LoadReport & { readonly states: unknown[] }> {
  const { loader, states } = startLoad(session, settings, clock);
  await loader.write(messages);
  return { ...(await loader.finish()), states };
}

export function schema(
  stream: string,
  properties: Readonly<Record<string, JsonSchema>>,
  keyProperties: readonly string[] = ['id'],
): Message {
  return { type: 'schema', stream, schema: { type: 'object', properties }, keyProperties };
}

export function record(stream: string, row: Row, version?: number): Message {
  return { type: 'record', stream, record: row, ...(version === undefined ? {} : { version }) };
}

export function tombstone(stream: string, row: Row, deletedAt = '2026-01-01T00:00:00Z'): Message {
  return { type: 'tombstone', stream, record: row, deletedAt };
}

export function state(value: unknown): Message {
  return { type: 'state', value };
}

export function activate(stream: string, version: number): Message {
  return { type: 'activateVersion', stream, version };
}
