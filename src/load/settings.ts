import type { TableName } from './table.ts';
import type { Zone } from './zone.ts';

/** What becomes of rows that are gone at the source: removed, marked in a column, or left as they are. */
export type Deletion = 'delete' | 'mark' | 'ignore';

export interface MarkColumn {
  readonly name: string;
  /** `instant`: when it was deleted, NULL for rows that are there. `flag`: true or false. */
  readonly holds: 'instant' | 'flag';
}

/** Where rows go that cannot be written, instead of ending the load. */
export interface RejectSettings {
  readonly table: TableName;
  /** With more of them than this in one run, the load ends after all. */
  readonly limit: number;
}

export interface LoadSettings {
  readonly tableOf: (stream: string) => TableName;
  /** The column of a property; it is fitted to the database's limits afterwards. By default the property's own name. */
  readonly columnOf?: (property: string) => string;
  /** A batch is committed when it has this many rows, … */
  readonly batchRows: number;
  /** … about this many bytes (the first ones have fewer), … */
  readonly batchBytes: number;
  /** … or when messages arrive this long after its first one. */
  readonly batchSeconds: number;
  readonly deletion: Deletion;
  /** Where `deletion: 'mark'` marks. */
  readonly markColumn: MarkColumn;
  /** Whether ACTIVATE_VERSION removes (or marks) the rows that are not part of the reading it ends. */
  readonly activateVersion: boolean;
  /**
   * `overwrite`: what is not part of this run is removed at its end. `append-only`: every row is added, whatever its
   * key.
   */
  readonly loadMethod: 'append-only' | 'upsert' | 'overwrite';
  /** Adds `METADATA_COLUMNS`. */
  readonly addRecordMetadata: boolean;
  /** The JSON column that keeps fields which the schema does not declare. If absent they are counted and reported. */
  readonly undeclaredColumn?: string;
  /** Writes texts with `contentEncoding` base16 or base64 as the bytes that they stand for. They stay text if absent. */
  readonly interpretContentEncoding?: boolean;
  /** Of date-times that tell no offset; UTC if absent. What is written is UTC in any case. */
  readonly zone?: Zone;
  /**
   * Down to how many levels objects with declared members become columns of their own, named `object__member`. All
   * objects stay JSON if absent.
   */
  readonly flattenDepth?: number;
  /** Puts rows aside that do not fit their columns or break their schema. If absent such a row ends the load. */
  readonly rejects?: RejectSettings;
  /** Checks each record against its stream's schema, which costs time; values are always checked against their column. */
  readonly validateRecords: boolean;
}

export const DEFAULT_LOAD_SETTINGS: LoadSettings = {
  tableOf: (stream) => ({ name: stream }),
  batchRows: 10_000,
  batchBytes: 2 * 1024 * 1024,
  batchSeconds: 60,
  deletion: 'delete',
  markColumn: { name: '_sdc_deleted_at', holds: 'instant' },
  activateVersion: true,
  loadMethod: 'upsert',
  addRecordMetadata: false,
  validateRecords: false,
};
