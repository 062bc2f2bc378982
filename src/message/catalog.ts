import type { JsonSchema } from './schema.ts';

export type ReplicationMethod = 'FULL_TABLE' | 'INCREMENTAL' | 'LOG_BASED';

/** A stream as it is offered, before any door adds its own spelling of selection to it. */
export interface CatalogStream {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly keyProperties: readonly string[];
  readonly replicationMethod: ReplicationMethod;
  /** The column by which the stream is incremental, if it is. */
  readonly replicationKey?: string;
  /** False for streams that cost a request per issue or page, or that show personal lists. */
  readonly selectedByDefault: boolean;
}

/** What a door asks the tap to read. Columns left out are removed from the schema and from the rows. */
export interface SelectedStream {
  readonly name: string;
  /** All of them, if absent. Key columns are always among them. */
  readonly columns?: ReadonlySet<string>;
  /** Read everything and replace, though the stream could be read incrementally. */
  readonly fullRefresh?: boolean;
  /** Set where the rows end up in a table that does not tell their project, so that no project can go by itself. */
  readonly withoutProject?: boolean;
}
