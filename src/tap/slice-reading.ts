import type { Cursor, TapState } from '../message/state.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import type { ChildReading, ChildResource, Details, Page, Resource, Slice, WholeList } from '../streams/resource.ts';
import type { Entry, Link } from '../streams/stream.ts';
import type { ActivityFeed } from './activity-feed.ts';
import { ahead, inOrder } from './ahead.ts';
import { isConfined, isGone, type ReadFailure } from './failure.ts';
import { type RowMaking, type RowMessage, rowMessages, wholeListMessages } from './row-messages.ts';
import { type Planned, type PlannedStream, streamsOf } from './selection-plan.ts';
import { cursorOf, walkCursor, withOwn } from './slice-cursor.ts';
import { activityAfter, cursorsOfQuiet, deletedRows, isQuiet } from './slice-feed.ts';
import type { SpaceReading } from './space-reading.ts';
import { earliestCursor, isSameCursor } from './state.ts';

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

/** Parents whose children are fetched at once, which keeps the client busy without gathering rows. */
const CHILDREN_AHEAD = 8;

/** A child resource being read along its parents' walk, until it fails. */
interface OpenChild {
  readonly planned: Planned<ChildResource>;
  readonly reading: ChildReading;
  readonly own: Details;
  readonly children: readonly OpenChild[];
  failed: boolean;
}

/** Reads one slice of a resource and, along the same walk, all of its children that are needed. */
export async function* readSlice(options: SliceReadingOptions): AsyncGenerator<Step, void, undefined> {
  const { planned, slice, space } = options;
  if (isQuiet(options)) {
    yield { rows: [], cursors: cursorsOfQuiet(options) };
    return;
  }
  const children = planned.children.map((child) => openChild(child, options));
  const streams = streamsOf(planned);
  const start = walkCursor(streams.map((stream) => cursorOf(stream, options)));
  const advanced = new Set(streams.filter((stream) => isAhead(cursorOf(stream, options), start)));
  const walk = planned.resource.read(space.readerFor(planned.resource.name), slice, start);
  let isFirst = true;
  for await (const page of ahead(walk)) {
    const wholeSlice = isFirst && page.complete && slice.project ? { project_id: slice.project.id } : undefined;
    isFirst = false;
    const walked = {
      ...options,
      wholeSlice,
      advanced,
      isKnown: (stream: PlannedStream) => page.again === true || advanced.has(stream),
    };
    const rows = await rowMessages(planned.streams, page.entries, makingOf(walked));
    if (rows.length > 0) yield { rows, cursors: [] };
    yield* readChildren(children, page.entries, walked);
    if (page.complete) yield { rows: await deletedRows(options), cursors: [] };
    const { isPart = false } = page;
    const step = { rows: [], cursors: cursorsAfter(page, children, walked), isPart };
    const { entries, complete = false } = page;
    yield start === undefined ? { ...step, walked: { items: entries.length, complete } } : step;
  }
}

/** What the reading of a page's rows and of their children depends on. */
interface PageOptions extends SliceReadingOptions {
  readonly isKnown: RowMaking['isKnown'];
  readonly wholeSlice: RowMaking['slice'];
  /** Streams that had been read further than where this walk began. */
  readonly advanced: ReadonlySet<PlannedStream>;
}

function makingOf({ space, clock, version, isKnown, wholeSlice: slice }: PageOptions): RowMaking {
  return { dates: space.dates, timeExtracted: new Date(clock.now()).toISOString(), version, isKnown, slice };
}

async function* readChildren(
  children: readonly OpenChild[],
  parents: readonly Entry[],
  options: PageOptions,
  family?: Family,
): AsyncGenerator<Step, void, undefined> {
  for (const child of children) {
    if (child.failed) continue;
    try {
      const isWhole = family !== undefined && namesAncestor(child, family);
      yield* isWhole ? readFamily(child, parents, family, options) : readChild(child, parents, options);
    } catch (error) {
      if (!isConfined(error)) throw error;
      child.failed = true;
      const streams = streamsOf(child.planned).map(({ name }) => name);
      yield { rows: [], cursors: [], failure: { streams, slice: options.slice.label, error } };
    }
  }
}

async function* readChild(
  { planned, reading, children }: OpenChild,
  parents: readonly Entry[],
  options: PageOptions,
): AsyncGenerator<Step, void, undefined> {
  const concerned = parents.filter(({ fields }) => reading.concerns(fields));
  for await (const found of inOrder(childrenOf(concerned, reading, options), CHILDREN_AHEAD)) {
    const rows = await childRows(planned, found, { ...makingOf(options), slice: undefined });
    if (rows.length > 0) yield { rows, cursors: [] };
    const { parent, page } = found;
    const link = 'all' in page ? planned.resource.partOf : undefined;
    yield* readChildren(children, entriesIn(found), options, link && { parent, link });
  }
}

/** A parent all of whose children are known, so that all that hangs on these replaces what hung on them before. */
interface Family {
  readonly parent: Entry;
  readonly link: Link;
}

function namesAncestor({ planned }: OpenChild, { link }: Family): boolean {
  return planned.streams.every(({ schema }) => schema.keyProperties.includes(link.column));
}

async function* readFamily(
  { planned, reading, children }: OpenChild,
  parents: readonly Entry[],
  family: Family,
  options: PageOptions,
): AsyncGenerator<Step, void, undefined> {
  const entries: Entry[] = [];
  const concerned = parents.filter(({ fields }) => reading.concerns(fields));
  for await (const found of inOrder(childrenOf(concerned, reading, options), CHILDREN_AHEAD)) {
    entries.push(...entriesIn(found));
  }
  const making = { ...makingOf(options), slice: undefined };
  const rows = await wholeListMessages(planned.streams, { ...family, entries }, making);
  if (rows.length > 0) yield { rows, cursors: [] };
  yield* readChildren(children, entries, options, family);
}

/** Some or all of what hangs on a parent. */
interface Found {
  readonly parent: Entry;
  readonly page: readonly Entry[] | WholeList;
}

function entriesIn({ page }: Found): readonly Entry[] {
  return 'all' in page ? page.all : page;
}

function childRows(
  { resource, streams }: Planned<ChildResource>,
  found: Found,
  making: RowMaking,
): Promise<readonly RowMessage[]> {
  const { parent, page } = found;
  if (!('all' in page) || resource.partOf === undefined) return rowMessages(streams, entriesIn(found), making);
  return wholeListMessages(streams, { parent, link: resource.partOf, entries: page.all }, making);
}

function* childrenOf(
  parents: readonly Entry[],
  reading: ChildReading,
  { slice, log }: SliceReadingOptions,
): Generator<AsyncIterable<Found>> {
  for (const parent of parents) yield unlessGone(foundUnder(parent, reading), parent, slice, log);
}

async function* foundUnder(parent: Entry, reading: ChildReading): AsyncGenerator<Found, void, undefined> {
  for await (const page of reading.read(parent)) yield { parent, page };
}

/** The children of one parent; none if it has been deleted since its own page was read. */
async function* unlessGone<T>(
  pages: AsyncIterable<T>,
  { fields: { id } }: Entry,
  { label }: Slice,
  log: Logger,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* pages;
  } catch (error) {
    if (!isGone(error)) throw error;
    log.debug({
      en: `${label}: ${id} was deleted while it was being read`,
      ja: `${label}: ${id} は読み込み中に削除されました`,
    });
  }
}

function openChild(planned: Planned<ChildResource>, options: SliceReadingOptions): OpenChild {
  const reader = options.space.readerFor(planned.resource.name);
  const cursors = streamsOf(planned).map((stream) => cursorOf(stream, options));
  const own = ownDetails(cursors);
  const reading = planned.resource.open(reader, walkCursor(cursors), own);
  return { planned, reading, own, children: planned.children.map((child) => openChild(child, options)), failed: false };
}

/**
 * Children that have been read further than the walk keep their place until it is complete, lest an interruption make
 * them begin anew, which is what costs most.
 */
function cursorsAfter(
  { cursor, complete }: Page,
  children: readonly OpenChild[],
  options: PageOptions,
): readonly StreamCursor[] {
  if (cursor === undefined) return [];
  const { planned, slice, advanced } = options;
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

/** Only where all of the child's streams agree, because what one has seen another may not. */
function ownDetails(cursors: readonly (Cursor | undefined)[]): Details {
  const common = earliestCursor(cursors);
  return typeof common?.own === 'object' && common.own !== null ? (common.own as Details) : {};
}
