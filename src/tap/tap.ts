import type { Message } from '../message/message.ts';
import type { ChildResource, Resource } from '../streams/resource.ts';
import type { CustomFields } from './custom-fields.ts';
import { departuresOf } from './departures.ts';
import { type CountCheck, Ending } from './ending.ts';
import { failureIn, isConfined, type ReadFailure, warnOfFailure } from './failure.ts';
import { Ledger } from './ledger.ts';
import { merge } from './merge.ts';
import { prepare, slicesToRead } from './preparation.ts';
import type { ReadOptions } from './read-options.ts';
import { type Planned, streamsOf } from './selection-plan.ts';
import type { SliceReadingOptions } from './slice.ts';
import { groupReadings } from './slice-groups.ts';
import { readSlices } from './slice-reading.ts';
import type { SpaceReading } from './space-reading.ts';
import type { Step } from './step.ts';

export { offeredStreams, offeredWithCustomFields } from './catalog.ts';
export { type CustomFields, readCustomFields, requestsForCustomFields } from './custom-fields.ts';
export type { CountCheck } from './ending.ts';
export { isRestriction, type ReadFailure } from './failure.ts';
export type { ReadOptions } from './read-options.ts';
export { minimumSeconds, planReading, type ReadingPlan } from './reading-plan.ts';
export {
  compareRequests,
  type OnRequest,
  RequestCount,
  type ResourceRequests,
  sharesRequests,
} from './request-count.ts';
export { type RequestCounts, type ResourcePlan, sumCounts, sumResources, totalOf } from './resource-plan.ts';
export { resourcesOf } from './resources-of.ts';
export { PROJECT_COLUMN } from './selection-plan.ts';
export type { TapSettings } from './settings.ts';

export interface TapReport {
  readonly failures: readonly ReadFailure[];
  /** By stream; streams of one resource all show that resource's requests. */
  readonly requests: ReadonlyMap<string, number>;
  /** Records emitted, by stream. */
  readonly rows: ReadonlyMap<string, number>;
  /** After first loads: what was read beside what the API counts. A difference has been told in the log. */
  readonly counts?: readonly CountCheck[];
}

/** Slices that are read at once; how many requests are in flight is the client's affair. */
const READINGS_AT_ONCE = 4;

/**
 * Reads the selected streams: all schemas first, then records, each state as soon as everything before it has been
 * given, and at the end of each complete reading of a full table its version. What one project or stream cannot give
 * is in the report; what nobody can go on with is thrown (invariant 8).
 */
export async function* readStreams(options: ReadOptions): AsyncGenerator<readonly Message[], TapReport, undefined> {
  const { log } = options;
  const stopping = new AbortController();
  const prepared = await prepare(options, stopping.signal);
  const { plan, arranged, space, version } = prepared;
  yield plan.flatMap((planned) => streamsOf(planned).map(({ schema }) => schema));

  const ledger = new Ledger(prepared.state, customFieldsByStream(plan));
  const departures = departuresOf(prepared, ledger);
  if (departures.length > 0) yield departures;
  const slices = await slicesToRead(prepared);
  const endings = new Map(
    arranged.map((each) => {
      const { resource } = each.planned;
      const readings = slices.filter(({ planned }) => planned.resource === resource);
      return [resource, new Ending(each, readings, version)];
    }),
  );
  const readings = groupReadings(slices).map(readConfined);
  for await (const { planned, step } of merge(readings, READINGS_AT_ONCE, () => stopping.abort())) {
    const ending = endings.get(planned.resource);
    const messages = step ? ledger.enter(step, nameOf(planned)) : ending?.afterSlice(ledger);
    if (step) ending?.take(step);
    if (step?.failure) warnOfFailure(log, step.failure);
    if (messages && messages.length > 0) yield messages;
  }
  yield [ledger.close()];
  const counts: CountCheck[] = [];
  for (const ending of endings.values()) counts.push(...(await ending.check(space, log)));
  return { failures: ledger.failures, requests: requestsByStream(plan, space), rows: ledger.rows, counts };
}

/** A step of the reading of a slice; without one, its end. */
interface Progress {
  readonly planned: Planned<Resource>;
  readonly step?: Step;
}

/** Where slices cannot be read together, because one of them is out of reach, each is read alone. */
async function* readConfined(group: readonly SliceReadingOptions[]): AsyncGenerator<Progress, void, undefined> {
  const [first, ...others] = group;
  if (first === undefined) return;
  const { planned, slice } = first;
  try {
    group.forEach(requireCustomFields);
    for await (const step of readSlices(group)) yield { planned, step };
  } catch (error) {
    if (!isConfined(error)) throw error;
    if (others.length > 0) {
      for (const reading of group) yield* readConfined([reading]);
      return;
    }
    const streams = streamsOf(planned).map(({ name }) => name);
    const failure = failureIn(slice, streams, error);
    yield { planned, step: { rows: [], cursors: [], failure } };
  }
  for (const { planned } of group) yield { planned };
}

/** Rows without what could not be read of them would look as if they had no values. */
function requireCustomFields({ planned, slice }: SliceReadingOptions): void {
  for (const { customFields } of streamsOf(planned)) {
    const failure = customFields?.failures.get(slice.id);
    if (failure) throw failure;
  }
}

function nameOf(planned: Planned<Resource>): string {
  return streamsOf(planned)[0]?.name ?? planned.resource.name;
}

function customFieldsByStream(plan: readonly Planned<Resource>[]): ReadonlyMap<string, CustomFields> {
  const streams = plan.flatMap(streamsOf);
  return new Map(streams.flatMap(({ name, customFields }) => (customFields ? [[name, customFields]] : [])));
}

type AnyPlanned = Planned<Resource | ChildResource>;

function requestsByStream(plan: readonly AnyPlanned[], { requests }: SpaceReading): ReadonlyMap<string, number> {
  const countsUnder = ({ resource, streams, children }: AnyPlanned): readonly (readonly [string, number])[] => [
    ...streams.map(({ name }) => [name, requests.get(resource.name) ?? 0] as const),
    ...children.flatMap(countsUnder),
  ];
  return new Map(plan.flatMap(countsUnder));
}
