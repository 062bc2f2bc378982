import type { Cursor, TapState } from '../message/state.ts';
import { instantOf, isoSecond } from '../streams/instant.ts';
import type { Resource, Slice } from '../streams/resource.ts';
import { knownProjects, WHOLE, wholeProjects, without } from './known-projects.ts';
import { canReconcile, dueDepth } from './reconciliation.ts';
import { type Planned, type PlannedStream, streamsOf } from './selection-plan.ts';
import type { Cycles, Depth } from './settings.ts';
import type { SpaceReading } from './space-reading.ts';
import { cursorIn } from './state.ts';

/** A resource with all that is decided before it is read. */
export interface Arranged {
  readonly planned: Planned<Resource>;
  readonly slices: readonly Slice[];
  /** Streams of which the state shall say, when all slices have been read, that they were read as a whole. */
  readonly wholes: readonly PlannedStream[];
  readonly whole: Cursor;
  /** Projects that are proven to be deleted, of those of which the destination may hold rows. */
  readonly deletedProjects: ReadonlySet<string>;
  /** Others that cannot be seen, or were not asked for: their rows stay (invariant 5). */
  readonly keptProjects: ReadonlySet<string>;
  /** How deep all slices, or some by their ids, are to be read again to find what gave no sign. */
  depthOf(slice: Slice): Depth | undefined;
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

async function arrangeResource(
  planned: Planned<Resource>,
  slices: readonly Slice[],
  present: ReadonlySet<string> | undefined,
  { space, state, cycles }: ArrangementOptions,
): Promise<Arranged> {
  const now = space.presentTime();
  const missing = present ? without(knownProjects(streamsOf(planned), state), present) : new Set<string>();
  const deletedProjects = missing.size > 0 ? await space.deletedAmong(missing) : new Set<string>();
  const keptProjects = without(missing, deletedProjects);
  const depths = new Map(slices.map((slice) => [slice.id, dueDepth(planned, slice, state, cycles, now)]));
  const all = depthOfAll(planned, depths, deletedProjects);
  return {
    planned,
    slices,
    wholes: streamsOf(planned).filter(({ replacement }) => replacement !== undefined),
    whole: { at: isoSecond(now), ...(present && { projects: [...present, ...keptProjects].map(Number) }) },
    deletedProjects,
    keptProjects,
    depthOf: ({ id }) => all ?? depths.get(id),
  };
}

/** Set where a single project cannot go, or be read again, by itself. */
function depthOfAll(
  planned: Planned<Resource>,
  depths: ReadonlyMap<string, Depth | undefined>,
  deletedProjects: ReadonlySet<string>,
): Depth | undefined {
  const streams = streamsOf(planned);
  if (streams.every(({ parts }) => parts === 'projects')) return undefined;
  const due = [...depths.values()].find((depth) => depth !== undefined);
  const mustGo = deletedProjects.size > 0 && canReconcile(planned.resource);
  return due ?? (mustGo && streams.every(({ parts }) => parts !== 'none') ? 'items' : undefined);
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
