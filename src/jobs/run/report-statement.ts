import type { TableReport } from '../../load/report.ts';
import { EXIT_DONE, EXIT_FAILED, exitCodeOf } from '../../runtime/exit-code.ts';
import { isRestriction, type ReadFailure, type RequestCount, sharesRequests } from '../../tap/tap.ts';
import { EndRequest } from '../end-request.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { RowCounts, StatementReport } from '../report/job-report.ts';
import { problemOf } from '../report/problem.ts';
import { isOfProject } from './completeness.ts';
import type { Reading } from './reading.ts';
import type { StatementOutcome } from './statement-run.ts';

export interface StatementResult {
  readonly plan: StatementPlan;
  readonly outcome: StatementOutcome;
  readonly reading: Reading;
  /** Of the whole reading. */
  readonly requests: RequestCount;
  /** What of the statement's streams could not be read. */
  readonly failures: readonly ReadFailure[];
  /** What ended the whole reading. */
  readonly failure: unknown;
}

export function reportStatement(result: StatementResult): StatementReport {
  const { plan, outcome, reading, requests, failures } = result;
  const failure = outcome.failure ?? result.failure;
  const requestCount = requests.of(plan.query.streams);
  return {
    ...headOf(plan),
    ...judge(failure, failures, plan.query.rowWise),
    rows: rowCounts(outcome, outcome.loaded.tables.get(plan.table)),
    requests: requestCount,
    requestsShared: requestCount > 0 && isShared(plan, reading),
    seconds: outcome.seconds,
  };
}

/** A statement that was not begun, because what ended a reading before it would end it too. */
export function reportUnread(plan: StatementPlan, failure: unknown): StatementReport {
  const rows = { read: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0 };
  return { ...headOf(plan), ...judge(failure, [], false), rows, requests: 0, requestsShared: false, seconds: 0 };
}

function headOf({ text, table }: StatementPlan): Pick<StatementReport, 'statement' | 'table'> {
  return { statement: text, table };
}

function judge(
  failure: unknown,
  failures: readonly ReadFailure[],
  loadsTheRest: boolean,
): Pick<StatementReport, 'verdict' | 'problems' | 'exitCode'> {
  if (failure instanceof EndRequest) {
    return { verdict: 'INCOMPLETE', problems: [problemOf(failure)], exitCode: EXIT_FAILED };
  }
  if (failure !== undefined)
    return { verdict: 'FAILED', problems: [problemOf(failure)], exitCode: exitCodeOf(failure) };
  if (failures.length === 0) return { verdict: 'OK', problems: [], exitCode: EXIT_DONE };
  const problems = failures.map(({ slice, error }) => ({ ...problemOf(error), path: slice }));
  const isRestricted = failures.every((each) => isOfProject(each) || (loadsTheRest && isRestriction(each)));
  const exitCode = isRestricted ? EXIT_DONE : EXIT_FAILED;
  return { verdict: 'INCOMPLETE', problems, exitCode };
}

function rowCounts({ read }: StatementOutcome, table: TableReport | undefined): RowCounts {
  const { inserted = 0, updated = 0, unchanged = 0, deleted = 0 } = table ?? {};
  return { read, inserted, updated, unchanged, deleted };
}

function isShared(plan: StatementPlan, { statements }: Reading): boolean {
  const others = statements.filter((statement) => statement.plan !== plan);
  return others.some((other) => sharesRequests(plan.query.streams, other.plan.query.streams));
}
