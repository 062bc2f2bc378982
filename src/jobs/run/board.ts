import type { BacklogClient } from '../../backlog/client.ts';
import type { RequestCount } from '../../tap/tap.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { ProgressSnapshot, StatementProgress } from '../progress/progress.ts';
import type { StatementRun } from './statement-run.ts';

/** Keeps track of the statements of a run for whoever shows how far it is. */
export interface Board {
  /** The statement runs; `requests` counts those of its reading. */
  begin(plan: StatementPlan, run: StatementRun, requests: RequestCount): void;
  snapshot(): ProgressSnapshot;
}

/** `job` is what tells it from others that run at the same time. */
export function createBoard(plans: readonly StatementPlan[], client: BacklogClient, job?: string): Board {
  const progress = new Map<StatementPlan, () => StatementProgress>();
  return {
    begin(plan, run, requests) {
      progress.set(plan, () => run.progress(requests.of(plan.query.streams)));
    },
    snapshot() {
      const { waitingUntil } = client.usage;
      const named = { waitingUntil, ...(job === undefined ? {} : { job }) };
      return { statements: plans.map((plan) => ({ ...(progress.get(plan)?.() ?? notBegun(plan)), ...named })) };
    },
  };
}

function notBegun({ table }: StatementPlan): StatementProgress {
  return { table: table, phase: 'waiting', rows: 0, seconds: 0, requests: 0 };
}
