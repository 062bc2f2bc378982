import type { RequestCounts, ResourcePlan } from '../../tap/tap.ts';
import type { Mode } from '../run/reading.ts';

/** What a run would cost and change. */
export interface JobForecast {
  readonly source: string;
  readonly destination: string;
  readonly statements: readonly StatementForecast[];
  /** Requests of all statements, each counted once. */
  readonly resources: readonly ResourcePlan[];
  readonly requests: RequestCounts;
  /** How long the run must take because of Backlog's limits alone. */
  readonly minimumSeconds: number;
  /** What would be done to the tables before rows are written, in the database's own language. */
  readonly schemaChanges: readonly string[];
  /** What making this forecast has cost. */
  readonly requestsMade: number;
}

export interface StatementForecast {
  /** As it stands in the query file, on one line. */
  readonly statement: string;
  readonly table: string;
  readonly mode: Mode;
  /** Of everything that the statement would read, shared or not. */
  readonly requests: RequestCounts;
  /** Set where the numbers are a bound or a guess. */
  readonly isEstimate: boolean;
}
