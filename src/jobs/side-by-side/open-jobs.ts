import type { Logger } from '../../runtime/log.ts';
import { RequestCount } from '../../tap/tap.ts';
import type { CommandLine } from '../command-line.ts';
import type { Host } from '../host.ts';
import { type PreparedJob, prepareJob, readJob, readJobFields, type WrittenJob } from '../open-job.ts';
import { checkJobs } from './check-jobs.ts';
import { jobLabels, labelledLog } from './job-labels.ts';
import { type JobOutcome, outcomeOf } from './job-outcome.ts';
import type { Clients } from './open-clients.ts';

/** A job that can run, with its log; or what keeps it from running. */
export type OpenJob = JobOutcome<PreparedJob> & { readonly log: Logger };

export interface OpenJobs extends AsyncDisposable {
  readonly jobs: readonly OpenJob[];
}

interface LabelledJob {
  readonly written: WrittenJob;
  readonly label: string | undefined;
  readonly log: Logger;
}

/**
 * Reads and checks all files before anything is run. An account whose custom fields cannot be read keeps its own job
 * alone from running.
 *
 * @throws ConfigurationError
 */
export async function openJobs(command: CommandLine, host: Host, log: Logger): Promise<OpenJobs> {
  const written = await Promise.all(command.jobs.map((paths) => readJob(paths, command, host)));
  const labels = jobLabels(written.map(({ job }) => job));
  const labelled = written.map((each, index): LabelledJob => {
    return { written: each, label: labels[index], log: labelledLog(log, labels[index]) };
  });
  const sources = labelled.map((each) => ({ source: each.written.job.source, log: each.log }));
  // What speaks HTTP takes longer to load than all else together, and a job with a mistake needs none of it.
  const { openClients } = await import('./open-clients.ts');
  const clients = openClients(sources, host.environment, host.clock);
  try {
    const jobs = await Promise.all(labelled.map((each) => openJob(each, clients)));
    checkJobs(jobs.flatMap(({ result }) => ('report' in result ? [result.report] : [])));
    return { jobs, [Symbol.asyncDispose]: () => close(jobs, clients) };
  } catch (error) {
    await clients[Symbol.asyncDispose]();
    throw error;
  }
}

async function openJob({ written, label, log }: LabelledJob, clients: Clients): Promise<OpenJob> {
  const client = clients.clientFor(written.job.source);
  const requests = new RequestCount();
  const { result } = await outcomeOf(label, () => readJobFields(written, client, requests, log));
  if ('failure' in result) return { label, log, result };
  const job = await prepareJob(written, { client, requests, customFields: result.report }, log);
  return { label, log, result: { report: job } };
}

async function close(jobs: readonly OpenJob[], clients: Clients): Promise<void> {
  await clients[Symbol.asyncDispose]();
  for (const { result } of jobs) if ('report' in result) result.report[Symbol.dispose]();
}
