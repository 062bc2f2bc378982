import { setMaxListeners } from 'node:events';
import type { TapState } from '../message/state.ts';
import type { Resource } from '../streams/resource.ts';
import { type Arranged, arrange } from './arrangement.ts';
import { feedFor } from './feed-for.ts';
import type { Planned } from './selection-plan.ts';
import { planSelection, streamsOf } from './selection-plan.ts';
import { cyclesOf, readSettingsOf } from './settings.ts';
import type { SliceReadingOptions } from './slice-reading.ts';
import { readSpace, type SpaceReading } from './space-reading.ts';
import type { ReadOptions } from './tap.ts';
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
  const plan = interruptedFirst(planSelection(options.selection, customFields), state.currently_syncing);
  const signal = AbortSignal.any([stopped, ...(options.signal ? [options.signal] : [])]);
  setMaxListeners(0, signal);
  const { projectKeys } = settings;
  const asked = { projectKeys, signal, onRequest, customFields };
  const space = readSpace({ client, clock, settings: readSettingsOf(settings), ...asked });
  const arranged = await arrange(plan, { space, state, cycles: cyclesOf(settings) });
  return { options, plan, arranged, state, space, version: clock.now() };
}

/** One per resource and slice, in the order in which they are read; the space's activities are looked at for all. */
export async function slicesToRead({
  options: { clock, log },
  arranged,
  state,
  space,
  version,
}: Prepared): Promise<readonly SliceReadingOptions[]> {
  const shared = { space, state, clock, log, version };
  const slices = arranged.flatMap(({ planned, slices }) => slices.map((slice) => ({ ...shared, planned, slice })));
  const feed = await feedFor(slices, space, log);
  return slices.map((slice) => ({ ...slice, feed }));
}

function interruptedFirst(
  plan: readonly Planned<Resource>[],
  stream: string | undefined,
): readonly Planned<Resource>[] {
  const wasInterrupted = (planned: Planned<Resource>) => streamsOf(planned).some(({ name }) => name === stream);
  return [...plan.filter(wasInterrupted), ...plan.filter((planned) => !wasInterrupted(planned))];
}
