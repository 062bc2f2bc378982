import type { Session } from '../../load/dialect.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { StatementState } from '../state/state-table.ts';
import type { Account } from './account.ts';
import { type StartingStatement, startOf } from './reading.ts';

/** How each statement begins, by what its table and the states in the destination say. */
export function startsOf(
  plans: readonly StatementPlan[],
  states: readonly StatementState[],
  account: Account,
  session: Session,
): Promise<readonly StartingStatement[]> {
  return session.transaction(async (transaction) => {
    const starts: StartingStatement[] = [];
    for (const plan of plans) {
      const exists = (await transaction.describe(plan.destination)) !== undefined;
      starts.push(startOf(plan, stateOf(plan, states, account), exists));
    }
    return starts;
  });
}

function stateOf({ table }: StatementPlan, states: readonly StatementState[], { source, account }: Account) {
  return states.find((state) => state.destination === table && state.source === source && state.account === account);
}
