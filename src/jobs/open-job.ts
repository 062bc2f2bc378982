import type { BacklogClient } from '../backlog/client.ts';
import { type JobFile, parseJobFile } from '../replicate/job-file.ts';
import type { Logger } from '../runtime/log.ts';
import type { Language, Text } from '../runtime/text.ts';
import { offeredStreams } from '../tap/tap.ts';
import type { CommandLine } from './command-line.ts';
import { type Destination, destinationOf } from './destination/destination.ts';
import type { Host } from './host.ts';
import { readInputFile } from './input-files.ts';
import { jobNotices } from './job-notices.ts';
import type { StatementPlan } from './plan/job-plan.ts';
import { jobStatements, type QueryFile } from './plan/job-statements.ts';
import { planJob } from './plan/plan-job.ts';
import type { Display } from './progress/progress.ts';
import { clientOf } from './source.ts';

export interface CommandTools {
  readonly host: Host;
  readonly display: Display;
  readonly log: Logger;
  readonly language: Language;
}

/** A job file and its query file, checked; nothing has been read or written yet. */
export interface OpenJob extends AsyncDisposable {
  readonly job: JobFile;
  readonly destination: Destination;
  readonly plans: readonly StatementPlan[];
  readonly client: BacklogClient;
}

/** Whatever can be known to be wrong beforehand is told here. @throws ConfigurationError */
export async function openJob(command: CommandLine, { host, log }: CommandTools): Promise<OpenJob> {
  const { environment, platform, clock } = host;
  const written = parseJobFile(await readInputFile(command.job, JOB_FILE), command.job, { environment, platform });
  const { mastersEveryHours = written.source.mastersEveryHours } = command;
  const source = { ...written.source, ...(mastersEveryHours === undefined ? {} : { mastersEveryHours }) };
  const job = { ...written, source };
  const destination = destinationOf(job.destination, job.path);
  const offered = offeredStreams();
  const statements = jobStatements(job, await readQueries(command), offered);
  const plans = await planJob(statements, offered, destination, job.source.startDate);
  for (const notice of [...jobNotices(job, offered), ...plans.flatMap(({ notices }) => notices)]) log.warning(notice);
  const client = clientOf(job.source, environment, clock, log);
  return {
    ...{ job, destination, plans, client },
    async [Symbol.asyncDispose]() {
      await client.close();
      for (const { query } of plans) if (query.rowWise) query.close();
    },
  };
}

const JOB_FILE: Text = { en: 'job file', ja: 'ジョブファイル' };
const QUERY_FILE: Text = { en: 'query file', ja: 'クエリファイル' };

async function readQueries({ queries }: CommandLine): Promise<QueryFile | undefined> {
  return queries === undefined ? undefined : { path: queries, text: await readInputFile(queries, QUERY_FILE) };
}
