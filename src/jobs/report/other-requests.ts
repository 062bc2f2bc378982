import { RATE_CLASSES } from '../../backlog/client.ts';
import { type RequestCounts, sumCounts } from '../../tap/tap.ts';
import type { JobReport } from './job-report.ts';

/** Requests that were for no resource: the account, the limits, making a plan, and asking again after a fault. */
export function otherRequests({ requests: all, resources }: JobReport): RequestCounts {
  const own = sumCounts(resources.map(({ requests }) => requests));
  const others = RATE_CLASSES.map((rateClass) => [rateClass, Math.max(0, all[rateClass] - own[rateClass])]);
  return Object.fromEntries(others) as RequestCounts;
}
