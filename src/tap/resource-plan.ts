import { RATE_CLASSES, type RateClass } from '../backlog/client.ts';

export type RequestCounts = Readonly<Record<RateClass, number>>;

export const NO_REQUESTS: RequestCounts = { read: 0, search: 0, icon: 0, update: 0 };

/** What reading a resource will cost. */
export interface ResourcePlan {
  readonly resource: string;
  readonly streams: readonly string[];
  readonly requests: RequestCounts;
  /** Set where the number is a bound or a guess; otherwise it is right unless the space changes meanwhile. */
  readonly isEstimate: boolean;
}

/** Each resource once, in the order in which they come. */
export function sumResources(plans: readonly ResourcePlan[]): readonly ResourcePlan[] {
  const sums = new Map<string, ResourcePlan>();
  for (const plan of plans) {
    const before = sums.get(plan.resource);
    sums.set(plan.resource, before === undefined ? plan : both(before, plan));
  }
  return [...sums.values()];
}

function both(one: ResourcePlan, other: ResourcePlan): ResourcePlan {
  return {
    resource: one.resource,
    streams: [...new Set([...one.streams, ...other.streams])],
    requests: sumCounts([one.requests, other.requests]),
    isEstimate: one.isEstimate || other.isEstimate,
  };
}

export function sumCounts(counts: readonly RequestCounts[]): RequestCounts {
  const sum = (rateClass: RateClass) => counts.reduce((total, each) => total + each[rateClass], 0);
  return { read: sum('read'), search: sum('search'), icon: sum('icon'), update: sum('update') };
}

export function totalOf(counts: RequestCounts): number {
  return RATE_CLASSES.reduce((total, rateClass) => total + counts[rateClass], 0);
}
