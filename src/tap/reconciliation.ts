import type { VersionMessage } from '../message/message.ts';
import type { TapState } from '../message/state.ts';
import type { Row } from '../message/value.ts';
import { instantOf } from '../streams/instant.ts';
import type { ChildResource, Resource, Slice } from '../streams/resource.ts';
import type { Entry } from '../streams/stream.ts';
import type { ActivityFeed } from './activity-feed.ts';
import { listsUnder } from './deletion-messages.ts';
import type { OpenChild } from './open-child.ts';
import { type Planned, type PlannedStream, streamsOf } from './selection-plan.ts';
import type { Cycles, Depth } from './settings.ts';
import type { SliceReading } from './slice.ts';
import { cursorOf } from './slice-cursor.ts';
import { cursorIn } from './state.ts';

/** Whether anything of the resource can be gone without having been told. */
export function canReconcile({ feed, children = [] }: Resource): boolean {
  return feed?.deletions !== undefined || children.length > 0;
}

/** All of it, from the beginning, as rows of a version; what need not be read is kept with its items. */
export function reconciled(planned: Planned<Resource>, depth: Depth): Planned<Resource> {
  const below = (child: Planned<ChildResource>): Planned<ChildResource> => {
    const isAgain = depth === 'everything' && !child.resource.lasting;
    return {
      ...child,
      streams: child.streams.map(isAgain ? readAgain : keptWithItem),
      children: child.children.map(below),
    };
  };
  return { ...planned, streams: planned.streams.map(readAgain), children: planned.children.map(below) };
}

function readAgain(stream: PlannedStream): PlannedStream {
  return { ...stream, refreshed: true, replacement: 'version' };
}

function keptWithItem(stream: PlannedStream): PlannedStream {
  return { ...stream, kept: stream.parts !== 'none' };
}

/** How deep a slice must be reconciled because of the settings. */
export function dueDepth(
  planned: Planned<Resource>,
  slice: Slice,
  state: TapState,
  { reconcile, reconciliation, depth }: Cycles,
  now: number,
): Depth | undefined {
  if (!canReconcile(planned.resource)) return undefined;
  if (reconcile) return depth;
  if (reconciliation === 0) return undefined;
  const times = streamsOf(planned).map(({ name }) => instantOf(cursorIn(state, name, slice.id)?.reconciled));
  return times.some((at) => Number.isFinite(at) && at <= now - reconciliation) ? depth : undefined;
}

interface KnownSlice {
  readonly planned: Planned<Resource>;
  readonly slice: Slice;
  readonly state: TapState;
}

/** Whether items may have been deleted that were read, and the activities do not tell from there on. */
export function hasGap(reading: KnownSlice, feed: ActivityFeed | undefined): boolean {
  const { planned } = reading;
  if (feed === undefined || planned.resource.feed?.deletions === undefined) return false;
  return streamsOf(planned).some((stream) => {
    const cursor = cursorOf(stream, reading);
    return cursor !== undefined && (cursor.activity === undefined || !feed.covers(cursor.activity));
  });
}

/** What hangs on these items stays, where it is not read: all of it, or that of items which are not asked for it. */
export function keptUnder(
  children: readonly OpenChild[],
  items: readonly Entry[],
  { version, reconciliation }: Pick<SliceReading, 'version' | 'reconciliation'>,
): readonly VersionMessage[] {
  if (reconciliation === undefined) return [];
  return children.flatMap(({ planned, reading }) => {
    const unasked = items.filter(({ fields }) => !reading.concerns(fields));
    return listsUnder(planned).flatMap(({ stream, link }) => {
      const kept = stream.kept ? items : unasked;
      if (kept.length === 0 || stream.parts === 'none') return [];
      const parents = kept.map(({ fields }): Row => ({ [link.column]: fields[link.field] as Row[string] }));
      return [{ type: 'keep', stream: stream.name, version, parents } as const];
    });
  });
}
