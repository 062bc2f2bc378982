import type { Cursor } from '../message/state.ts';
import { requireInSight } from '../streams/in-sight.ts';
import type { ChildReading, ChildResource, Details, WholeList } from '../streams/resource.ts';
import type { Entry, Link } from '../streams/stream.ts';
import { inOrder } from './ahead.ts';
import { failureIn, isConfined, isGone } from './failure.ts';
import type { OpenChild } from './open-child.ts';
import { type RowMaking, type RowMessage, rowMessages, wholeListMessages } from './row-messages.ts';
import { type Planned, streamsOf } from './selection-plan.ts';
import type { PageOptions, SliceReadingOptions } from './slice.ts';
import { cursorOf, walkCursor } from './slice-cursor.ts';
import { earliestCursor } from './state.ts';
import type { Step } from './step.ts';

/** Parents whose children are fetched at once, which keeps the client busy without gathering rows. */
const CHILDREN_AHEAD = 8;

export function makingOf({ space, clock, version, isKnown }: PageOptions): RowMaking {
  return { dates: space.dates, timeExtracted: new Date(clock.now()).toISOString(), version, isKnown };
}

export async function* readChildren(
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
      yield { rows: [], cursors: [], failure: failureIn(options.slice, streams, error) };
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
    const rows = await childRows(planned, found, makingOf(options));
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
  const rows = await wholeListMessages(planned.streams, { ...family, entries }, makingOf(options));
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
  options: SliceReadingOptions,
): Generator<AsyncIterable<Found>> {
  for (const parent of parents) yield unlessGone(foundUnder(parent, reading), parent, options);
}

async function* foundUnder(parent: Entry, reading: ChildReading): AsyncGenerator<Found, void, undefined> {
  for await (const page of reading.read(parent)) yield { parent, page };
}

/** The children of one parent; none if it has been deleted since its own page was read. */
async function* unlessGone<T>(
  pages: AsyncIterable<T>,
  { fields: { id } }: Entry,
  { planned, slice, space, log }: SliceReadingOptions,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* pages;
  } catch (error) {
    if (!isGone(error)) throw error;
    await requireInSight(space.readerFor(planned.resource.name), [slice]);
    log.debug({
      en: `${slice.label}: ${id} was deleted while it was being read`,
      ja: `${slice.label}: ${id} は読み込み中に削除されました`,
    });
  }
}

export function openChild(planned: Planned<ChildResource>, options: SliceReadingOptions): OpenChild {
  const reader = options.space.readerFor(planned.resource.name);
  const cursors = streamsOf(planned).map((stream) => cursorOf(stream, options));
  const own = ownDetails(cursors);
  const reading = planned.resource.open(reader, walkCursor(cursors), own);
  return { planned, reading, own, children: planned.children.map((child) => openChild(child, options)), failed: false };
}

/** Only where all of the child's streams agree, because what one has seen another may not. */
function ownDetails(cursors: readonly (Cursor | undefined)[]): Details {
  const common = earliestCursor(cursors);
  return typeof common?.own === 'object' && common.own !== null ? (common.own as Details) : {};
}
