import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/load/dialect.ts';
import type { TableName } from '../../src/load/table.ts';
import type { Message } from '../../src/message/message.ts';
import { load, openDatabase, record, schema, startLoad, state, tombstone } from './load-fixture.ts';

const A = schema('a', { id: { type: 'integer' }, v: { type: 'string' } });
const B = schema('b', { id: { type: 'integer' }, v: { type: 'string' } });

describe('a state (invariant 1)', () => {
  test('goes at once when no row stands before it', async () => {
    const { session } = await openDatabase();
    const { loader, states } = startLoad(session);
    await loader.write([state(1), state(2)]);
    expect(states).toEqual([2]);
  });

  test('goes when the batch is full by rows', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session, { batchRows: 3 });
    await loader.write([A, record('a', { id: 1, v: 'x' }), state(1), record('a', { id: 2, v: 'x' })]);
    expect(states).toEqual([]);
    await loader.write([record('a', { id: 3, v: 'x' }), state(3)]);
    expect(states).toEqual([1, 3]);
    expect(database.rows('a')).toHaveLength(3);
  });

  test('goes when the batch is full by bytes', async () => {
    const { session } = await openDatabase();
    const { loader, states } = startLoad(session, { batchBytes: 1000 });
    await loader.write([A, state(0), record('a', { id: 1, v: 'x'.repeat(900) })]);
    expect(states).toEqual([]);
    await loader.write([record('a', { id: 2, v: 'x'.repeat(100) })]);
    expect(states).toEqual([0]);
  });

  test('goes when messages come after the time of a batch', async () => {
    const database = await openDatabase();
    const { loader, states, clock } = startLoad(database.session, { batchSeconds: 60 });
    await loader.write([A, record('a', { id: 1, v: 'x' }), state(1)]);
    clock.advance(59);
    await loader.write([record('a', { id: 2, v: 'x' })]);
    expect(states).toEqual([]);
    clock.advance(1);
    await loader.write([record('a', { id: 3, v: 'x' })]);
    expect(states).toEqual([1]);
    expect(database.rows('a')).toHaveLength(3);
  });

  test('before a row that does not fit is kept with all rows before it, and none after it', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session);
    await loader.write([A, B, record('a', { id: 1, v: 'x' }), record('b', { id: 1, v: 'x' }), state(1)]);
    await loader.write([record('a', { id: 2, v: 'x' }), state(2), record('a', { id: 3, v: 'x' })]);
    await loader.write([record('b', { id: 'no number', v: 'x' }), state(3), record('a', { id: 4, v: 'x' }), state(4)]);
    await expect(loader.flush()).rejects.toMatchObject({ code: 'load.value-does-not-fit', path: 'b.id' });
    expect(states).toEqual([1, 2]);
    expect(database.rows('a').map(({ id }) => id)).toEqual([1, 2]);
    await expect(loader.write([state(5)])).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    await expect(loader.finish()).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    expect(states).toEqual([1, 2]);
  });

  test('before a stream with a broken schema is kept too', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session);
    const broken: Message = { type: 'schema', stream: 'b', schema: { type: 'object' }, keyProperties: [] };
    await loader.write([A, record('a', { id: 1, v: 'x' }), state(1), broken, state(2)]);
    await expect(loader.finish()).rejects.toMatchObject({ code: 'load.schema-without-properties', path: 'b' });
    expect(states).toEqual([1]);
    expect(database.rows('a')).toHaveLength(1);
  });

  test('before a record without a schema is kept too', async () => {
    const database = await openDatabase();
    const { loader, states } = startLoad(database.session);
    const given = loader.write([A, record('a', { id: 1, v: 'x' }), state(1), record('b', { id: 1 }), state(2)]);
    await expect(given).rejects.toMatchObject({ code: 'load.record-before-schema', path: 'b' });
    expect(states).toEqual([1]);
    expect(database.rows('a')).toHaveLength(1);
  });

  test('is never ahead of its rows, wherever the database fails, and a second run makes up for it', async () => {
    const script = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('row' as const), id: fc.nat(5), v: fc.constantFrom('x', 'y', 'z') }),
        fc.record({ kind: fc.constant('gone' as const), id: fc.nat(5) }),
        fc.record({ kind: fc.constant('state' as const) }),
      ),
      { maxLength: 40 },
    );
    const { session } = await openDatabase(':memory:');
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(script, fc.nat(6), fc.integer({ min: 1, max: 5 }), async (steps, failAt, batchRows) => {
        const messages = steps.map((step, place): Message => {
          if (step.kind === 'state') return state(place);
          return step.kind === 'row' ? record('a', { id: step.id, v: step.v }) : tombstone('a', { id: step.id });
        });
        runs += 1;
        const broken = { name: `broken_${runs}` };
        const whole = { name: `whole_${runs}` };
        const { loader, states } = startLoad(failingAt(session, failAt), { batchRows, tableOf: () => broken });
        const failed = await (async () => {
          await loader.write([A]);
          for (const message of messages) await loader.write([message]);
          await loader.finish();
        })().catch((error: unknown) => error);
        const last = states.at(-1) ?? -1;
        const resumed = messages.slice(Number(last) + 1);
        expect(failed === undefined || (failed instanceof Error && failed.message === 'power cut')).toBe(true);
        expect([...states]).toEqual([...states].sort((left, right) => Number(left) - Number(right)));
        await load(session, [A, ...resumed], { tableOf: () => broken });
        await load(session, [A, ...messages], { tableOf: () => whole });
        expect(await contents(session, broken)).toEqual(await contents(session, whole));
      }),
      { numRuns: 60 },
    );
  });
});

async function contents(session: Session, table: TableName) {
  const rows = (await session.readTable(table, ['id', 'v'])) ?? [];
  return [...rows].sort((left, right) => Number(left.id) - Number(right.id));
}

/** A session whose given transaction is rolled back at its very end. */
function failingAt(session: Session, failAt: number): Session {
  let transactions = 0;
  return {
    facts: session.facts,
    readTable: (table, columns) => session.readTable(table, columns),
    transaction: (work) =>
      session.transaction(async (transaction) => {
        const result = await work(transaction);
        transactions += 1;
        if (transactions === failAt) throw new Error('power cut');
        return result;
      }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
