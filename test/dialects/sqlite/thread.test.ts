import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { SqliteConnection } from '../../../src/dialects/sqlite/connection.ts';
import { SqliteSession } from '../../../src/dialects/sqlite/session.ts';
import { sqlite } from '../../../src/dialects/sqlite/sqlite.ts';
import type { Cell, Cells } from '../../../src/load/dialect.ts';
import { CellRows } from '../../../src/load/rows/cell-rows.ts';
import { RowWriter } from '../../../src/load/rows/row-writer.ts';
import { record, schema, startLoad, state } from '../../load/load-fixture.ts';

async function connect(setup = ''): Promise<SqliteConnection> {
  const connection = await SqliteConnection.open({ database: ':memory:', busyMilliseconds: 0, setup });
  onTestFinished(() => connection.close());
  return connection;
}

const { limits } = vi.hoisted(() => ({ limits: { maxOldGenerationSizeMb: undefined as number | undefined } }));

vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof import('node:worker_threads')>();
  class LimitedWorker extends actual.Worker {
    constructor(path: string, options: WorkerOptions) {
      super(path, { ...options, resourceLimits: { ...options.resourceLimits, ...limits } });
    }
  }
  return { ...actual, Worker: LimitedWorker };
});

/** A query that fills the memory of a limited thread. */
const LARGE = `
  WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many LIMIT 100)
  SELECT n, printf('%.*c', 1000000, 'x') FROM many`;

describe('the thread of a database', () => {
  test('gives rows back as they were sent, as cells and as text, also where they cross in portions', async () => {
    const connection = await connect('CREATE TABLE t (id INTEGER, a, b)');
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => shortened(value)),
      fc.uint8Array(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 30 }), fc.boolean(), async (values, long) => {
        const rows = values.map(([a, b], id): Cells => [id, a, b]);
        const all = long ? Array.from({ length: 20 }, () => rows).flat() : rows;
        const { touched } = await connection.run({ one: 'INSERT INTO t VALUES (?, ?, ?)' }, new CellRows(all));
        expect(touched).toBe(all.length);
        expect(await connection.query('SELECT * FROM t ORDER BY rowid')).toEqual(all);
        await connection.run({ one: 'DELETE FROM t' });
      }),
      { numRuns: 50 },
    );
    const writer = new RowWriter();
    const texts = Array.from(
      { length: 3000 },
      (_, id): Cells => [id, id % 7 === 0 ? null : 'a\tb\n\\'.repeat(10), id / 4],
    );
    for (const cells of texts) writer.row(cells);
    const several = { rows: 2, text: 'INSERT INTO t VALUES (?, ?, ?), (?, ?, ?)' };
    const statement = { one: 'INSERT INTO t VALUES (?, ?, ?)', several };
    expect(await connection.run(statement, writer.rows(['integer', 'text', 'number']))).toMatchObject({
      touched: 3000,
    });
    expect(await connection.query('SELECT * FROM t ORDER BY rowid')).toEqual(texts);
  });

  test('tells what the driver says, by its code too', async () => {
    const connection = await connect('CREATE TABLE t (id INTEGER PRIMARY KEY)');
    await connection.run({ one: 'INSERT INTO t VALUES (1)' });
    await expect(connection.run({ one: 'INSERT INTO t VALUES (1)' })).rejects.toMatchObject({
      name: 'SqliteError',
      code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
      message: 'UNIQUE constraint failed: t.id',
    });
    await expect(connection.execute('nonsense')).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    await expect(
      connection.run({ one: 'INSERT INTO t VALUES (?)' }, new CellRows([[2n ** 70n]])),
    ).rejects.toMatchObject({
      name: 'RangeError',
    });
    expect(await connection.query('SELECT * FROM t')).toEqual([[1]]);
  });

  test('does nothing of what comes with a transaction that cannot begin', async () => {
    const connection = await connect('CREATE TABLE t (id INTEGER)');
    connection.begin('BEGIN');
    await connection.run({ one: 'INSERT INTO t VALUES (1)' });
    connection.begin('BEGIN');
    await expect(connection.run({ one: 'INSERT INTO t VALUES (2)' })).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    await connection.commit();
    expect(await connection.query('SELECT * FROM t')).toEqual([[1]]);
  });

  test('writes nothing more when the database has ended the transaction in the middle of the rows', async () => {
    const connection = await connect(`CREATE TABLE t (id INTEGER);
      CREATE TRIGGER refuse BEFORE INSERT ON t WHEN new.id = 100 BEGIN SELECT RAISE(ROLLBACK, 'not this'); END`);
    connection.begin('BEGIN');
    const rows = new CellRows(Array.from({ length: 1000 }, (_, id) => [id]));
    await expect(connection.run({ one: 'INSERT INTO t VALUES (?)' }, rows)).rejects.toThrow('not this');
    await connection.rollback();
    expect(await connection.query('SELECT * FROM t')).toEqual([]);
    await connection.run({ one: 'INSERT INTO t VALUES (1)' });
    expect(await connection.query('SELECT * FROM t')).toEqual([[1]]);
  });

  test('that dies ends the load with what to do, and releases no state of what was not committed', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'sqlite-')), 'test.db');
    limits.maxOldGenerationSizeMb = 24;
    const connection = await SqliteConnection.open({ database: path, busyMilliseconds: 0, setup: '' });
    limits.maxOldGenerationSizeMb = undefined;
    const session = new SqliteSession(connection, path, sqlite.facts, 'BEGIN IMMEDIATE');
    const { loader, states } = startLoad(session);
    const people = schema('people', { id: { type: 'integer' } });
    await loader.write([people, record('people', { id: 1 }), state(1)]);
    await loader.flush();
    await loader.write([record('people', { id: 2 }), state(2)]);
    const dying = connection.query(LARGE);
    await expect(loader.flush()).rejects.toMatchObject({ code: 'sqlite.thread-ended', recovery: 'environment' });
    await expect(dying).rejects.toMatchObject({ code: 'sqlite.thread-ended' });
    expect(states).toEqual([1]);
    await session[Symbol.asyncDispose]();
    const again = await sqlite.connect({ database: path });
    onTestFinished(() => again[Symbol.asyncDispose]());
    expect(await again.readTable({ name: 'people' }, ['id'])).toEqual([{ id: 1 }]);
  });

  test('does not keep a process that has nothing more to do, closed or not', async () => {
    const script = `
      import { sqlite } from './dist/dialects/sqlite/sqlite.js';
      const session = await sqlite.connect({ database: ':memory:' });
      await session.transaction(async (transaction) => transaction.describe({ name: 'a' }));
      process.stdout.write('done');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output).toBe('done');
  });
});

function shortened(value: bigint): Cell {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
