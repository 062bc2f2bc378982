import { RATE_CLASSES, type RateClass } from '../../backlog/client.ts';
import { type ReadingPlan, type RequestCounts, type ResourcePlan, resourcesOf } from '../../tap/tap.ts';

/** The plans of several readings in one, each resource once. */
export function sumByResource(plans: readonly (readonly ResourcePlan[])[]): readonly ResourcePlan[] {
  const sums = new Map<string, ResourcePlan>();
  for (const plan of plans.flat()) {
    const before = sums.get(plan.resource);
    sums.set(plan.resource, before === undefined ? plan : both(before, plan));
  }
  return [...sums.values()];
}

function both(one: ResourcePlan, other: ResourcePlan): ResourcePlan {
  return {
    resource: one.resource,
    streams: [...new Set([...one.streams, ...other.streams])],
    requests: sumRequests([one, other]),
    isEstimate: one.isEstimate || other.isEstimate,
  };
}

/** What of a reading's requests is for these streams. */
export function requestsFor(streams: readonly string[], { resources }: ReadingPlan) {
  const wanted = new Set(streams.flatMap(resourcesOf));
  const own = resources.filter(({ resource }) => wanted.has(resource));
  return { requests: sumRequests(own), isEstimate: own.some(({ isEstimate }) => isEstimate) };
}

export function sumRequests(plans: readonly Pick<ResourcePlan, 'requests'>[]): RequestCounts {
  const sum = (rateClass: RateClass) => plans.reduce((total, { requests }) => total + requests[rateClass], 0);
  return Object.fromEntries(RATE_CLASSES.map((rateClass) => [rateClass, sum(rateClass)])) as RequestCounts;
}
