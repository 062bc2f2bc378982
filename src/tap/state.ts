import type { Bookmark, Cursor, TapState } from '../message/state.ts';
import { isoSecond } from '../streams/instant.ts';

/**
 * Where a reading must start so that it serves all of these states: per stream and slice the cursor that has read
 * least. A cursor missing in one of them is missing in the result; undefined if a whole state is.
 */
export function earliestState(states: readonly (TapState | undefined)[]): TapState | undefined {
  const [first, ...others] = states;
  if (first === undefined || others.includes(undefined)) return undefined;
  return (others as TapState[]).reduce<TapState>(earlierState, { bookmarks: first.bookmarks });
}

function earlierState(a: TapState, b: TapState): TapState {
  return { bookmarks: joint(a.bookmarks, b.bookmarks, (one, other) => joint(one, other, commonCursor)) };
}

/** Where one of them was interrupted on its way, what lies before it must not be taken for read. */
function commonCursor(a: Cursor, b: Cursor): Cursor {
  const cursor = earlierCursor(a, b);
  return isSameCursor(a, b) || !(isUnderWay(a) || isUnderWay(b)) ? cursor : { ...cursor, again: true };
}

function isUnderWay(cursor: Cursor): boolean {
  const { at: _, own: __, columns: ___, ...details } = positionOf(cursor);
  return Object.keys(details).length > 0;
}

/**
 * The cursor from which both are served. Details hold only together with the rows that were read under them, so unless
 * the two cursors are the same, only the smaller `at` is left.
 */
export function earlierCursor(a: Cursor, b: Cursor): Cursor {
  const signs = { ...earlierActivity(a, b), ...earlierReconciliation(a, b), ...commonColumns(a, b) };
  const position = isSameCursor(a, b) ? positionOf(a) : { at: isBefore(a.at, b.at) ? a.at : b.at };
  return { ...position, ...signs };
}

/** Nothing, unless both know. */
function earlierActivity(a: Cursor, b: Cursor): Pick<Cursor, 'activity'> {
  if (typeof a.activity !== 'number' || typeof b.activity !== 'number') return {};
  return { activity: Math.min(a.activity, b.activity) };
}

/** Rows that were read under different columns have none in common. */
function commonColumns({ columns }: Cursor, other: Cursor): Partial<Cursor> {
  return columns !== undefined && columns === other.columns ? { columns } : {};
}

function earlierReconciliation({ reconciled: a }: Cursor, { reconciled: b }: Cursor): Pick<Cursor, 'reconciled'> {
  if (a === undefined || b === undefined) return {};
  return { reconciled: isBefore(a, b) ? a : b };
}

/** Whether they stand at the same place of the walk, whatever else they know. */
export function isSameCursor(a: Cursor, b: Cursor): boolean {
  return canonical(positionOf(a)) === canonical(positionOf(b));
}

function positionOf({ activity: _, reconciled: __, ...position }: Cursor): Cursor {
  return position;
}

/** The same for any number of them: undefined if there is none, or if one is missing. */
export function earliestCursor(cursors: readonly (Cursor | undefined)[]): Cursor | undefined {
  const [first, ...others] = cursors;
  if (first === undefined || others.includes(undefined)) return undefined;
  return (others as Cursor[]).reduce(earlierCursor, first);
}

/** The state with this bookmark put in; everything else stays as it was. */
export function withCursor(state: TapState, stream: string, slice: string, cursor: Cursor): TapState {
  const bookmark: Bookmark = { ...state.bookmarks[stream], [slice]: cursor };
  return { ...state, bookmarks: { ...state.bookmarks, [stream]: bookmark } };
}

/** The cursor that a state holds, or undefined where it holds none, or something that no cursor can be. */
export function cursorIn(state: TapState | undefined, stream: string, slice: string): Cursor | undefined {
  const cursor: unknown = state?.bookmarks?.[stream]?.[slice];
  return isCursor(cursor) ? cursor : undefined;
}

export function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null || !('at' in value)) return false;
  return typeof value.at === 'number' || typeof value.at === 'string';
}

function joint<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  join: (one: T, other: T) => T,
): Readonly<Record<string, T>> {
  const result: Record<string, T> = {};
  for (const [key, one] of Object.entries(a)) {
    const other = b[key];
    if (other !== undefined) result[key] = join(one, other);
  }
  return result;
}

function isBefore(a: Cursor['at'], b: Cursor['at']): boolean {
  return typeof a === 'string' && typeof b === 'string' ? Date.parse(a) < Date.parse(b) : a < b;
}

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * A cursor from which everything is read, while deletions are looked for since what `known` tells. `again` keeps the
 * slice from being taken for one that has been read to its end.
 */
export function fromTheBeginning({ activity }: Pick<Cursor, 'activity'>): Cursor {
  return { at: isoSecond(0), again: true, ...(activity === undefined ? {} : { activity }) };
}
