import { describe, expect, it } from 'vitest';
import type { StatementPlan } from '../../../src/jobs/plan/job-plan.ts';
import { planReadings, type StartingStatement, startOf, stateOfStreams } from '../../../src/jobs/run/reading.ts';
import type { StatementState } from '../../../src/jobs/state/state-table.ts';
import type { TapState } from '../../../src/message/state.ts';
import { planOf } from './plans.ts';

const saved = (plan: StatementPlan, state: TapState): StatementState => ({
  destination: plan.table,
  source: 'host',
  account: '1',
  credential: 'c',
  statement: plan.fingerprint,
  state,
});

const at = (stream: string, slices: Readonly<Record<string, string>>): TapState => ({
  bookmarks: { [stream]: Object.fromEntries(Object.entries(slices).map(([slice, time]) => [slice, { at: time }])) },
});

describe('startOf', () => {
  const state = at('issues', { 1: 'a' });

  it('continues what an earlier run of the same statement has begun', async () => {
    const plan = await planOf('REPLICATE Issues');
    expect(startOf(plan, saved(plan, state), true)).toEqual({ plan, mode: 'continue', state });
  });

  it('begins anew without a state, or when the table has vanished', async () => {
    const plan = await planOf('REPLICATE Issues');
    expect(startOf(plan, undefined, true)).toEqual({ plan, mode: 'anew' });
    expect(startOf(plan, saved(plan, state), false)).toEqual({ plan, mode: 'anew' });
  });

  it('replaces the rows of another statement', async () => {
    const plan = await planOf('REPLICATE Issues SELECT Id, Summary FROM Issues');
    const other = await planOf('REPLICATE Issues SELECT Id, Summary FROM Issues WHERE Id > 5');
    expect(startOf(plan, saved(other, state), true)).toEqual({ plan, mode: 'replace' });
  });

  it.each([
    ['that is asked to', 'REPLICATE Issues WITH TruncateTable'],
    ['whose result has no key', 'REPLICATE Names SELECT Summary FROM Issues'],
    ['over several rows at once', 'REPLICATE Counts SELECT StatusName, COUNT(*) AS N FROM Issues GROUP BY StatusName'],
  ])('replaces in each run the rows of a statement %s', async (_, sql) => {
    const plan = await planOf(sql);
    expect(startOf(plan, saved(plan, state), true).mode).toBe('replace');
  });
});

describe('planReadings', () => {
  it('reads once for all that begin from nothing', async () => {
    const starts = await startsOf(['REPLICATE Issues', 'REPLICATE P SELECT * FROM Issues', 'REPLICATE Projects']);
    const [reading, ...others] = planReadings(starts);
    expect(others).toEqual([]);
    expect(reading?.selection).toEqual([{ name: 'issues' }, { name: 'projects', withoutProject: true }]);
    expect(reading?.statements).toEqual(starts);
    expect(reading).not.toHaveProperty('state');
  });

  it('starts where the statement stands that has come least far, for each stream by itself', async () => {
    const [issues, copy, users] = await startsOf([
      'REPLICATE Issues',
      'REPLICATE P SELECT * FROM Issues',
      'REPLICATE Users',
    ]);
    const [reading] = planReadings([
      continued(
        issues,
        at('issues', { 1: '2026-01-02T00:00:00Z', 2: '2026-01-05T00:00:00Z', 3: '2026-01-01T00:00:00Z' }),
      ),
      continued(copy, at('issues', { 1: '2026-01-03T00:00:00Z', 2: '2026-01-04T00:00:00Z' })),
      continued(users, at('users', { space: '2026-01-09T00:00:00Z' })),
    ]);
    expect(reading?.state).toEqual({
      bookmarks: {
        ...at('issues', { 1: '2026-01-02T00:00:00Z', 2: '2026-01-04T00:00:00Z' }).bookmarks,
        ...at('users', { space: '2026-01-09T00:00:00Z' }).bookmarks,
      },
    });
  });

  it('does not mix statements that begin from nothing with those that go on, and lets these be first', async () => {
    const [issues, copy] = await startsOf(['REPLICATE Issues', 'REPLICATE P SELECT * FROM Issues']);
    const state = at('issues', { 1: '2026-01-02T00:00:00Z' });
    const readings = planReadings([copy, continued(issues, state)] as StartingStatement[]);
    expect(readings.map(({ statements, state }) => [statements.map(({ plan }) => plan.table), state])).toEqual([
      [['Issues'], state],
      [['P'], undefined],
    ]);
  });

  it('reads apart what begins at different dates', async () => {
    const starts = await startsOf([
      'REPLICATE Issues',
      "REPLICATE P WITH ReplicateStartDate='2026-01-01' SELECT * FROM Issues",
    ]);
    expect(planReadings(starts).map(({ startDate }) => startDate)).toEqual([undefined, '2026-01-01']);
  });
});

it('keeps of a state what concerns some streams', () => {
  const state = { bookmarks: { a: { 1: { at: 1 } }, b: { 1: { at: 2 } } }, currently_syncing: 'b' };
  expect(stateOfStreams(state, ['a', 'c'])).toEqual({ bookmarks: { a: { 1: { at: 1 } } } });
});

async function startsOf(statements: readonly string[]): Promise<readonly StartingStatement[]> {
  const plans = await Promise.all(statements.map(planOf));
  return plans.map((plan) => ({ plan, mode: 'anew' }));
}

function continued(start: StartingStatement | undefined, state: TapState): StartingStatement {
  if (start === undefined) throw new Error('no statement');
  return { plan: start.plan, mode: 'continue', state };
}
