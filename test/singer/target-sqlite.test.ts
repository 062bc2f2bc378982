import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { targetSqliteMain } from '../../src/singer/target-sqlite.ts';
import { PATIENTLY } from '../patiently.ts';
import { createTestHost } from './test-host.ts';

const schema = (properties: object = {}) =>
  JSON.stringify({
    type: 'SCHEMA',
    stream: 's',
    schema: { type: 'object', properties: { id: { type: 'integer' }, t: { type: ['null', 'string'] }, ...properties } },
    key_properties: ['id'],
  });
const record = (id: number, rest: object = {}, version?: number) =>
  JSON.stringify({ type: 'RECORD', stream: 's', record: { id, ...rest }, version });
const state = (at: number) => JSON.stringify({ type: 'STATE', value: { bookmarks: { s: { at } } } });
const activate = (version: number) => JSON.stringify({ type: 'ACTIVATE_VERSION', stream: 's', version });

const newDatabase = () => join(mkdtempSync(join(tmpdir(), 'target-')), 'test.db');

function rowsOf(database: string, table = 's') {
  const connection = new Database(database, { readonly: true });
  try {
    return connection.prepare(`SELECT * FROM "${table}" ORDER BY 1`).safeIntegers().all();
  } finally {
    connection.close();
  }
}

async function load(lines: readonly string[], settings: Record<string, string> = {}, database = newDatabase()) {
  const environment = Object.fromEntries(
    Object.entries({ database, ...settings }).map(([key, value]) => [`TARGET_SQLITE_${key.toUpperCase()}`, value]),
  );
  const host = createTestHost([], { environment });
  host.input.end(lines.map((line) => `${line}\n`).join(''));
  const code = await targetSqliteMain(host);
  return { code, database, states: host.outputText().split('\n').filter(Boolean), log: host.logText() };
}

describe('target-sqlite', () => {
  test('loads records and writes the whole state as one line', async () => {
    const { code, database, states } = await load([schema(), record(1, { t: 'a' }), state(1), record(2), state(2)]);
    expect(code).toBe(0);
    expect(rowsOf(database)).toEqual([
      { id: 1n, t: 'a', _sdc_deleted_at: null },
      { id: 2n, t: null, _sdc_deleted_at: null },
    ]);
    expect(states.at(-1)).toBe('{"bookmarks":{"s":{"at":2}}}');
  });

  test('passes the check of Meltano: no line says "error" or "exception"', async () => {
    const { code, states, log } = await load([
      '{"type":"SCHEMA","stream":"meltano_test_stream","schema":{"properties":{"id":{"type":"integer"},"name":{"type":"string"},"created_at":{"type":"string","format":"date-time"}}},"key_properties":["id"]}',
      '{"type":"RECORD","stream":"meltano_test_stream","record":{"id":1,"name":"Test","created_at":"2024-01-01T00:00:00Z"}}',
      '{"type":"STATE","value":{"bookmarks":{}}}',
      '{"type":"ACTIVATE_VERSION","stream":"meltano_test_stream","version":1}',
    ]);
    expect(code).toBe(0);
    expect(states).toEqual(['{"bookmarks":{}}']);
    expect(log).not.toMatch(/error|exception/i);
  });

  test('never writes an empty state, which would make Meltano forget', async () => {
    const { code, states } = await load(['{"type":"STATE","value":{}}', '{"type":"STATE","value":null}']);
    expect(code).toBe(0);
    expect(states).toEqual([]);
  });

  test('keeps long numbers, U+2028, emoji and long numbers in a state', async () => {
    const { database, states } = await load([
      schema({ n: { type: 'number' } }),
      '{"type":"RECORD","stream":"s","record":{"id":99999999999999999,"t":"a\u2028👩‍💻","n":12345678901234567890.1}}',
      '{"type":"STATE","value":{"lsn":12345678901234567890}}',
    ]);
    expect(rowsOf(database)).toEqual([
      { id: 99999999999999999n, t: 'a\u2028👩‍💻', n: '12345678901234567890.1', _sdc_deleted_at: null },
    ]);
    expect(states).toEqual(['{"lsn":12345678901234567890}']);
  });

  test('commits what came before a line that cannot be read, releases its state and fails', async () => {
    const { code, database, states, log } = await load([schema(), record(1), state(1), record(2), 'oops', record(3)]);
    expect(code).toBe(1);
    expect(rowsOf(database)).toMatchObject([{ id: 1n }, { id: 2n }]);
    expect(states.at(-1)).toBe('{"bookmarks":{"s":{"at":1}}}');
    expect(log).toContain('stdin:5: this line is not valid JSON: oops [singer.not-json]');
  });

  test('without a database says so and ends with code 2', async () => {
    const host = createTestHost([]);
    expect(await targetSqliteMain(host)).toBe(2);
    expect(host.logText()).toContain('TARGET_SQLITE_DATABASE');
  });

  test('with a database that cannot be made ends with code 3', async () => {
    const { code, log } = await load([schema()], {}, '/nowhere/at/all/test.db');
    expect(code).toBe(3);
    expect(log).toContain('/nowhere/at/all');
  });

  test('commits and releases the state on a signal, and tells by its code that it was stopped', async () => {
    const database = newDatabase();
    const host = createTestHost([], { environment: { TARGET_SQLITE_DATABASE: database } });
    const ended = targetSqliteMain(host);
    host.input.write(`${[schema(), record(1), state(1), record(2)].join('\n')}\n`);
    await vi.waitFor(() => expect(host.input.readableLength).toBe(0), PATIENTLY);
    expect(host.outputText()).toBe('');
    host.signal('SIGTERM');
    expect(await ended).toBe(143);
    expect(rowsOf(database)).toMatchObject([{ id: 1n }, { id: 2n }]);
    expect(host.outputText()).toBe('{"bookmarks":{"s":{"at":1}}}\n');
  });

  test('stops in order when nobody reads its states any more', async () => {
    const database = newDatabase();
    const host = createTestHost([], {
      environment: { TARGET_SQLITE_DATABASE: database, TARGET_SQLITE_BATCH_SIZE_ROWS: '1' },
    });
    const ended = targetSqliteMain(host);
    host.output.destroy();
    host.input.write(`${[schema(), record(1), state(1)].join('\n')}\n`);
    expect(await ended).toBe(141);
  });
});

describe('the setting', () => {
  const gone = [schema(), record(1, { _sdc_deleted_at: '2024-01-01T00:00:00Z' })];

  test('hard_delete removes rows; without it they are marked', async () => {
    const marked = await load([schema(), record(1, { t: 'a' }), record(2)]);
    await load(gone, {}, marked.database);
    expect(rowsOf(marked.database)).toEqual([
      { id: 1n, t: 'a', _sdc_deleted_at: expect.stringMatching(/^2024-01-01T00:00:00/) },
      { id: 2n, t: null, _sdc_deleted_at: null },
    ]);
    const removed = await load([schema(), record(1), record(2)], { hard_delete: 'true' });
    await load(gone, { hard_delete: 'true' }, removed.database);
    expect(rowsOf(removed.database)).toEqual([{ id: 2n, t: null }]);
  });

  test('activate_version decides whether a complete reading removes the others', async () => {
    const reading = [schema(), record(2, {}, 5), activate(5)];
    const first = await load([schema(), record(1), record(2)], { hard_delete: 'true' });
    await load(reading, { hard_delete: 'true', activate_version: 'false' }, first.database);
    expect(rowsOf(first.database)).toHaveLength(2);
    await load(reading, { hard_delete: 'true' }, first.database);
    expect(rowsOf(first.database)).toMatchObject([{ id: 2n }]);
  });

  test('load_method appends, replaces by key or replaces all', async () => {
    const count = async (load_method: string) => {
      const { database } = await load([schema(), record(1), record(2)], { load_method, hard_delete: 'true' });
      await load([schema(), record(2), record(3)], { load_method, hard_delete: 'true' }, database);
      return rowsOf(database).map((row) => (row as { id: bigint }).id);
    };
    expect(await count('append-only')).toEqual([1n, 2n, 2n, 3n]);
    expect(await count('upsert')).toEqual([1n, 2n, 3n]);
    expect(await count('overwrite')).toEqual([2n, 3n]);
  });

  test('load_method overwrite removes nothing when the run was stopped or its input was broken', async () => {
    const settings = { load_method: 'overwrite', hard_delete: 'true' };
    const { database } = await load([schema(), record(1), record(2)], settings);
    const broken = await load([schema(), record(2), 'oops'], settings, database);
    expect(broken.code).toBe(1);
    expect(rowsOf(database)).toHaveLength(2);
    const host = createTestHost([], {
      environment: { TARGET_SQLITE_DATABASE: database, TARGET_SQLITE_LOAD_METHOD: 'overwrite' },
    });
    const ended = targetSqliteMain(host);
    host.input.write(`${[schema(), record(2)].join('\n')}\n`);
    host.signal('SIGINT');
    expect(await ended).toBe(130);
    expect(rowsOf(database)).toHaveLength(2);
  });

  test('add_record_metadata adds the _sdc columns', async () => {
    const { database } = await load([schema(), record(1)], { add_record_metadata: 'true' });
    expect(Object.keys(rowsOf(database)[0] as object).sort()).toEqual(
      [
        '_sdc_batched_at',
        '_sdc_deleted_at',
        '_sdc_extracted_at',
        '_sdc_received_at',
        '_sdc_sequence',
        '_sdc_sync_started_at',
        '_sdc_table_version',
        'id',
        't',
      ].sort(),
    );
  });

  test('default_target_schema has no effect, which is said once', async () => {
    const { code, database, log } = await load([schema(), record(1)], { default_target_schema: 'raw' });
    expect(code).toBe(0);
    expect(rowsOf(database)).toMatchObject([{ id: 1n }]);
    expect(log.match(/default_target_schema/g)).toHaveLength(1);
  });

  test('table_mapping names the table of a stream', async () => {
    const { database } = await load([schema(), record(1)], { table_mapping: '{"s": "tickets"}' });
    expect(rowsOf(database, 'tickets')).toMatchObject([{ id: 1n }]);
  });

  test('validate_records stops at what the schema does not allow; without it only the columns decide', async () => {
    const lines = [schema({ n: { type: 'integer', maximum: 9 } }), record(1, { n: 10 })];
    expect((await load(lines)).code).toBe(0);
    const { code, log } = await load(lines, { validate_records: 'true' });
    expect(code).toBe(1);
    expect(log).toContain('must be <= 9');
  });

  test('rejects_table keeps rows that cannot be written up to rejects_limit, which the code tells', async () => {
    const lines = [
      schema({ n: { type: 'integer', maximum: 9 } }),
      record(1, { n: 10 }),
      record(2, { n: 11 }),
      record(3, { n: 1 }),
      state(1),
    ];
    const settings = { validate_records: 'true', rejects_table: 'rejects' };
    const { code, database, states } = await load(lines, settings);
    expect([code, states]).toEqual([1, ['{"bookmarks":{"s":{"at":1}}}']]);
    expect(rowsOf(database)).toMatchObject([{ id: 3n }]);
    expect(rowsOf(database, 'rejects')).toMatchObject([
      { stream: 's', record: '{"id":1,"n":10}' },
      { stream: 's', record: '{"id":2,"n":11}' },
    ]);
    const limited = await load(lines, { ...settings, rejects_limit: '1' });
    expect([limited.code, limited.states]).toEqual([1, []]);
  });

  test('flattening_enabled makes columns of members, as deep as flattening_max_depth says', async () => {
    const inner = { type: 'object', properties: { c: { type: 'integer' } } };
    const lines = [schema({ a: { type: 'object', properties: { b: inner } } }), record(1, { a: { b: { c: 7 } } })];
    const rowWith = async (settings: Record<string, string>) => rowsOf((await load(lines, settings)).database);
    expect(await rowWith({})).toMatchObject([{ a: '{"b":{"c":7}}' }]);
    expect(await rowWith({ flattening_enabled: 'true' })).toMatchObject([{ a__b__c: 7n }]);
    expect(await rowWith({ flattening_enabled: 'true', flattening_max_depth: '1' })).toMatchObject([
      { a__b: '{"c":7}' },
    ]);
  });

  test('undeclared_fields_column keeps what the schema does not declare', async () => {
    const lines = [schema(), record(1, { extra: [1, 'x'] })];
    const { database } = await load(lines, { undeclared_fields_column: 'more' });
    expect(rowsOf(database)).toMatchObject([{ id: 1n, more: '{"extra":[1,"x"]}' }]);
    expect((await load(lines)).log).toContain('extra');
  });

  test('timezone says which zone times without an offset are of, and a zone must exist', async () => {
    const messages = [
      schema({ at: { type: 'string', format: 'date-time' } }),
      record(1, { at: '2026-07-02T12:00:00' }),
      record(2, { at: '2026-07-02T12:00:00Z' }),
    ];
    const { database } = await load(messages, { timezone: 'Asia/Tokyo' });
    expect(rowsOf(database, 's')).toMatchObject([{ at: '2026-07-02T03:00:00Z' }, { at: '2026-07-02T12:00:00Z' }]);
    const refused = await load(messages, { timezone: 'Tokyo' });
    expect([refused.code, refused.log]).toEqual([2, expect.stringContaining('there is no time zone "Tokyo"')]);
  });

  test('table_prefix and table_suffix surround the stream’s name', async () => {
    const { database } = await load([schema(), record(1)], { table_prefix: 'raw_', table_suffix: '_v1' });
    expect(rowsOf(database, 'raw_s_v1')).toMatchObject([{ id: 1n }]);
  });

  test.each([
    ['batch_size_rows', { batch_size_rows: '2' }],
    ['batch_size_bytes', { batch_size_bytes: '1' }],
    ['batch_wait_limit_seconds', { batch_wait_limit_seconds: '0.05' }],
  ])('%s lets a state go while the input is still open', async (_name, settings) => {
    const database = newDatabase();
    const environment = Object.fromEntries(
      Object.entries({ database, ...settings }).map(([key, value]) => [`TARGET_SQLITE_${key.toUpperCase()}`, value]),
    );
    const host = createTestHost([], { environment });
    const ended = targetSqliteMain(host);
    const released = new Promise((resolve) => host.output.once('data', resolve));
    host.input.write(`${[schema(), record(1), state(1), record(2)].join('\n')}\n`);
    expect(String(await released)).toBe('{"bookmarks":{"s":{"at":1}}}\n');
    host.input.end();
    expect(await ended).toBe(0);
    expect(rowsOf(database)).toHaveLength(2);
  });
});
