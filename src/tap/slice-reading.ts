import type { Cursor, TapState } from '../message/state.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import type { Details, Page, Resource, Slice } from '../streams/resource.ts';
import type { ActivityFeed } from './activity-feed.ts';
import { ahead } from './ahead.ts';
import { makingOf, type OpenChild, openChild, type PageOptions, readChildren } from './child-reading.ts';
import type { ReadFailure } from './failure.ts';
import { merge } from './merge.ts';
import { type RowMessage, rowMessages } from './row-messages.ts';
import { type Planned, type PlannedStream, streamsOf } from './selection-plan.ts';
import { cursorOf, startOf, withOwn } from './slice-cursor.ts';
import { activityAfter, cursorsOfQuiet, deletedRows, isQuiet, toldItems } from './slice-feed.ts';
import type { SpaceReading } from './space-reading.ts';
import { isSameCursor } from './state.ts';

/** What a reading has come to. Its parts belong together: the cursors are right as soon as the rows are emitted. */
export interface Step {
  readonly rows: readonly RowMessage[];
  readonly cursors: readonly StreamCursor[];
  readonly failure?: ReadFailure;
  /** Set where more may exist than the key can see. */
  readonly isPart?: boolean;
  /** Of a walk that began at the beginning: how many items a page of it had, and whether it was the last. */
  readonly walked?: { readonly items: number; readonly complete: boolean };
}

export interface StreamCursor {
  readonly stream: string;
  readonly slice: string;
  readonly cursor: Cursor;
}

export interface SliceReading {
  readonly planned: Planned<Resource>;
  readonly slice: Slice;
  readonly space: SpaceReading;
  readonly state: TapState;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the rows of streams that are replaced by versions. */
  readonly version: number;
}

export interface SliceReadingOptions extends SliceReading {
  /** Undefined where no resource needs it, or it could not be read. */
  readonly feed: ActivityFeed | undefined;
}

/** Slices of one walk whose children are fetched at the same time. */
const SLICES_AT_ONCE = 4;

/** A slice on its way. */
interface Walk {
  readonly options: SliceReadingOptions;
  readonly start: Cursor | undefined;
  /** Streams that had been read further than where this walk begins. */
  readonly advanced: ReadonlySet<PlannedStream>;
  readonly children: readonly OpenChild[];
}

/** Reads slices that share a walk, or one alone, and along the same walk all of their children that are needed. */
export async function* readSlices(readings: readonly SliceReadingOptions[]): AsyncGenerator<Step, void, undefined> {
  if (readings.every(isQuiet)) {
    yield { rows: [], cursors: readings.flatMap(cursorsOfQuiet) };
    return;
  }
  const walks = readings.map(openWalk);
  let isFirst = true;
  for await (const pages of ahead(pagesOf(walks))) {
    const walked = walks.flatMap((walk, place) => (pages[place] ? [{ walk, page: pages[place] }] : []));
    const steps = walked.map(({ walk, page }) => stepsOfPage(page, walk, isFirst));
    yield* merge(steps, SLICES_AT_ONCE, () => undefined);
    yield { rows: [], cursors: walked.flatMap(({ walk, page }) => cursorsAfter(page, walk)) };
    isFirst = false;
  }
}

function openWalk(options: SliceReadingOptions): Walk {
  const { planned } = options;
  const start = startOf(options);
  const advanced = new Set(streamsOf(planned).filter((stream) => isAhead(cursorOf(stream, options), start)));
  return { options, start, advanced, children: planned.children.map((child) => openChild(child, options)) };
}

/** Steps of the walk, each with a page for every slice. */
async function* pagesOf(walks: readonly Walk[]): AsyncGenerator<readonly Page[], void, undefined> {
  const [first] = walks;
  if (first === undefined) return;
  const { planned, slice, space } = first.options;
  const { joint, name } = planned.resource;
  const reader = space.readerFor(name);
  const places = walks.map(({ options, start }) => ({ slice: options.slice, cursor: start }));
  if (joint && places.length > 1) yield* joint.read(reader, places);
  else
    for await (const page of planned.resource.read(reader, slice, first.start, toldItems(first.options))) yield [page];
}

/** Everything that a page gives but the cursors. */
async function* stepsOfPage(page: Page, walk: Walk, isFirst: boolean): AsyncGenerator<Step, void, undefined> {
  const { options, start, advanced, children } = walk;
  const { planned, slice } = options;
  const { entries, complete = false, isPart = false } = page;
  const read: PageOptions = {
    ...options,
    wholeSlice: isFirst && complete && slice.project ? { project_id: slice.project.id } : undefined,
    isKnown: (stream) => page.again === true || advanced.has(stream),
  };
  const rows = await rowMessages(planned.streams, entries, makingOf(read));
  if (rows.length > 0) yield { rows, cursors: [] };
  yield* readChildren(children, entries, read);
  const deleted = complete ? await deletedRows(options) : [];
  const walked = start === undefined ? { walked: { items: entries.length, complete } } : {};
  yield { rows: deleted, cursors: [], isPart, ...walked };
}

/**
 * Children that have been read further than the walk keep their place until it is complete, lest an interruption make
 * them begin anew, which is what costs most.
 */
function cursorsAfter({ cursor, complete }: Page, { options, advanced, children }: Walk): readonly StreamCursor[] {
  if (cursor === undefined) return [];
  const { planned, slice } = options;
  const ofStreams = (streams: readonly PlannedStream[], own: Details): readonly StreamCursor[] =>
    streams.map((stream) => {
      const activity = activityAfter(stream, complete === true, options);
      return { stream: stream.name, slice: slice.id, cursor: { ...withOwn(cursor, own), ...activity } };
    });
  const ofChild = (child: OpenChild): readonly StreamCursor[] => {
    if (child.failed) return [];
    const own = complete ? child.reading.details() : child.own;
    const moved = child.planned.streams.filter((stream) => complete || !advanced.has(stream));
    return [...ofStreams(moved, own), ...child.children.flatMap(ofChild)];
  };
  return [...ofStreams(planned.streams, {}), ...children.flatMap(ofChild)];
}

/** Whether a stream has been read further than the point from which this walk reads. */
function isAhead(cursor: Cursor | undefined, start: Cursor | undefined): boolean {
  return cursor !== undefined && (start === undefined || !isSameCursor(withOwn(cursor, {}), start));
}
