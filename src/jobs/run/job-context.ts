import type { BacklogClient } from '../../backlog/client.ts';
import type { Session } from '../../load/dialect.ts';
import type { SourceConnection } from '../../replicate/source-connection.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/log.ts';
import type { Language } from '../../runtime/text.ts';
import type { CustomFields, RequestCount } from '../../tap/tap.ts';

/** What all statements of a run have in common. */
export interface JobContext {
  readonly client: BacklogClient;
  readonly session: Session;
  readonly source: SourceConnection;
  /** Set where the job asks for columns for custom fields. */
  readonly customFields: CustomFields | undefined;
  /** Of the whole job, those that its preparation has made included. */
  readonly requests: RequestCount;
  /** Tell beforehand what the readings will cost, so that the report can show both. */
  readonly planFirst: boolean;
  /** How many jobs run at the same time, and share the memory for batches. */
  readonly jobsAtOnce: number;
  /** The destination, for people. */
  readonly destination: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Compare everything whose deletion Backlog does not tell. */
  readonly reconcile: boolean;
  /** Delete however many rows are gone. */
  readonly allowMassDeletion: boolean;
  /** Aborted with an `EndRequest` when the run is to end before its time. */
  readonly signal: AbortSignal;
  readonly language: Language;
  /** Identifies the run in `backlog_sync_runs`. */
  readonly run: string;
}
