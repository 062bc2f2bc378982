import { describeError } from '../../runtime/errors.ts';
import { EXIT_FAILED, exitCodeOf } from '../../runtime/exit-code.ts';
import { silentLogger } from '../../runtime/log.ts';
import { compareRequests } from '../../tap/tap.ts';
import { EndRequest } from '../end-request.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { JobReport, StatementReport } from '../report/job-report.ts';
import { type History, openHistory } from '../state/history.ts';
import { readStates } from '../state/read-states.ts';
import { type Account, identifyAccount } from './account.ts';
import type { Board } from './board.ts';
import { forecastReadings, plannedResources } from './forecast-readings.ts';
import type { JobContext } from './job-context.ts';
import { planReadings, type Reading } from './reading.ts';
import { reportUnread } from './report-statement.ts';
import { runReading } from './run-reading.ts';
import { startsOf } from './starts.ts';

/**
 * Runs all statements and reports what became of each. Rejects only while nothing has been written yet: when the key
 * is refused or the destination cannot be used.
 */
export async function runJob(plans: readonly StatementPlan[], context: JobContext, board: Board): Promise<JobReport> {
  const { client, session, source, destination, clock, signal, run } = context;
  const startedAt = clock.now();
  const states = await readStates(session);
  const account = await identifyAccount(client, source.apiKey, states, signal);
  const readings = planReadings(await startsOf(plans, states, account, session));
  const silent = { ...context, log: silentLogger };
  const forecasts = context.planFirst ? await forecastReadings(readings, silent) : undefined;
  const history = await openHistory(plans, { ...context, source: client.host, startedAt });

  const statements = await runReadings(readings, account, context, board);

  await endHistory(history, statements, context);
  return {
    run,
    startedAt,
    endedAt: clock.now(),
    source: client.host,
    destination,
    statements: plans.flatMap((plan) => statements.get(plan) ?? []),
    resources: compareRequests(context.requests, forecasts && plannedResources(forecasts, context)),
    requests: { ...client.usage.requests },
    ...(signal.reason instanceof EndRequest ? { signal: signal.reason.signal } : {}),
  };
}

type Reports = ReadonlyMap<StatementPlan, StatementReport>;

/** One reading after the other. What would end the next one too (network, key) ends them all. */
async function runReadings(
  readings: readonly Reading[],
  account: Account,
  context: JobContext,
  board: Board,
): Promise<Reports> {
  const reports = new Map<StatementPlan, StatementReport>();
  let obstacle: unknown;
  for (const reading of readings) {
    if (obstacle !== undefined) {
      for (const { plan } of reading.statements) reports.set(plan, reportUnread(plan, obstacle));
      continue;
    }
    const result = await runReading(reading, account, context, board);
    for (const [plan, report] of result.reports) reports.set(plan, report);
    if (isObstacle(result.failure)) obstacle = result.failure;
  }
  return reports;
}

function isObstacle(failure: unknown): boolean {
  return failure instanceof EndRequest || (failure !== undefined && exitCodeOf(failure) !== EXIT_FAILED);
}

/** The report of a run is worth more than its record. */
async function endHistory(history: History, reports: Reports, { log }: JobContext): Promise<void> {
  try {
    await history.end(reports);
  } catch (error) {
    log.warning({
      en: `How this run ended could not be recorded: ${describeError(error, 'en')}`,
      ja: `この実行の結果を記録できませんでした: ${describeError(error, 'ja')}`,
    });
  }
}
