import type { JsonSchema } from '../message/schema.ts';
import type { Row } from '../message/value.ts';
import type { Text } from '../runtime/text.ts';

/** A column of a stream, under the stream's own (snake_case) names. */
export interface Origin {
  readonly stream: string;
  readonly column: string;
}

export interface QueryColumn {
  /** As the destination shall call it. */
  readonly name: string;
  readonly schema: JsonSchema;
  /** Absent if the value is computed. */
  readonly origin?: Origin;
}

export interface QueryShape {
  /** The streams that must be read, each once. */
  readonly streams: readonly string[];
  readonly columns: readonly QueryColumn[];
  /** Of the result: an object with a property for each column. */
  readonly schema: JsonSchema;
  /** Names of result columns; empty for a result without a key. */
  readonly keyProperties: readonly string[];
  /** What the user should know, such as that everything is read in each run. */
  readonly notices: readonly Text[];
}

/** What became of some rows of the one stream. */
export interface Applied {
  /** Rows of the result. */
  readonly rows: readonly Row[];
  /**
   * Keys, under the result's names, of rows that the condition turned away: they may have met it in an earlier run, so
   * that the destination may still hold them. Of several rows with one key the last counts.
   */
  readonly gone: readonly Row[];
}

/** Each row of the one stream becomes one row of the result or none, whatever the other rows are. */
export interface RowWiseQuery extends QueryShape {
  readonly rowWise: true;
  /** A `DataError` if an expression fails on a row. */
  apply(rows: readonly Row[]): Applied;
  /** The key that a row or tombstone of the stream has in the result. */
  keyOf(row: Row): Row;
  close(): void;
}

/** The result depends on several rows at once, so that it is computed over a copy of everything, in each run anew. */
export interface WholeQuery extends QueryShape {
  readonly rowWise: false;
  /** An empty copy. It lies in a temporary file that vanishes when it is closed or the process ends. */
  stage(): StagedCopy;
}

export type Query = RowWiseQuery | WholeQuery;

export interface StagedCopy {
  /** Inserts rows of a stream, or replaces those with the same key. */
  upsert(stream: string, rows: readonly Row[]): void;
  /** Removes the rows of a stream with these keys. */
  delete(stream: string, keys: readonly Row[]): void;
  /** The rows of the result, in groups. A `DataError` if an expression fails. */
  result(): Generator<readonly Row[], void>;
  close(): void;
}
