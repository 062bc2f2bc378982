import type { BacklogClient } from '../backlog/client.ts';
import { type JobFile, parseJobFile } from '../replicate/job-file.ts';
import type { Logger } from '../runtime/log.ts';
import type { Text } from '../runtime/text.ts';
import {
  type CustomFields,
  offeredStreams,
  offeredWithCustomFields,
  type RequestCount,
  readCustomFields,
} from '../tap/tap.ts';
import type { CommandLine, JobPaths } from './command-line.ts';
import { type Destination, destinationOf } from './destination/destination.ts';
import type { Host } from './host.ts';
import { readInputFile } from './input-files.ts';
import { jobNotices } from './job-notices.ts';
import type { StatementPlan } from './plan/job-plan.ts';
import { jobStatements, type QueryFile } from './plan/job-statements.ts';
import { planJob } from './plan/plan-job.ts';

/** A job file and its query file, as they are written. */
export interface WrittenJob {
  readonly job: JobFile;
  readonly destination: Destination;
  readonly queries: QueryFile | undefined;
}

/** How a job reads Backlog, and what it has read of it before its run. */
export interface JobAccess {
  readonly client: BacklogClient;
  readonly customFields: CustomFields | undefined;
  readonly requests: RequestCount;
}

/** A job that is checked and ready to run; nothing has been written yet. */
export interface PreparedJob extends WrittenJob, JobAccess, Disposable {
  readonly plans: readonly StatementPlan[];
}

/** The command line has the last word. @throws ConfigurationError */
export async function readJob(paths: JobPaths, command: CommandLine, host: Host): Promise<WrittenJob> {
  const { environment, platform } = host;
  const written = parseJobFile(await readInputFile(paths.job, JOB_FILE), paths.job, { environment, platform });
  const { mastersEveryHours, rereadCommentsDays } = command;
  const source = {
    ...written.source,
    ...(mastersEveryHours === undefined ? {} : { mastersEveryHours }),
    ...(rereadCommentsDays === undefined ? {} : { rereadCommentsDays }),
  };
  const destination = destinationOf(written.destination, written.path);
  return { job: { ...written, source }, destination, queries: await readQueries(paths) };
}

/** Undefined where the job does not ask for columns for them; the only thing that needs the network before a run. */
export async function readJobFields(
  { job: { source } }: WrittenJob,
  client: BacklogClient,
  requests: RequestCount,
  log: Logger,
): Promise<CustomFields | undefined> {
  const { customFieldColumns: naming = 'none', projectKeys } = source;
  if (naming === 'none') return undefined;
  const onRequest: RequestCount['add'] = (resource, rateClass) => requests.add(resource, rateClass);
  return readCustomFields({ client, naming, projectKeys, log, onRequest });
}

/** Whatever can be known to be wrong beforehand is told here. @throws ConfigurationError */
export async function prepareJob(written: WrittenJob, access: JobAccess, log: Logger): Promise<PreparedJob> {
  const { job, destination, queries } = written;
  const { customFields } = access;
  const offered = customFields ? offeredWithCustomFields(customFields.columns) : offeredStreams();
  const plans = await planJob(jobStatements(job, queries, offered), offered, destination, job.source);
  for (const notice of [...jobNotices(job, offered), ...plans.flatMap(({ notices }) => notices)]) log.warning(notice);
  const close = () => {
    for (const { query } of plans) if (query.rowWise) query.close();
  };
  return { ...written, ...access, plans, [Symbol.dispose]: close };
}

const JOB_FILE: Text = { en: 'job file', ja: 'ジョブファイル' };
const QUERY_FILE: Text = { en: 'query file', ja: 'クエリファイル' };

async function readQueries({ queries }: JobPaths): Promise<QueryFile | undefined> {
  return queries === undefined ? undefined : { path: queries, text: await readInputFile(queries, QUERY_FILE) };
}
