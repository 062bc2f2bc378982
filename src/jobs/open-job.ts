import type { BacklogClient } from '../backlog/client.ts';
import { type JobFile, parseJobFile } from '../replicate/job-file.ts';
import type { SourceConnection } from '../replicate/source-connection.ts';
import type { Logger } from '../runtime/log.ts';
import type { Language, Text } from '../runtime/text.ts';
import { type CustomFields, offeredStreams, offeredWithCustomFields, readCustomFields } from '../tap/tap.ts';
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
  /** Set where the job asks for columns for custom fields. */
  readonly customFields: CustomFields | undefined;
}

/**
 * Whatever can be known to be wrong beforehand is told here. Only columns for custom fields need the network for it.
 *
 * @throws ConfigurationError
 */
export async function openJob(command: CommandLine, { host, log }: CommandTools): Promise<OpenJob> {
  const { environment, clock } = host;
  const job = await readJob(command, host);
  const destination = destinationOf(job.destination, job.path);
  const queries = await readQueries(command);
  const client = clientOf(job.source, environment, clock, log);
  try {
    const customFields = await customFieldsOf(job.source, client, log);
    const offered = customFields ? offeredWithCustomFields(customFields.columns) : offeredStreams();
    const plans = await planJob(jobStatements(job, queries, offered), offered, destination, job.source.startDate);
    for (const notice of [...jobNotices(job, offered), ...plans.flatMap(({ notices }) => notices)]) log.warning(notice);
    return { job, destination, plans, client, customFields, [Symbol.asyncDispose]: () => close(client, plans) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function close(client: BacklogClient, plans: readonly StatementPlan[]): Promise<void> {
  await client.close();
  for (const { query } of plans) if (query.rowWise) query.close();
}

/** The command line has the last word. */
async function readJob(command: CommandLine, { environment, platform }: Host): Promise<JobFile> {
  const text = await readInputFile(command.job, JOB_FILE);
  const job = parseJobFile(text, command.job, { environment, platform });
  const { mastersEveryHours, rereadCommentsDays } = command;
  const source = {
    ...job.source,
    ...(mastersEveryHours === undefined ? {} : { mastersEveryHours }),
    ...(rereadCommentsDays === undefined ? {} : { rereadCommentsDays }),
  };
  return { ...job, source };
}

async function customFieldsOf(
  { customFieldColumns: naming = 'none', projectKeys }: SourceConnection,
  client: BacklogClient,
  log: Logger,
): Promise<CustomFields | undefined> {
  return naming === 'none' ? undefined : readCustomFields({ client, naming, projectKeys, log });
}

const JOB_FILE: Text = { en: 'job file', ja: 'ジョブファイル' };
const QUERY_FILE: Text = { en: 'query file', ja: 'クエリファイル' };

async function readQueries({ queries }: CommandLine): Promise<QueryFile | undefined> {
  return queries === undefined ? undefined : { path: queries, text: await readInputFile(queries, QUERY_FILE) };
}
