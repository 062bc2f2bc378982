import { once } from 'node:events';
import fc from 'fast-check';
import { createConnection } from 'mysql2/promise';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import type { Session, Transaction } from '../../../src/load/dialect.ts';
import { CellRows } from '../../../src/load/rows/cell-rows.ts';
import { heldClock, load, record, schema, startLoad, state } from '../../load/load-fixture.ts';
import { PATIENTLY } from '../../patiently.ts';
import { type Family, openSession } from './family.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });
const TARGET = { table: { name: 'people' }, columns: ['id', 'name'], key: ['id'], compared: ['name'] };
/** How many wait for a table that somebody else uses. */
const WAITS = "SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table metadata%'";
/** The server answers from a cache as long as it is asked more often than each tenth of a second. */
const SELDOM = { ...PATIENTLY, interval: 250 };

/** How many wait for a row that somebody else is writing. */
const BLOCKED = "SELECT COUNT(*) AS n FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'";
const BULKS = ['load-data', 'insert'] as const;

export function sessionBehaviours(of: () => Family): void {
  describe('a session', () => {
    test.each(BULKS)('keeps any text by %s', async (bulk) => {
      const session = await openSession(of(), { bulk });
      const clock = heldClock();
      const text = fc.string({
        unit: fc.oneof(
          fc.constantFrom('\\', '\t', '\n', '\r', '\0', "'", '"', 'N', '\u001a', ' '),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 100 }), async (texts) => {
          clock.advance(1);
          const rows = texts.map((name, id) => record('people', { id, name }));
          await load(session, [PEOPLE, ...rows], { loadMethod: 'overwrite' }, clock);
          const found = await session.readTable({ name: 'people' }, ['id', 'name']);
          expect(found?.toSorted((a, b) => Number(a.id) - Number(b.id)).map(({ name }) => name)).toEqual(texts);
        }),
        { numRuns: 10 },
      );
    });

    test.each(BULKS)('counts inserted, updated and unchanged rows by %s', async (bulk) => {
      const session = await openSession(of(), { bulk });
      await load(session, [PEOPLE, ...rows(0, 500, 'a')]);
      const report = await load(session, [
        PEOPLE,
        ...rows(0, 100, 'b'),
        ...rows(100, 300, 'a'),
        ...rows(500, 700, 'a'),
      ]);
      expect(report.tables.get('people')).toMatchObject({ inserted: 200, updated: 100, unchanged: 200 });
    });

    test('shows nobody half of a batch, though tables change in it', async () => {
      const session = await openSession(of());
      await load(session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
      const seen: unknown[] = [];
      const given = session.transaction(async (transaction) => {
        await transaction.apply({
          table: { name: 'people' },
          changes: [{ kind: 'add', column: { name: 'age', type: 'integer' } }],
        });
        await transaction.upsert(TARGET, new CellRows([[2, 'y']]));
        seen.push(await of().query('SELECT id, name, age FROM people'));
        await expect(
          transaction.apply({
            table: { name: 'people' },
            changes: [{ kind: 'add', column: { name: 'b', type: 'integer' } }],
          }),
        ).rejects.toThrow('it would commit them');
        throw new Error('stopped');
      });
      await expect(given).rejects.toThrow('stopped');
      expect(seen).toEqual([[{ id: 1, name: 'x', age: null }]]);
      expect(await of().query('SELECT id, name, age FROM people')).toEqual([{ id: 1, name: 'x', age: null }]);
    });

    test('connects again when the server has closed an idle connection', async () => {
      const session = await openSession(of());
      await load(session, [PEOPLE, record('people', { id: 1, name: 'x' })]);
      await killSessions(of());
      const report = await load(session, [PEOPLE, record('people', { id: 2, name: 'y' })]);
      expect(report.tables.get('people')).toMatchObject({ inserted: 1 });
      await killSessions(of());
      expect(await session.readTable({ name: 'people' }, ['id'])).toHaveLength(2);
    });

    test('runs a transaction again whose connection breaks in the middle, and writes its rows once', async () => {
      const session = await openSession(of());
      const attempts = await interrupted(session, async () => killSessions(of()));
      expect(attempts).toBe(2);
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test('runs a transaction again that fell victim to a deadlock', async () => {
      const session = await openSession(of());
      const attempts = await interrupted(session, () =>
        Promise.reject(Object.assign(new Error('Deadlock'), { errno: 1213 })),
      );
      expect(attempts).toBe(2);
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test('loses and doubles nothing of a batch that is run again', async () => {
      const session = await openSession(of());
      let deadlocks = 0;
      const disturbed: Session = {
        ...{ facts: session.facts, readTable: session.readTable.bind(session) },
        transaction: (work) =>
          session.transaction(async (transaction) => {
            const result = await work(transaction);
            deadlocks += 1;
            if (deadlocks % 2 === 1) throw Object.assign(new Error('Deadlock'), { errno: 1213 });
            return result;
          }),
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
      const log = schema('log', { line: { type: 'string' } }, []);
      const messages = [PEOPLE, ...rows(0, 50, 'a'), log, record('log', { line: 'x' }), state(1)];
      const report = await load(disturbed, messages, { batchRows: 10 });
      expect(deadlocks).toBeGreaterThan(2);
      expect(report.tables.get('people')).toMatchObject({ received: 50, inserted: 50, updated: 0, unchanged: 0 });
      expect(await of().query('SELECT COUNT(*) AS n FROM people')).toEqual([{ n: 50 }]);
      expect(await of().query('SELECT line FROM log')).toEqual([{ line: 'x' }]);
    });

    test('gives up a transaction that is in the way of others again and again', async () => {
      const session = await openSession(of());
      let attempts = 0;
      const given = session.transaction(() => {
        attempts += 1;
        return Promise.reject(Object.assign(new Error('Deadlock'), { errno: 1213 }));
      });
      await expect(given).rejects.toMatchObject({
        code: 'mysql.deadlock',
        recovery: 'retryable',
        path: expect.stringContaining('/test'),
      });
      expect(attempts).toBe(4);
    });

    test('writes rows with a key again when their commit got no answer', async () => {
      const session = await openSession(of());
      await load(session, [PEOPLE]);
      let attempts = 0;
      await session.transaction(async (transaction) => {
        attempts += 1;
        await transaction.upsert(TARGET, new CellRows([[1, 'x']]));
        if (attempts === 1) await killSessions(of());
      });
      expect(attempts).toBe(2);
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test('tells that a commit of rows without a key got no answer', async () => {
      const session = await openSession(of());
      await load(session, [PEOPLE]);
      const given = session.transaction(async (transaction) => {
        await transaction.append(TARGET, new CellRows([[1, 'x']]));
        await killSessions(of());
      });
      await expect(given).rejects.toMatchObject({ code: 'mysql.commit-unanswered', recovery: 'environment' });
      const { loader, states } = startLoad(session);
      await loader.write([PEOPLE, record('people', { id: 1, name: 'x' }), state(1)]);
      await loader.finish();
      expect(states).toEqual([1]);
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test.each(BULKS)('updates a row that another run inserts in the same moment, by %s', async (bulk) => {
      const session = await openSession(of(), { bulk });
      const { host = '', port = 0, user = '', database } = of().settings;
      const rival = await createConnection({ host, port, user, database });
      onTestFinished(() => rival.end());
      await load(session, [PEOPLE]);
      for (const id of [1, 2]) {
        await rival.query('START TRANSACTION');
        await rival.query(`INSERT INTO people VALUES (${id}, 'rival')`);
        const ours = load(session, [PEOPLE, record('people', { id, name: 'ours' })]);
        await vi.waitFor(async () => expect(await of().query(BLOCKED)).toEqual([{ n: 1 }]), SELDOM);
        await rival.query('COMMIT');
        expect((await ours).tables.get('people')).toMatchObject({ inserted: 0, updated: 1 });
      }
      expect(await of().query('SELECT name FROM people')).toEqual([{ name: 'ours' }, { name: 'ours' }]);
    });

    test('makes a table that another run makes at the same time once', async () => {
      const session = await openSession(of());
      const other = await mysql.connect(of().settings);
      onTestFinished(() => other[Symbol.asyncDispose]());
      const streams = Array.from({ length: 12 }, (_, at) => `s${at}`);
      const messages = streams.flatMap((stream) => [
        schema(stream, { id: { type: 'integer' } }),
        ...rows(0, 50, 'x', stream),
      ]);
      const runs = [session, other].map((one) => load(one, messages, { batchRows: 60 }));
      const reports = await Promise.all(runs);
      for (const stream of streams) {
        expect(await of().query(`SELECT COUNT(*) AS n FROM ${stream}`)).toEqual([{ n: 50 }]);
        const inserted = reports.map(({ tables }) => tables.get(stream)?.inserted ?? 0);
        expect(inserted.reduce((sum, count) => sum + count)).toBe(50);
      }
    });

    test('makes a table anew that another run has dropped before the first row', async () => {
      const session = await openSession(of());
      const columns = [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
      ] as const;
      let attempts = 0;
      await session.transaction(async (transaction) => {
        attempts += 1;
        const found = await transaction.describe(TARGET.table);
        if (!found) await transaction.apply({ table: TARGET.table, changes: [{ kind: 'create', columns }] });
        if (attempts === 1) await of().query('DROP TABLE people');
        await transaction.upsert(TARGET, new CellRows([[1, 'x']]));
      });
      expect(attempts).toBe(2);
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test('does not drop a table that it made in vain when another run is about to write there', async () => {
      const session = await openSession(of());
      const other = await mysql.connect(of().settings);
      onTestFinished(() => other[Symbol.asyncDispose]());
      const columns = [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
      ] as const;
      const written = new AbortController();
      const failing = session.transaction(async (transaction) => {
        await transaction.apply({ table: TARGET.table, changes: [{ kind: 'create', columns }] });
        await once(written.signal, 'abort');
        throw new Error('in vain');
      });
      await other.transaction(async (transaction) => {
        await vi.waitFor(async () => expect(await transaction.describe(TARGET.table)).toBeDefined(), PATIENTLY);
        await transaction.append(TARGET, new CellRows([[1, 'x']]));
        written.abort();
        await vi.waitFor(async () => expect(await of().query(WAITS)).toEqual([{ n: 1 }]), PATIENTLY);
      });
      await expect(failing).rejects.toThrow('in vain');
      expect(await of().query('SELECT id, name FROM people')).toEqual([{ id: 1, name: 'x' }]);
    });

    test('runs the transactions of all its users one after the other', async () => {
      const session = await openSession(of());
      const loads = ['a', 'b', 'c'].map((stream) =>
        load(session, [schema(stream, { id: { type: 'integer' } }), ...rows(0, 20, 'x', stream)], { batchRows: 3 }),
      );
      const reports = await Promise.all(loads);
      expect(reports.flatMap(({ tables }) => [...tables.values()].map(({ inserted }) => inserted))).toEqual([
        20, 20, 20,
      ]);
    });

    test('reads a small table back as it was given', async () => {
      const session = await openSession(of());
      const properties = {
        key: { type: 'string' },
        value: {},
        on: { type: 'boolean' },
        big: { type: 'integer' },
        price: { type: 'string', format: 'singer.decimal' },
        at: { type: 'string', format: 'date-time' },
        none: { type: 'string' },
      };
      const row = {
        ...{ key: 'k', value: { b: ['x', 1], a: null }, on: true, big: 9007199254740993n },
        ...{ price: '12.5', at: '2026-01-02T03:04:05.5Z', none: null },
      };
      await load(session, [
        schema('settings', properties, ['key']),
        record('settings', row),
        record('settings', { key: 'other' }),
      ]);
      const columns = [...Object.keys(properties), 'not there'];
      expect(await session.readTable({ name: 'settings' }, columns, { column: 'key', is: 'k' })).toEqual([row]);
      expect(await session.readTable({ name: 'nothing' }, ['a'])).toBeUndefined();
    });
  });
}

function rows(from: number, to: number, name: string, stream = 'people') {
  return Array.from({ length: to - from }, (_, at) =>
    record(stream, stream === 'people' ? { id: from + at, name } : { id: from + at }),
  );
}

/** Writes a row in a transaction that is disturbed once, and tells how often it was run. */
async function interrupted(session: Session, disturb: () => Promise<void>): Promise<number> {
  let attempts = 0;
  await session.transaction(async (transaction: Transaction) => {
    attempts += 1;
    if ((await transaction.describe(TARGET.table)) === undefined) {
      const columns = [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
      ] as const;
      await transaction.apply({ table: TARGET.table, changes: [{ kind: 'create', columns }] });
    }
    await transaction.append(TARGET, new CellRows([[1, 'x']]));
    if (attempts === 1) await disturb();
    await transaction.append(TARGET, new CellRows([]));
    await transaction.sweep({ name: 'people' }, { kind: 'all' }, { column: 'name', unset: null, value: 'x' });
  });
  return attempts;
}

async function killSessions({ query, admin }: Family): Promise<void> {
  const running = await query(
    "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB = 'test' AND ID <> CONNECTION_ID()",
  );
  for (const { id } of running) await admin.query(`KILL ${id}`);
}
