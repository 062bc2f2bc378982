import { displayName } from '../../load/table.ts';
import { ConfigurationError } from '../../runtime/errors.ts';
import type { PreparedJob } from '../open-job.ts';
import { namesOf } from '../plan/check-destinations.ts';

type CheckedJob = Pick<PreparedJob, 'job' | 'destination' | 'plans'>;

/**
 * Rows of two accounts never come into one table: their ids would meet.
 *
 * @throws ConfigurationError `job.shared-table`
 */
export function checkJobs(jobs: readonly CheckedJob[]): void {
  const taken = new Map<string, CheckedJob>();
  for (const each of jobs) {
    const { destination, plans } = each;
    const own = new Set<string>();
    for (const plan of plans) {
      const name = `${destination.place} ${namesOf(plan, destination).at(-1)}`;
      const other = taken.get(name);
      if (other !== undefined) throw sharedTable(each, other, displayName(plan.destination));
      own.add(name);
    }
    for (const name of own) taken.set(name, each);
  }
}

function sharedTable({ job, destination }: CheckedJob, other: CheckedJob, table: string): ConfigurationError {
  return new ConfigurationError({
    code: 'job.shared-table',
    text: {
      en: `${other.job.path} and ${job.path} would both write ${table} in ${destination.label}.`,
      ja: `${other.job.path} と ${job.path} が、どちらも ${destination.label} の ${table} に書き込みます。`,
    },
    hint: {
      en: 'Give one of them TableNamePrefix=PROD_; or CacheSchema=PROD; in its <ConnectionString>, a query file of its own (one -f for each -g), or another database.',
      ja: 'どちらかの <ConnectionString> に TableNamePrefix=PROD_; または CacheSchema=PROD; を加えるか、別のクエリファイル（-g ごとに -f）または別のデータベースを指定してください。',
    },
    path: job.path,
  });
}
