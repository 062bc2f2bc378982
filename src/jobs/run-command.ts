import { randomUUID } from 'node:crypto';
import type { Logger } from '../runtime/log.ts';
import type { CommandLine } from './command-line.ts';
import { forecastJob } from './dry-run/forecast-job.ts';
import type { JobForecast } from './dry-run/job-forecast.ts';
import type { Host } from './host.ts';
import { type CommandTools, openJob } from './open-job.ts';
import { showProgress } from './progress/show-progress.ts';
import type { JobReport } from './report/job-report.ts';
import { createBoard } from './run/board.ts';
import { EndRequest, type JobContext } from './run/job-context.ts';
import { runJob } from './run/run-job.ts';

/** Runs a job file with its query file. */
export async function runCommand(command: CommandLine, tools: CommandTools): Promise<JobReport> {
  const { host, display, log, language } = tools;
  const { clock } = host;
  await using opened = await openJob(command, tools);
  const { job, destination, plans, client, customFields } = opened;
  await using session = await destination.connect();
  const ending = new AbortController();
  using _ = endOnRequest(host, ending, log);
  const context: JobContext = {
    ...{ client, session, source: job.source, customFields, clock, log, language },
    reconcile: command.reconcile,
    allowMassDeletion: command.allowMassDeletion,
    signal: ending.signal,
    destination: destination.label,
    run: randomUUID(),
  };
  const board = createBoard(plans, client);
  return await showProgress(display, clock, board.snapshot, () => runJob(plans, context, board));
}

/** Tells what `runCommand` would do, and does nothing of it. */
export async function forecastCommand(command: CommandLine, tools: CommandTools): Promise<JobForecast> {
  const { host, log } = tools;
  await using opened = await openJob(command, tools);
  const { job, destination, plans, client, customFields } = opened;
  await using session = await destination.connectIfThere();
  const ending = new AbortController();
  using _ = endOnRequest(host, ending, log);
  const { reconcile } = command;
  const { clock } = host;
  const context = { client, source: job.source, customFields, clock, log, reconcile, signal: ending.signal };
  return await forecastJob(plans, destination, session, context);
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
