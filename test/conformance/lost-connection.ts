import { describe, expect, onTestFinished, test } from 'vitest';
import type { Session, Transaction } from '../../src/load/dialect.ts';
import type { Message } from '../../src/message/message.ts';
import { record, schema, startLoad, state } from '../load/load-fixture.ts';
import type { Place, RunningDatabase, RunningServer } from './database.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: 'string' } });
const LOG = schema('log', { line: { type: 'integer' } }, []);
const STEPS = 40;
const PER_STEP = 50;

const person = (id: number) => record('people', { id, name: `n${id}` }, 5);

/** Rows with a key and rows without one, a state behind each step, and a version at the end. */
const MESSAGES: readonly Message[] = [
  PEOPLE,
  LOG,
  ...Array.from({ length: STEPS }, (_, step) => [
    ...Array.from({ length: PER_STEP }, (_, at) => person(step * PER_STEP + at)),
    record('log', { line: step }),
    state(step + 1),
  ]).flat(),
  { type: 'activateVersion', stream: 'people', version: 5 },
  state(STEPS + 1),
];

/** Once each, and each only once. */
const EVERYTHING = { people: STEPS * PER_STEP, log: STEPS, states: STEPS + 1 };

/**
 * A connection that breaks, whoever broke it: the load goes on by a new one, as if nothing had been.
 */
export function lostConnectionBehaviours(run: () => RunningDatabase): void {
  describe('a load whose connection is lost', () => {
    test('between its batches, again and again, loses and doubles nothing', async ({ skip }) => {
      const { server, place } = await opened(run, skip);
      const disturbed = before(place.session, 2, () => server.disconnect());
      expect(await loadAll(place, disturbed.session)).toEqual(EVERYTHING);
      expect(disturbed.times()).toBeGreaterThan(5);
    });

    test('in the middle of its batches, again and again, loses and doubles nothing', async ({ skip }) => {
      const { server, place } = await opened(run, skip);
      const disturbed = within(place.session, 3, () => server.disconnect());
      expect(await loadAll(place, disturbed.session)).toEqual(EVERYTHING);
      expect(disturbed.times()).toBeGreaterThan(5);
    });

    test('because the server crashes waits until it is back, and loses and doubles nothing', async ({ skip }) => {
      const { server, place } = await opened(run, skip);
      const disturbed = within(place.session, 12, () => server.crash());
      expect(await loadAll(place, disturbed.session)).toEqual(EVERYTHING);
      expect(disturbed.times()).toBeGreaterThan(0);
    });
  });
}

async function opened(run: () => RunningDatabase, skip: (why: string) => never) {
  const { server, open } = run();
  if (server === undefined) return skip('this database is no server');
  const place = await open();
  onTestFinished(() => place.close());
  return { server, place } satisfies { server: RunningServer; place: Place };
}

async function loadAll({ schema: home, stored }: Place, session: Session): Promise<typeof EVERYTHING> {
  const tableOf = (name: string) => (home === undefined ? { name } : { schema: home, name });
  const { loader, states } = startLoad(session, { tableOf, batchRows: 2 * PER_STEP + 2 });
  await loader.write(MESSAGES);
  const report = await loader.finish();
  expect(report.tables.get('people')).toMatchObject({ received: STEPS * PER_STEP, deleted: 0 });
  expect(states).toEqual([...states].sort((left, right) => Number(left) - Number(right)));
  const [people, log] = [await stored('people'), await stored('log')];
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
  expect(new Set(log.map(({ line }) => line)).size).toBe(log.length);
  return { people: people.length, log: log.length, states: Number(states.at(-1)) };
}

interface Disturbed {
  readonly session: Session;
  /** How often it was disturbed. */
  times(): number;
}

/** Disturbs each so manieth transaction before it begins. */
function before(session: Session, each: number, disturb: () => Promise<void>): Disturbed {
  let transactions = 0;
  let times = 0;
  const transaction: Session['transaction'] = async (work) => {
    transactions += 1;
    if (transactions % each === 0) {
      times += 1;
      await disturb();
    }
    return session.transaction(work);
  };
  return { session: withTransaction(session, transaction), times: () => times };
}

/** Disturbs each so manieth transaction between two of its statements, but not when it is run again. */
function within(session: Session, each: number, disturb: () => Promise<void>): Disturbed {
  let transactions = 0;
  let times = 0;
  const transaction: Session['transaction'] = (work) => {
    transactions += 1;
    let due = transactions % each === 0;
    return session.transaction((real) => {
      const interrupted: Transaction['upsert'] = async (target, rows) => {
        const counts = await real.upsert(target, rows);
        if (!due || target.table.name !== 'people') return counts;
        due = false;
        times += 1;
        await disturb();
        await real.count(target.table);
        return counts;
      };
      return work(withUpsert(real, interrupted));
    });
  };
  return { session: withTransaction(session, transaction), times: () => times };
}

function withTransaction(session: Session, transaction: Session['transaction']): Session {
  return {
    facts: session.facts,
    transaction,
    readTable: session.readTable.bind(session),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function withUpsert(real: Transaction, upsert: Transaction['upsert']): Transaction {
  return new Proxy(real, {
    get(target, name) {
      if (name === 'upsert') return upsert;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
