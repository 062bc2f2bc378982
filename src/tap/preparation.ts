import { setMaxListeners } from 'node:events';
import type { TapState } from '../message/state.ts';
import type { Resource } from '../streams/resource.ts';
import type { ActivityFeed } from './activity-feed.ts';
import { type Arranged, arrange } from './arrangement.ts';
import { feedFor } from './feed-for.ts';
import { warnOfHidden, withoutSight } from './hidden-projects.ts';
import { union } from './known-projects.ts';
import type { ReadOptions } from './read-options.ts';
import { hasGap, reconciled } from './reconciliation.ts';
import type { Planned } from './selection-plan.ts';
import { planSelection, streamsOf } from './selection-plan.ts';
import { cyclesOf, type Depth, readSettingsOf } from './settings.ts';
import type { SliceReading, SliceReadingOptions } from './slice.ts';
import { readSpace, type SpaceReading } from './space-reading.ts';
import { usableState } from './usable-state.ts';

/** What is settled before anything is read but the list of projects. */
export interface Prepared {
  readonly options: ReadOptions;
  readonly plan: readonly Planned<Resource>[];
  readonly arranged: readonly Arranged[];
  readonly state: TapState;
  readonly space: SpaceReading;
  readonly version: number;
}

/** `stopped` ends the requests of the reading, as the options' own signal does. */
export async function prepare(options: ReadOptions, stopped: AbortSignal): Promise<Prepared> {
  const { client, settings, clock, log, onRequest, customFields } = options;
  const state = usableState(options.state, log);
  const planned = planSelection(options.selection, settings.wholeTables, customFields);
  const plan = interruptedFirst(planned, state.currently_syncing);
  const signal = AbortSignal.any([stopped, ...(options.signal ? [options.signal] : [])]);
  setMaxListeners(0, signal);
  const { projectKeys } = settings;
  const asked = { projectKeys, signal, onRequest, customFields };
  const space = readSpace({ client, clock, settings: readSettingsOf(settings), ...asked });
  const arranged = await arrange(plan, { space, state, cycles: cyclesOf(settings) });
  const hidden = await space.invisibleAmong(union(arranged.map(({ keptProjects }) => keptProjects)));
  if (hidden.size > 0) warnOfHidden([...hidden], log);
  return { options, plan, arranged, state: withoutSight(state, plan, hidden), space, version: clock.now() };
}

/** One per resource and slice, in the order in which they are read; the space's activities are looked at for all. */
export async function slicesToRead({
  options: { clock, log, settings },
  arranged,
  state,
  space,
  version,
}: Prepared): Promise<readonly SliceReadingOptions[]> {
  const shared = { space, state, clock, log, version, cycles: cyclesOf(settings) };
  const resources = arranged.map(({ planned, slices, depthOf }) =>
    slices.map((slice) => atDepth({ ...shared, planned, slice, reconciliation: undefined }, depthOf(slice))),
  );
  const feed = await feedFor(resources.flat(), space, log);
  return resources.flatMap((readings) => bridgingGaps(readings, feed)).map((reading) => ({ ...reading, feed }));
}

function atDepth(reading: SliceReading, depth: Depth | undefined): SliceReading {
  if (depth === undefined || reading.reconciliation !== undefined) return reading;
  return { ...reading, planned: reconciled(reading.planned, depth), reconciliation: depth };
}

/** Where activities do not tell what was deleted, the items are compared, if single projects, or all, can be. */
function bridgingGaps(readings: readonly SliceReading[], feed: ActivityFeed | undefined): readonly SliceReading[] {
  const gaps = new Set(readings.filter((reading) => hasGap(reading, feed)));
  const parts = readings.flatMap(({ planned }) => streamsOf(planned).map((stream) => stream.parts));
  if (gaps.size === 0 || parts.includes('none')) return readings;
  const areProjects = !parts.includes('parents');
  return readings.map((reading) => (gaps.has(reading) || !areProjects ? atDepth(reading, 'items') : reading));
}

function interruptedFirst(
  plan: readonly Planned<Resource>[],
  stream: string | undefined,
): readonly Planned<Resource>[] {
  const wasInterrupted = (planned: Planned<Resource>) => streamsOf(planned).some(({ name }) => name === stream);
  return [...plan.filter(wasInterrupted), ...plan.filter((planned) => !wasInterrupted(planned))];
}
