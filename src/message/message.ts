import type { JsonSchema } from './schema.ts';
import type { Row } from './value.ts';

/** Announces a stream, or a change of its columns. It applies to all records of the stream that follow it. */
export interface SchemaMessage {
  readonly type: 'schema';
  readonly stream: string;
  readonly schema: JsonSchema;
  /** Empty for a stream without a key: its rows are only ever appended. */
  readonly keyProperties: readonly string[];
  readonly bookmarkProperties?: readonly string[];
}

export interface RecordMessage {
  readonly type: 'record';
  readonly stream: string;
  readonly record: Row;
  /** Of a stream that is read in full: which reading it belongs to (see `activateVersion`). */
  readonly version?: number;
  /** When it was read at the source; ISO 8601 in UTC. */
  readonly timeExtracted?: string;
}

/** A row that is gone at the source. `record` holds its key and whatever else is known of it. */
export interface TombstoneMessage {
  readonly type: 'tombstone';
  readonly stream: string;
  readonly record: Row;
  /** When it was deleted, or when that was found out; ISO 8601 in UTC. */
  readonly deletedAt: string;
  readonly version?: number;
  readonly timeExtracted?: string;
}

/**
 * All rows of the stream that one parent has now: rows of the same parent that are not among them are gone at the
 * source. It is how a list inside a row (the categories of an issue) is read again without a sign for what left it.
 * A first reading sends plain records instead: nothing can have left it yet.
 */
export interface ChildrenMessage {
  readonly type: 'children';
  readonly stream: string;
  /** Names the parent: some of the stream's key columns with their values. */
  readonly parent: Row;
  /** Empty if the parent has none any more. Each of them carries the parent's values too. */
  readonly records: readonly Row[];
  /** When the list was read; it counts as the time of deletion of what is missing. ISO 8601 in UTC. */
  readonly readAt: string;
}

/**
 * Everything before it may be forgotten by the source once it is durable (invariant 1). The value is always the whole
 * state of the tap, opaque to loaders.
 */
export interface StateMessage {
  readonly type: 'state';
  readonly value: unknown;
}

/** The reading with this version is complete: rows of the stream that were not part of it are gone at the source. */
export interface ActivateVersionMessage {
  readonly type: 'activateVersion';
  readonly stream: string;
  readonly version: number;
}

/**
 * All rows of one part of the stream, such as those of a project, have been read with this version: others of that part
 * are gone at the source, and nothing is said of other parts. Without a version the part itself is gone, and all of its
 * rows with it.
 */
export interface ActivatePartMessage {
  readonly type: 'activatePart';
  readonly stream: string;
  /** Columns, of the key or not, with their values. */
  readonly part: Row;
  readonly version?: number;
}

/**
 * Rows that belong to a version though they were not read again, because it is known that they are still there:
 * everything that these parents have.
 */
export interface KeepMessage {
  readonly type: 'keep';
  readonly stream: string;
  readonly version: number;
  /** Columns with their values; the same columns in each. */
  readonly parents: readonly Row[];
}

/** What tells which rows a reading consists of. */
export type VersionMessage = ActivateVersionMessage | ActivatePartMessage | KeepMessage;

export type Message =
  | SchemaMessage
  | RecordMessage
  | TombstoneMessage
  | ChildrenMessage
  | StateMessage
  | VersionMessage;
