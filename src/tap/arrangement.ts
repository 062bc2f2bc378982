import type { Cursor, TapState } from '../message/state.ts';
import { instantOf, isoSecond } from '../streams/instant.ts';
import type { Resource, Slice } from '../streams/resource.ts';
import { knownProjects, WHOLE, wholeProjects, without } from './known-projects.ts';
import { type Planned, type PlannedStream, streamsOf, withStreams } from './selection-plan.ts';
import type { Cycles } from './settings.ts';
import type { SpaceReading } from './space-reading.ts';
import { cursorIn } from './state.ts';

/** A resource with all that is decided before it is read. */
export interface Arranged {
  readonly planned: Planned<Resource>;
  readonly slices: readonly Slice[];
  /** Streams of which the state shall say, when all slices have been read, that they were read as a whole. */
  readonly wholes: readonly PlannedStream[];
  readonly whole: Cursor;
  /** Projects that are proven to be deleted, of the resource whose items they are. */
  readonly deletedProjects: ReadonlySet<string>;
}

export interface ArrangementOptions {
  readonly space: SpaceReading;
  readonly state: TapState;
  readonly cycles: Cycles;
}

/** What this run reads. The list of projects is asked for only if something depends on it. */
export async function arrange(
  plan: readonly Planned<Resource>[],
  options: ArrangementOptions,
): Promise<readonly Arranged[]> {
  const arranged: Arranged[] = [];
  for (const planned of plan) {
    const slices = await slicesOf(planned.resource, options.space);
    const present = await projectsOf(planned.resource, slices, options.space);
    if (isRecent(planned, present, options)) continue;
    arranged.push(await arrangeResource(planned, slices, present, options));
  }
  return arranged;
}

/**
 * Rows of projects that cannot be seen any more, or are not asked for in this run, must not go (invariant 5): then each
 * slice replaces its own rows, where its key allows, instead of all slices together the table.
 */
async function arrangeResource(
  planned: Planned<Resource>,
  slices: readonly Slice[],
  present: ReadonlySet<string> | undefined,
  { space, state, cycles }: ArrangementOptions,
): Promise<Arranged> {
  const now = space.presentTime();
  const missing = present ? without(knownProjects(streamsOf(planned), state), present) : new Set<string>();
  const deletedProjects = missing.size > 0 ? await space.deletedAmong(missing) : new Set<string>();
  const kept = without(missing, deletedProjects);
  const reconciliation = reconciliationOf(planned, state, cycles, now);
  const whole = reconciliation === 'due' ? withStreams(planned, fromTheBeginning) : planned;
  const safe = kept.size > 0 ? withStreams(whole, listByList) : whole;
  return {
    planned: safe,
    slices,
    wholes: streamsOf(safe).filter(({ replacement }) => replacement !== undefined || reconciliation === 'begin'),
    whole: { at: isoSecond(now), ...(present && { projects: [...present, ...kept].map(Number) }) },
    deletedProjects: planned.resource.itemsAreProjects ? deletedProjects : new Set(),
  };
}

function fromTheBeginning(stream: PlannedStream, isOwn: boolean): PlannedStream {
  return isOwn ? { ...stream, refreshed: true, replacement: 'version' } : stream;
}

function listByList(stream: PlannedStream): PlannedStream {
  return stream.replacement ? { ...stream, replacement: 'list' } : stream;
}

async function slicesOf({ name, sliceBy }: Resource, space: SpaceReading): Promise<readonly Slice[]> {
  if (sliceBy === 'space') return [{ id: 'space', label: 'space' }];
  const projects = await space.readerFor(name).projects();
  return projects.map((project) => ({ id: String(project.id), label: project.projectKey, project }));
}

/** Undefined where rows do not belong to projects. */
async function projectsOf(
  { name, sliceBy, itemsAreProjects }: Resource,
  slices: readonly Slice[],
  space: SpaceReading,
): Promise<ReadonlySet<string> | undefined> {
  if (sliceBy === 'project') return new Set(slices.map(({ id }) => id));
  if (!itemsAreProjects) return undefined;
  return new Set((await space.readerFor(name).projects()).map(({ id }) => String(id)));
}

/** Whether all of its tables were read as a whole so short a time ago that they can wait. */
function isRecent(
  planned: Planned<Resource>,
  present: ReadonlySet<string> | undefined,
  { space, state, cycles }: ArrangementOptions,
): boolean {
  const { replication } = planned.resource;
  if (replication.method !== 'FULL_TABLE' || cycles.masters === 0) return false;
  const due = space.presentTime() - cycles.masters;
  return streamsOf(planned).every(
    ({ name, refreshed }) =>
      !refreshed &&
      instantOf(cursorIn(state, name, WHOLE)?.at) > due &&
      (present === undefined || without(present, wholeProjects(name, state)).size === 0),
  );
}

/** Only for resources whose deletions are known from activities alone; `begin` starts the cycle. */
function reconciliationOf(
  { resource, streams }: Planned<Resource>,
  state: TapState,
  { reconcile, reconciliation }: Cycles,
  now: number,
): 'due' | 'begin' | undefined {
  if (resource.feed?.deletions === undefined) return undefined;
  if (reconcile) return 'due';
  if (reconciliation === 0) return undefined;
  const wholes = streams.map(({ name }) => instantOf(cursorIn(state, name, WHOLE)?.at));
  if (wholes.some((at) => !Number.isFinite(at))) return 'begin';
  return wholes.some((at) => at <= now - reconciliation) ? 'due' : undefined;
}
