import type { Message } from '../../message/message.ts';
import type { TapState } from '../../message/state.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { stateRecord } from '../state/state-table.ts';
import type { Account } from './account.ts';
import { stateOfStreams } from './reading.ts';

/**
 * Makes a reader's state into what a statement keeps of it: a row in the destination, and the mark to commit there.
 * `result` is the digest of a result that is replaced as a whole.
 */
export type Checkpoint = (state: TapState, result?: string) => readonly Message[];

/**
 * The row stands right before the state's own message, so that it is committed in the same transaction as the rows
 * which it vouches for (invariant 1).
 */
export function checkpointOf(plan: StatementPlan, account: Account, clock: Clock): Checkpoint {
  const { query, fingerprint, table } = plan;
  return (state, result) => {
    const own = stateOfStreams(state, query.streams);
    const row = { ...account, destination: table, statement: fingerprint, state: own, result };
    return [stateRecord(row, clock.now()), { type: 'state', value: own }];
  };
}
