import { RATE_CLASSES, type RateClass } from '../backlog/client.ts';
import type { ChildResource, Estimate, Resource } from '../streams/resource.ts';
import type { Arranged } from './arrangement.ts';
import { isConfined } from './failure.ts';
import { prepare, slicesToRead } from './preparation.ts';
import { COUNTS } from './proof.ts';
import type { ReadOptions } from './read-options.ts';
import { NO_REQUESTS, type RequestCounts, type ResourcePlan, sumCounts, sumResources } from './resource-plan.ts';
import type { Planned } from './selection-plan.ts';
import type { SliceReadingOptions } from './slice.ts';
import { startOf } from './slice-cursor.ts';
import { isQuiet, toldItems } from './slice-feed.ts';
import { groupReadings, type SliceGroup } from './slice-groups.ts';

/** What a reading will cost. */
export interface ReadingPlan {
  readonly resources: readonly ResourcePlan[];
  readonly requests: RequestCounts;
  /** Requests per minute that each allowance of the key has; absent where the server does not tell. */
  readonly limits: Readonly<Partial<Record<RateClass, number>>>;
  /** How long it must take because of the limits alone. */
  readonly minimumSeconds: number;
}

const WINDOW_SECONDS = 60;

/**
 * Counts what `readStreams` with these options would ask for, without reading rows. It costs a request for the list of
 * projects, one for the activities, one for the limits, and one per project and resource that can be counted.
 * `budgetShare` is the client's.
 */
export async function planReading(options: ReadOptions, budgetShare = 0.9): Promise<ReadingPlan> {
  const prepared = await prepare(options, new AbortController().signal);
  const slices = await slicesToRead(prepared);
  const { requests: prior } = prepared.space;
  const shared = [...prior].map(([resource, count]) => planOf(resource, [], { read: count }, false));
  const planned: ResourcePlan[] = [];
  for (const group of groupReadings(slices)) planned.push(...(await plansOfGroup(group)));
  const checks = prepared.arranged.flatMap((each) => checksOf(each, slices));
  const resources = sumResources([...shared, ...planned, ...checks]);
  const requests = sumCounts(resources.map((each) => each.requests));
  const limits = await readLimits(options);
  return { resources, requests, limits, minimumSeconds: minimumSeconds(requests, limits, budgetShare) };
}

const NOTHING: Estimate = { requests: {}, items: 0, isUpperBound: false };

async function plansOfGroup(group: SliceGroup): Promise<readonly ResourcePlan[]> {
  const [first] = group;
  if (first === undefined) return [];
  const { planned } = first;
  const estimate = group.every(isQuiet) ? NOTHING : await estimateOf(first, group);
  return [planFor(planned, estimate.requests, estimate.isUpperBound), ...plansOfChildren(planned, estimate.items)];
}

async function estimateOf(first: SliceReadingOptions, group: SliceGroup): Promise<Estimate> {
  const { planned, slice, space } = first;
  const { resource } = planned;
  const byDefault = { requests: { read: 1 }, items: 0, isUpperBound: resource.replication.method === 'INCREMENTAL' };
  if (isShared(resource)) return NOTHING;
  const reader = space.readerFor(PLANNING);
  const places = group.map((each) => ({ slice: each.slice, cursor: startOf(each) }));
  try {
    if (resource.joint && places.length > 1) return await resource.joint.estimate(reader, places);
    return (await resource.estimate?.(reader, slice, startOf(first), toldItems(first))) ?? byDefault;
  } catch (error) {
    if (!isConfined(error)) throw error;
    return { ...byDefault, isUpperBound: true };
  }
}

/** The count after a first load, and before a project is read again. */
function checksOf({ planned }: Arranged, slices: readonly SliceReadingOptions[]): readonly ResourcePlan[] {
  const own = slices.filter((slice) => slice.planned.resource === planned.resource);
  const isFirst = own.every((slice) => startOf(slice) === undefined);
  const { startDate } = own[0]?.space.readerFor(PLANNING).settings ?? {};
  if (!planned.resource.count || own.length === 0 || startDate !== undefined) return [];
  const counted = own.filter(({ reconciliation }) => reconciliation !== undefined).length;
  const search = isFirst && counted < own.length ? counted + 1 : counted;
  return search > 0 ? [planOf(COUNTS, [], { search }, false)] : [];
}

/** What planning itself asks for is counted under this name, not under the resources'. */
const PLANNING = 'planning';

/** The list of projects has been read when the plan is made. */
function isShared({ itemsAreProjects }: Resource): boolean {
  return itemsAreProjects === true;
}

function plansOfChildren({ children }: Planned<Resource | ChildResource>, items: number): readonly ResourcePlan[] {
  return children.flatMap((child) => [
    planFor(child, isKept(child) ? {} : { read: items * (child.resource.requestsEach ?? 1) }, items > 0),
    ...child.children.map((below) => planFor(below, {}, true)),
  ]);
}

/** What is not read again, but for what is new, of which nothing tells beforehand how much that is. */
function isKept({ streams, children }: Planned<ChildResource>): boolean {
  return [...streams, ...children.flatMap(({ streams }) => streams)].every(({ kept }) => kept);
}

function planFor(
  { resource, streams }: Planned<Resource | ChildResource>,
  requests: Estimate['requests'],
  isEstimate: boolean,
): ResourcePlan {
  return planOf(
    resource.name,
    streams.map(({ name }) => name),
    requests,
    isEstimate,
  );
}

function planOf(
  resource: string,
  streams: readonly string[],
  requests: Estimate['requests'],
  isEstimate: boolean,
): ResourcePlan {
  return { resource, streams, requests: { ...NO_REQUESTS, ...requests }, isEstimate };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-rate-limit/ */
async function readLimits({ client, signal }: ReadOptions): Promise<ReadingPlan['limits']> {
  try {
    const { rateLimit } = await client.get<{ rateLimit?: Partial<Record<RateClass, { limit?: unknown }>> }>(
      '/rateLimit',
      {},
      signal,
    );
    const told = RATE_CLASSES.map((rateClass) => [rateClass, rateLimit?.[rateClass]?.limit] as const);
    return Object.fromEntries(told.filter(([, limit]) => typeof limit === 'number' && limit > 0));
  } catch (error) {
    if (!isConfined(error)) throw error;
    return {};
  }
}

/** Allowances are spent side by side, and the first window is open at once. */
export function minimumSeconds(requests: RequestCounts, limits: ReadingPlan['limits'], budgetShare: number): number {
  const windows = RATE_CLASSES.map((rateClass) => {
    const limit = limits[rateClass];
    return limit === undefined ? 0 : Math.ceil(requests[rateClass] / Math.max(1, Math.floor(limit * budgetShare))) - 1;
  });
  return Math.max(0, ...windows) * WINDOW_SECONDS;
}
