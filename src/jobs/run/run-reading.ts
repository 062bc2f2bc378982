import type { Session } from '../../load/dialect.ts';
import { createLoader } from '../../load/loader.ts';
import { type OnRequest, RequestCount, readStreams } from '../../tap/tap.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { StatementReport } from '../report/job-report.ts';
import { tapSettingsOf } from '../tap-settings.ts';
import type { Account } from './account.ts';
import type { Board } from './board.ts';
import { lackingOf } from './completeness.ts';
import { guardedSession } from './deletion-guard.ts';
import { fanOut } from './fan-out.ts';
import type { JobContext } from './job-context.ts';
import { loadSettingsOf } from './load-settings.ts';
import { projectionOf } from './projection-of.ts';
import type { Reading, StartingStatement } from './reading.ts';
import { reportStatement } from './report-statement.ts';
import { type StatementRun, startStatement } from './statement-run.ts';

export interface ReadingResult {
  readonly reports: ReadonlyMap<StatementPlan, StatementReport>;
  /** What ended the reading for all of its statements at once. */
  readonly failure: unknown;
}

interface RunningStatement {
  readonly plan: StatementPlan;
  readonly run: StatementRun;
}

/** Reads once what the statements of a reading need, and loads each of their tables. Does not reject. */
export async function runReading(
  reading: Reading,
  account: Account,
  context: JobContext,
  board: Board,
): Promise<ReadingResult> {
  const requests = new RequestCount();
  const statements = reading.statements.map((statement) => begin(statement, reading, account, context));
  for (const { plan, run } of statements) board.begin(plan, run, requests);
  const { report, failure } = await read(reading, statements, requests, context);
  const reports = new Map<StatementPlan, StatementReport>();
  for (const { plan, run } of statements) {
    const failures = report?.failures.filter(({ streams }) =>
      streams.some((name) => plan.query.streams.includes(name)),
    );
    const outcome = await run.finish(lackingOf(failures));
    for (const notice of outcome.loaded.notices) context.log.warning(notice);
    reports.set(plan, reportStatement({ plan, outcome, reading, requests, failures: failures ?? [], failure }));
  }
  return { reports, failure };
}

async function read(
  reading: Reading,
  statements: readonly RunningStatement[],
  requests: RequestCount,
  context: JobContext,
) {
  const { client, source, customFields, clock, log, signal, reconcile } = context;
  const { selection, state, startDate } = reading;
  const settings = tapSettingsOf(source, startDate, reconcile);
  try {
    const onRequest: OnRequest = (resource, rateClass) => {
      for (const count of [requests, context.requests]) count.add(resource, rateClass);
    };
    const options = { client, selection, settings, clock, log, signal, onRequest };
    const messages = readStreams({ ...options, ...(state && { state }), ...(customFields && { customFields }) });
    const runs = statements.map(({ run }) => run);
    return { report: await fanOut(messages, runs), failure: undefined };
  } catch (error) {
    return { report: undefined, failure: signal.aborted ? signal.reason : error };
  }
}

function begin(
  statement: StartingStatement,
  { statements }: Reading,
  account: Account,
  context: JobContext,
): RunningStatement {
  const { clock, log } = context;
  const { plan } = statement;
  const settings = loadSettingsOf(plan, statements.length * context.jobsAtOnce);
  const session = isGuarded(statement, context) ? guardedSession(context.session, plan) : context.session;
  const loader = createLoader({ session, settings, onState: () => undefined, clock, log });
  const projection = projectionOf(statement, account, clock);
  const prepare = () => prepareTable(plan, session);
  return { plan, run: startStatement({ table: plan.table, projection, loader, clock, prepare }) };
}

/** What is replaced is replaced because the user said so, or because the statement is another one. */
function isGuarded({ plan, mode }: StartingStatement, { allowMassDeletion }: JobContext): boolean {
  return mode !== 'replace' && !allowMassDeletion && !plan.settings.allowMassDeletion;
}

async function prepareTable({ destination: table, settings }: StatementPlan, session: Session): Promise<void> {
  if (!settings.recreate) return;
  await session.transaction(async (transaction) => {
    const exists = (await transaction.describe(table)) !== undefined;
    if (exists) await transaction.apply({ table, changes: [{ kind: 'drop' }] });
  });
}
