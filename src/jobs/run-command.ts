import { randomUUID } from 'node:crypto';
import { parseJobFile } from '../replicate/job-file.ts';
import type { Logger } from '../runtime/log.ts';
import type { Language, Text } from '../runtime/text.ts';
import { offeredStreams } from '../tap/tap.ts';
import type { CommandLine } from './command-line.ts';
import { destinationOf } from './destination/destination.ts';
import type { Host } from './host.ts';
import { readInputFile } from './input-files.ts';
import { jobNotices } from './job-notices.ts';
import { jobStatements, type QueryFile } from './plan/job-statements.ts';
import { planJob } from './plan/plan-job.ts';
import type { Display } from './progress/progress.ts';
import { showProgress } from './progress/show-progress.ts';
import type { JobReport } from './report/job-report.ts';
import { createBoard } from './run/board.ts';
import { EndRequest, type JobContext } from './run/job-context.ts';
import { runJob } from './run/run-job.ts';
import { clientOf } from './source.ts';

export interface CommandTools {
  readonly host: Host;
  readonly display: Display;
  readonly log: Logger;
  readonly language: Language;
}

/**
 * Runs a job file with its query file. Whatever can be known to be wrong beforehand is told before anything is read
 * or written.
 */
export async function runCommand(command: CommandLine, tools: CommandTools): Promise<JobReport> {
  const { host, display, log, language } = tools;
  const { environment, platform, clock } = host;
  const job = parseJobFile(await readInputFile(command.job, JOB_FILE), command.job, { environment, platform });
  const destination = destinationOf(job.destination, job.path);
  const offered = offeredStreams();
  const statements = jobStatements(job, await readQueries(command), offered);
  const plans = await planJob(statements, offered, destination, job.source.startDate);
  for (const notice of [...jobNotices(job), ...plans.flatMap(({ notices }) => notices)]) log.warning(notice);

  const { source } = job;
  const client = clientOf(source, environment, clock, log);
  try {
    await using session = await destination.connect();
    const ending = new AbortController();
    using _ = endOnRequest(host, ending, log);
    const context: JobContext = {
      ...{ client, session, source, clock, log, language },
      reconcile: command.reconcile,
      allowMassDeletion: command.allowMassDeletion,
      signal: ending.signal,
      destination: destination.label,
      run: randomUUID(),
    };
    const board = createBoard(plans, client);
    return await showProgress(display, clock, board.snapshot, () => runJob(plans, context, board));
  } finally {
    await client.close();
    for (const { query } of plans) if (query.rowWise) query.close();
  }
}

const JOB_FILE: Text = { en: 'job file', ja: 'ジョブファイル' };
const QUERY_FILE: Text = { en: 'query file', ja: 'クエリファイル' };

async function readQueries({ queries }: CommandLine): Promise<QueryFile | undefined> {
  return queries === undefined ? undefined : { path: queries, text: await readInputFile(queries, QUERY_FILE) };
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
