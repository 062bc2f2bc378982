import { randomUUID } from 'node:crypto';
import type { Logger } from '../runtime/log.ts';
import type { Language } from '../runtime/text.ts';
import type { CommandLine } from './command-line.ts';
import { forecastJob } from './dry-run/forecast-job.ts';
import type { JobForecast } from './dry-run/job-forecast.ts';
import { EndRequest } from './end-request.ts';
import type { Host } from './host.ts';
import type { PreparedJob } from './open-job.ts';
import type { Display } from './progress/progress.ts';
import { showProgress } from './progress/show-progress.ts';
import { type Board, createBoard } from './run/board.ts';
import type { JobContext } from './run/job-context.ts';
import { runJob } from './run/run-job.ts';
import { type JobOutcome, outcomeOf } from './side-by-side/job-outcome.ts';
import { type OpenJob, openJobs } from './side-by-side/open-jobs.ts';
import { openSessions } from './side-by-side/open-sessions.ts';

export interface CommandTools {
  readonly host: Host;
  readonly display: Display;
  readonly log: Logger;
  readonly language: Language;
}

type SharedContext = Pick<
  JobContext,
  'clock' | 'reconcile' | 'allowMassDeletion' | 'planFirst' | 'signal' | 'language' | 'jobsAtOnce'
>;

/** Runs all jobs at the same time, each with its account and all that belongs to it. */
export async function runCommand(command: CommandLine, tools: CommandTools): Promise<readonly JobOutcome[]> {
  const { host, display, log, language } = tools;
  const { clock } = host;
  await using opened = await openJobs(command, host, log);
  await using sessions = openSessions();
  const ending = new AbortController();
  using _ = endOnRequest(host, ending, log);
  const { reconcile, allowMassDeletion, planFirst } = command;
  const shared = { clock, language, reconcile, allowMassDeletion, planFirst, signal: ending.signal };
  const context = { ...shared, jobsAtOnce: opened.jobs.length };
  const boards: Board[] = [];
  const begin = (open: OpenJob): Promise<JobOutcome> => {
    const { label, result } = open;
    if ('failure' in result) return Promise.resolve({ label, result });
    const { report: job } = result;
    const board = createBoard(job.plans, job.client, label);
    boards.push(board);
    return outcomeOf(label, async () => {
      const session = await sessions.connect(job.destination);
      return runJob(job.plans, { ...context, ...ownContext(job, open.log), session }, board);
    });
  };
  const snapshot = () => ({ statements: boards.flatMap((board) => board.snapshot().statements) });
  const running = opened.jobs.map(begin);
  return await showProgress(display, clock, snapshot, () => Promise.all(running));
}

function ownContext(job: PreparedJob, log: Logger): Omit<JobContext, keyof SharedContext | 'session'> {
  const { client, customFields, requests, destination } = job;
  const { source } = job.job;
  return { client, source, customFields, requests, log, destination: destination.label, run: randomUUID() };
}

/** Tells what `runCommand` would do, and does nothing of it. */
export async function forecastCommand(
  command: CommandLine,
  tools: CommandTools,
): Promise<readonly JobOutcome<JobForecast>[]> {
  const { host, log } = tools;
  await using opened = await openJobs(command, host, log);
  const ending = new AbortController();
  using _ = endOnRequest(host, ending, log);
  const { clock } = host;
  const { reconcile } = command;
  const outcomes: JobOutcome<JobForecast>[] = [];
  for (const { label, log: ownLog, result } of opened.jobs) {
    if ('failure' in result) {
      outcomes.push({ label, result });
      continue;
    }
    const { job, plans, destination, ...access } = result.report;
    const context = { ...access, source: job.source, clock, log: ownLog, reconcile, signal: ending.signal };
    const forecast = async () => {
      await using session = await destination.connectIfThere();
      return await forecastJob(plans, destination, session, context);
    };
    outcomes.push(await outcomeOf(label, forecast));
  }
  return outcomes;
}

function endOnRequest(host: Host, ending: AbortController, log: Logger): Disposable {
  const stop = host.onEndRequest((signal) => {
    ending.abort(new EndRequest(signal));
    log.warning({
      en: `Ending (${signal}): storing what was read. A second signal ends at once.`,
      ja: `終了します（${signal}）: 読み込んだ分を保存しています。もう一度シグナルを送るとただちに終了します。`,
    });
  });
  return { [Symbol.dispose]: stop };
}
