import type { Text } from '../../runtime/text.ts';
import type { RequestCounts, ResourceRequests } from '../../tap/tap.ts';

/** OK: all that was asked for. INCOMPLETE: some projects or streams could not be read. FAILED: ended before its end. */
export type Verdict = 'OK' | 'INCOMPLETE' | 'FAILED';

/** What went wrong with a statement, and what can be done about it. */
export interface Problem {
  /** Stable, as in the list of codes. */
  readonly code: string;
  readonly text: Text;
  readonly hint?: Text;
  /** A project key, a config key, a place in a file. */
  readonly path?: string;
}

export interface RowCounts {
  /** Rows that the statement received from the reader, deletions included. */
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

export interface StatementReport {
  /** As it stands in the query file, on one line. */
  readonly statement: string;
  /** The destination table, schema included where there are schemas. */
  readonly table: string;
  readonly verdict: Verdict;
  readonly rows: RowCounts;
  /** Of everything that the statement read. */
  readonly requests: number;
  /** Other statements used the same requests, so the sum over statements is more than the total. */
  readonly requestsShared: boolean;
  readonly seconds: number;
  readonly problems: readonly Problem[];
  /** What the program would end with if this were its only statement. */
  readonly exitCode: number;
}

export interface JobReport {
  readonly run: string;
  /** Milliseconds since 1970 UTC, as all instants here. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly source: string;
  readonly destination: string;
  readonly statements: readonly StatementReport[];
  /** Requests that reached Backlog, each counted once. */
  readonly requests: RequestCounts;
  /** What of them was for reading, beside what had been planned. The others were for the account, limits, plans, repeats. */
  readonly resources: readonly ResourceRequests[];
  /** The signal that ended the run before its time. */
  readonly signal?: NodeJS.Signals;
}
