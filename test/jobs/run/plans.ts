import { sqlite } from '../../../src/dialects/sqlite/sqlite.ts';
import type { StatementPlan } from '../../../src/jobs/plan/job-plan.ts';
import { planJob } from '../../../src/jobs/plan/plan-job.ts';
import { parseStatements } from '../../../src/replicate/parse-statements.ts';
import { offeredStreams } from '../../../src/tap/tap.ts';

export function plansOf(sql: string): Promise<readonly StatementPlan[]> {
  return planJob(parseStatements(sql, 'q.sql'), offeredStreams(), sqlite);
}

export async function planOf(sql: string): Promise<StatementPlan> {
  const [plan] = await plansOf(sql);
  if (plan === undefined) throw new Error('no statement');
  return plan;
}
