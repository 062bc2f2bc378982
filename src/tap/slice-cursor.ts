import type { Cursor, TapState } from '../message/state.ts';
import { instantOf, isoSecond } from '../streams/instant.ts';
import type { Details, Resource, Slice } from '../streams/resource.ts';
import { unmarked } from './column-mark.ts';
import { type Planned, type PlannedStream, streamsOf } from './selection-plan.ts';
import type { Depth } from './settings.ts';
import type { SpaceReading } from './space-reading.ts';
import { cursorIn, earliestCursor } from './state.ts';

/** A slice of a planned resource, under a state. */
interface Reading {
  readonly planned: Planned<Resource>;
  readonly slice: Slice;
  readonly state: TapState;
  readonly reconciliation: Depth | undefined;
  readonly space: SpaceReading;
}

/** How far a stream has been read in a slice; nowhere, if it is to be refreshed. */
export function cursorOf(
  { name, refreshed, customFields }: PlannedStream,
  { state, slice }: { readonly state: TapState; readonly slice: Slice },
): Cursor | undefined {
  const cursor = refreshed ? undefined : cursorIn(state, name, slice.id);
  return cursor && unmarked(cursor, customFields, slice);
}

/** Where a walk must begin so that it serves all of these cursors; what children keep in theirs does not matter to it. */
export function walkCursor(cursors: readonly (Cursor | undefined)[]): Cursor | undefined {
  return earliestCursor(cursors.map((cursor) => cursor && withOwn(cursor, {})));
}

/** Where the walk of a slice must begin, for all that is read along it. */
export function startOf(reading: Reading): Cursor | undefined {
  if (reading.reconciliation !== undefined) return undefined;
  const known = walkCursor(streamsOf(reading.planned).map((stream) => cursorOf(stream, reading)));
  const from = rereadFrom(reading);
  if (known === undefined || from === undefined || !isWalked(known) || instantOf(known.at) <= from) return known;
  return { at: isoSecond(from) };
}

/** From which instant on children want their parents again, whatever has been read. */
export function rereadFrom({ planned, space }: Pick<Reading, 'planned' | 'space'>): number | undefined {
  const instants = planned.children.map(({ resource }) => resource.rereadFrom?.(space.readerFor(resource.name)));
  const wanted = instants.filter((instant) => instant !== undefined);
  return wanted.length > 0 ? Math.min(...wanted) : undefined;
}

/** The cursor's place in the walk. What belongs to a child resource is kept beside it under `own`. */
export function withOwn({ own: _, activity: __, reconciled: ___, ...cursor }: Cursor, own: Details): Cursor {
  return Object.keys(own).length > 0 ? { ...cursor, own } : cursor;
}

/** Whether a reading has come to its end here: what stands beside the `at` of a walk is a walk on its way. */
export function isWalked(cursor: Cursor | undefined): boolean {
  if (cursor === undefined) return false;
  return Object.keys(cursor).every((detail) => ['at', 'own', 'activity', 'reconciled', 'columns'].includes(detail));
}
