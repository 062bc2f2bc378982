/**
 * How far one stream has been read in one slice (a project, the space). Maps, never lists: Meltano merges states
 * deeply and replaces lists. `at` orders cursors of one stream: of two, the smaller has read less. An id is a number,
 * an instant an ISO 8601 text in UTC; what else a cursor holds is its resource's own affair.
 */
export interface Cursor {
  readonly at: string | number;
  /** Up to which activity of the space deletions and signs of change have been taken into account. */
  readonly activity?: number;
  /** When everything was last read again to find deletions that gave no sign; kept where that is done in a cycle. */
  readonly reconciled?: string;
  readonly [detail: string]: unknown;
}

/** By slice: a project's id, or `space`. A slice without a cursor has not been read to its end yet. */
export type Bookmark = Readonly<Record<string, Cursor>>;

/** The whole state of our tap, as it stands in a STATE message and in `backlog_sync_state`. */
export interface TapState {
  /** By stream name. */
  readonly bookmarks: Readonly<Record<string, Bookmark>>;
  /** The stream that was being read when the run was interrupted; it comes first in the next. */
  readonly currently_syncing?: string;
}
