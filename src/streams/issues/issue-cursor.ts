import type { Cursor } from '../../message/state.ts';
import { instantOf } from '../instant.ts';

/** How far the issues of a project have been read. Every change up to `at` has been; so has what a detail says. */
export interface IssueCursor extends Cursor {
  readonly at: string;
  /** A first load on its way: issues created before `created` were read, none of them before `started`. */
  readonly scan?: { readonly created: string; readonly started: string };
  /** A reading of changes on its way: those from `oldest` to `newest` are done, those between `at` and `oldest` are not. */
  readonly window?: { readonly oldest: string; readonly newest: string };
}

/** The cursor as it can be used, or undefined if it was not written by us. */
export function issueCursorOf(cursor: Cursor | undefined): IssueCursor | undefined {
  if (cursor === undefined || typeof cursor.at !== 'string' || !Number.isFinite(instantOf(cursor.at))) return undefined;
  const { at } = cursor;
  const scan = detailOf(cursor.scan, 'created', 'started');
  if (scan) return { at, scan };
  const window = detailOf(cursor.window, 'oldest', 'newest');
  return window ? { at, window } : { at };
}

function detailOf<First extends string, Second extends string>(
  detail: unknown,
  first: First,
  second: Second,
): Record<First | Second, string> | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  const instants = detail as Record<First | Second, string>;
  return [first, second].every((key) => Number.isFinite(instantOf(instants[key]))) ? instants : undefined;
}
