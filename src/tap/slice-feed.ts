import type { Cursor } from '../message/state.ts';
import { isoSecond } from '../streams/instant.ts';
import type { Deletion } from './activity-feed.ts';
import { deletionMessages } from './deletion-messages.ts';
import { canReconcile } from './reconciliation.ts';
import type { RowMessage } from './row-messages.ts';
import { type PlannedStream, streamsOf } from './selection-plan.ts';
import type { SliceReadingOptions } from './slice.ts';
import { cursorOf, isWalked, rereadFrom } from './slice-cursor.ts';
import { cursorIn, fromTheBeginning } from './state.ts';
import type { StreamCursor } from './step.ts';

/** Whether all of the slice has been read before, and nothing has happened in it since. */
export function isQuiet(options: SliceReadingOptions): boolean {
  const { planned, slice, space, feed, reconciliation } = options;
  const { resource } = planned;
  if (resource.feed === undefined || feed === undefined || reconciliation !== undefined) return false;
  if (!space.readerFor(resource.name).settings.detectChanges || rereadFrom(options) !== undefined) return false;
  const { changes, deletions = [] } = resource.feed;
  const types = changes && [...changes, ...deletions];
  return streamsOf(planned).every((stream) => {
    const since = walkedUntil(stream, options);
    return since !== undefined && feed.isQuiet(slice.project?.id, types, since);
  });
}

/** The items that the activities name, where these tell all that has happened since the slice was last read. */
export function toldItems(options: SliceReadingOptions): readonly string[] | undefined {
  const { planned, slice, space, feed } = options;
  const { name, feed: signs } = planned.resource;
  if (feed === undefined || options.reconciliation !== undefined) return undefined;
  if (signs?.changes === undefined || signs.itemIn === undefined) return undefined;
  if (!space.readerFor(name).settings.detectChanges) return undefined;
  const known = streamsOf(planned).map((stream) => walkedUntil(stream, options));
  if (known.includes(undefined)) return undefined;
  return feed.told(slice.project?.id, signs.changes, Math.min(...(known as readonly number[])));
}

/** From which activity on the feed tells what has happened since this stream was read to its end. */
function walkedUntil(stream: PlannedStream, options: SliceReadingOptions): number | undefined {
  return isWalked(cursorOf(stream, options)) ? activityOf(stream, options) : undefined;
}

/** They stay where they are, so that what no activity tells is found by the next walk; but the activities are seen. */
export function cursorsOfQuiet(options: SliceReadingOptions): readonly StreamCursor[] {
  return streamsOf(options.planned).flatMap((stream) => {
    const cursor = cursorOf(stream, options);
    if (cursor === undefined) return [];
    return [
      { stream: stream.name, slice: options.slice.id, cursor: { ...cursor, ...signsAfter(stream, true, options) } },
    ];
  });
}

/**
 * What the state says of streams of which nothing has been read yet. Their first rows can be committed with the state of
 * another slice, so that, when the run ends before their own, deletions are looked for among them.
 */
export function firstCursors(options: SliceReadingOptions): readonly StreamCursor[] {
  const { planned, slice, state, feed } = options;
  if (planned.resource.feed === undefined || feed === undefined) return [];
  return streamsOf(planned)
    .filter(({ name }) => cursorIn(state, name, slice.id) === undefined)
    .map(({ name }) => ({ stream: name, slice: slice.id, cursor: fromTheBeginning({ activity: feed.settled }) }));
}

/** What the cursor of a stream says beside its place: up to where deletions are known, and since when all of them are. */
export function signsAfter(stream: PlannedStream, complete: boolean, options: SliceReadingOptions): Partial<Cursor> {
  return { ...activityAfter(stream, complete, options), ...reconciledAfter(stream, complete, options) };
}

/** Kept only where it is asked for; a first load begins the cycle. */
function reconciledAfter({ name }: PlannedStream, complete: boolean, options: SliceReadingOptions): Partial<Cursor> {
  const { planned, state, slice, cycles, reconciliation, space } = options;
  const known = cursorIn(state, name, slice.id)?.reconciled;
  const isDone = reconciliation === 'everything' || reconciliation === cycles.depth || known === undefined;
  const counts = cycles.reconciliation > 0 && canReconcile(planned.resource);
  if (complete && isDone && counts) return { reconciled: isoSecond(space.presentTime()) };
  return known === undefined ? {} : { reconciled: known };
}

/**
 * Up to which activity deletions have been taken into account: while a walk is on its way, up to where its first run
 * began, because what it has read may have been deleted since.
 */
function activityAfter(
  stream: PlannedStream,
  complete: boolean,
  options: SliceReadingOptions,
): Pick<Cursor, 'activity'> {
  const { planned, feed } = options;
  if (planned.resource.feed === undefined) return {};
  const known = cursorOf(stream, options)?.activity;
  if (feed === undefined) return known === undefined ? {} : { activity: known };
  return { activity: complete ? feed.settled : (known ?? feed.settled) };
}

/** Deletions of which the activities tell and which a look at the items does not refute (invariant 5). */
export async function deletedRows(options: SliceReadingOptions): Promise<readonly RowMessage[]> {
  const { planned, slice, space, feed } = options;
  const { resource } = planned;
  const types = resource.feed?.deletions ?? [];
  const activities = streamsOf(planned).flatMap((stream) => activityOf(stream, options) ?? []);
  if (feed === undefined || types.length === 0 || activities.length === 0) return [];
  const told = feed.deletions(slice.project?.id, types, Math.min(...activities));
  if (told.length === 0) return [];
  const ids = [...new Set(told.map(({ item }) => item))];
  const alive = await resource.feed?.stillThere?.(space.readerFor(resource.name), slice, ids);
  const proven = told.filter(({ item }) => !alive?.has(item));
  const deletions = [...proven, ...(await deletionsWith(proven, options))];
  const concerns = (stream: PlannedStream, deletion: Deletion) => {
    const since = activityOf(stream, options);
    return since !== undefined && deletion.activity > since;
  };
  return deletionMessages(planned, slice, deletions, concerns);
}

/** They count as deleted by the newest of these activities. */
async function deletionsWith(
  deletions: readonly Deletion[],
  { planned: { resource }, slice, space }: SliceReadingOptions,
): Promise<readonly Deletion[]> {
  const newest = deletions.at(-1);
  if (newest === undefined || resource.feed?.goneWith === undefined) return [];
  const ids = deletions.map(({ item }) => item);
  const others = await resource.feed.goneWith(space.readerFor(resource.name), slice, ids);
  return others.filter((item) => !ids.includes(item)).map((item) => ({ ...newest, item }));
}

/** From which activity on the feed tells what has happened to this stream; undefined if it does not. */
function activityOf(stream: PlannedStream, options: SliceReadingOptions): number | undefined {
  const activity = cursorOf(stream, options)?.activity;
  return activity !== undefined && options.feed?.covers(activity) ? activity : undefined;
}
