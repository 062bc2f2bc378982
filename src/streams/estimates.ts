import type { RateClass } from '../backlog/client.ts';
import type { Estimate } from './resource.ts';

/** What will be needed unless the space changes meanwhile. */
export function exactly(requests: Readonly<Partial<Record<RateClass, number>>>, items = 0): Estimate {
  return { requests, items, isUpperBound: false };
}

/** One look at what changed; what will be found there cannot be told before. */
export const ONE_LOOK: Estimate = { requests: { read: 1 }, items: 0, isUpperBound: true };
