import type { RateClass } from '../backlog/client.ts';
import { NO_REQUESTS, type RequestCounts, type ResourcePlan, totalOf } from './resource-plan.ts';
import { resourcesOf } from './resources-of.ts';

/** Told of each request when it is made: the resource that it is for (see `resourcesOf`), and its allowance. */
export type OnRequest = (resource: string, rateClass: RateClass) => void;

/** Counts requests by the resource that they are for. */
export class RequestCount {
  readonly #byResource = new Map<string, RequestCounts>();

  add(resource: string, rateClass: RateClass): void {
    const before = this.#byResource.get(resource) ?? NO_REQUESTS;
    this.#byResource.set(resource, { ...before, [rateClass]: before[rateClass] + 1 });
  }

  /** All that were made for these streams; those that serve several of them count once. */
  of(streams: readonly string[]): number {
    const resources = new Set(streams.flatMap(resourcesOf));
    return [...resources].reduce(
      (total, resource) => total + totalOf(this.#byResource.get(resource) ?? NO_REQUESTS),
      0,
    );
  }

  get byResource(): ReadonlyMap<string, RequestCounts> {
    return this.#byResource;
  }
}

/** What was asked for beside what had been planned. */
export interface ResourceRequests {
  readonly resource: string;
  readonly requests: RequestCounts;
  /** Absent where nothing had been planned. */
  readonly planned?: Pick<ResourcePlan, 'requests' | 'isEstimate'>;
}

/** In the order of the plan, then of the first requests; resources that neither names are left out. */
export function compareRequests(
  count: RequestCount,
  plans: readonly ResourcePlan[] | undefined,
): readonly ResourceRequests[] {
  const planned = new Map((plans ?? []).map((plan) => [plan.resource, plan]));
  const names = new Set([...planned.keys(), ...count.byResource.keys()]);
  return [...names].flatMap((resource) => {
    const requests = count.byResource.get(resource) ?? NO_REQUESTS;
    const plan = planned.get(resource) ?? { requests: NO_REQUESTS, isEstimate: false };
    if (totalOf(requests) + totalOf(plan.requests) === 0) return [];
    const { isEstimate } = plan;
    return [{ resource, requests, ...(plans && { planned: { requests: plan.requests, isEstimate } }) }];
  });
}

/** Whether requests for the one also serve the other. */
export function sharesRequests(streams: readonly string[], others: readonly string[]): boolean {
  const resources = new Set(streams.flatMap(resourcesOf));
  return others.flatMap(resourcesOf).some((resource) => resources.has(resource));
}
