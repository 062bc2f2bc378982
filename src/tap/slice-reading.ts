import type { Cursor } from '../message/state.ts';
import type { Details, Page } from '../streams/resource.ts';
import { ahead } from './ahead.ts';
import { makingOf, openChild, readChildren } from './child-reading.ts';
import { merge } from './merge.ts';
import type { OpenChild } from './open-child.ts';
import { countBefore, partsRead } from './proof.ts';
import { keptUnder } from './reconciliation.ts';
import { rowMessages } from './row-messages.ts';
import { type PlannedStream, streamsOf } from './selection-plan.ts';
import type { PageOptions, SliceReadingOptions } from './slice.ts';
import { cursorOf, isWalked, startOf, withOwn } from './slice-cursor.ts';
import { cursorsOfQuiet, deletedRows, firstCursors, isQuiet, signsAfter, toldItems } from './slice-feed.ts';
import { cursorIn, isSameCursor } from './state.ts';
import type { Step, StreamCursor } from './step.ts';

/** Slices of one walk whose children are fetched at the same time. */
const SLICES_AT_ONCE = 4;

/** A slice on its way. */
interface Walk {
  readonly options: SliceReadingOptions;
  readonly start: Cursor | undefined;
  /** Streams that had been read further than where this walk begins. */
  readonly advanced: ReadonlySet<PlannedStream>;
  readonly children: readonly OpenChild[];
  /** Items so far. */
  items: number;
  /** How many there were before, where that is needed as a proof. */
  readonly counted: number | undefined;
}

/** Reads slices that share a walk, or one alone, and along the same walk all of their children that are needed. */
export async function* readSlices(readings: readonly SliceReadingOptions[]): AsyncGenerator<Step, void, undefined> {
  if (readings.every(isQuiet)) {
    yield { rows: [], cursors: readings.flatMap(cursorsOfQuiet) };
    return;
  }
  const walks = await Promise.all(readings.map(openWalk));
  yield { rows: [], cursors: readings.flatMap(firstCursors) };
  for await (const pages of ahead(pagesOf(walks))) {
    const walked = walks.flatMap((walk, place) => (pages[place] ? [{ walk, page: pages[place] }] : []));
    const steps = walked.map(({ walk, page }) => stepsOfPage(page, walk));
    yield* merge(steps, SLICES_AT_ONCE, () => undefined);
    yield { rows: [], cursors: walked.flatMap(({ walk, page }) => cursorsAfter(page, walk)) };
  }
}

async function openWalk(options: SliceReadingOptions): Promise<Walk> {
  const { planned } = options;
  const start = startOf(options);
  const advanced = new Set(streamsOf(planned).filter((stream) => isAhead(cursorOf(stream, options), start)));
  const children = planned.children.map((child) => openChild(child, options));
  return { options, start, advanced, children, items: 0, counted: await countBefore(options) };
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
async function* stepsOfPage(page: Page, walk: Walk): AsyncGenerator<Step, void, undefined> {
  const { options, start, advanced, children, counted } = walk;
  const { planned } = options;
  const { entries, complete = false } = page;
  const read: PageOptions = { ...options, isKnown: (stream) => page.again === true || advanced.has(stream) };
  const rows = await rowMessages(planned.streams, entries, makingOf(read));
  if (rows.length > 0) yield { rows, cursors: [] };
  yield* readChildren(children, entries, read);
  const kept = keptUnder(children, entries, options);
  if (kept.length > 0) yield { rows: kept, cursors: [] };
  walk.items += entries.length;
  const isProven = counted === undefined || walk.items >= counted;
  const isPart = page.isPart === true || (complete && !isProven);
  const walked = { items: entries.length, complete, ...(counted === undefined ? {} : { counted }) };
  yield { rows: [], cursors: [], isPart, ...(start === undefined && { walked }) };
  if (!complete) return;
  const parts = isProven ? partsRead(options, children) : [];
  yield { rows: [...(await deletedRows(options)), ...parts], cursors: [] };
}

/**
 * Children that have been read further than the walk keep their place until it is complete, lest an interruption make
 * them begin anew, which is what costs most; so does all that was known and is read again.
 */
function cursorsAfter({ cursor, complete }: Page, { options, advanced, children }: Walk): readonly StreamCursor[] {
  if (cursor === undefined) return [];
  const { planned, slice, state } = options;
  const isHeld = ({ name, refreshed }: PlannedStream) =>
    complete !== true && refreshed && isWalked(cursorIn(state, name, slice.id));
  const ofStreams = (streams: readonly PlannedStream[], own: Details): readonly StreamCursor[] =>
    streams
      .filter((stream) => !isHeld(stream))
      .map((stream) => {
        const signs = signsAfter(stream, complete === true, options);
        return { stream: stream.name, slice: slice.id, cursor: { ...withOwn(cursor, own), ...signs } };
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
