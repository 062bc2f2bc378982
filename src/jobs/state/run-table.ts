import type { RecordMessage, SchemaMessage } from '../../message/message.ts';
import type { JsonSchema } from '../../message/schema.ts';
import type { StatementReport, Verdict } from '../report/job-report.ts';

/** The name of the table in the destination, and of the stream that fills it. */
export const RUN_TABLE = 'backlog_sync_runs';

/** RUNNING until the run writes how it ended; the next run turns what was left so into INTERRUPTED. */
export type RunStatus = Verdict | 'RUNNING' | 'INTERRUPTED';

/** One statement of one run; a row of `backlog_sync_runs`. */
export interface RunRow {
  readonly run_id: string;
  /** Its place in the query file, counted from one. */
  readonly position: number;
  readonly statement: string;
  readonly destination: string;
  readonly source: string;
  /** Machine and process id, by which the next run sees whether this one still goes on. */
  readonly process: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly status: RunStatus;
  readonly rows_read: number | null;
  readonly inserted: number | null;
  readonly updated: number | null;
  readonly deleted: number | null;
  readonly requests: number | null;
  readonly seconds: number | null;
  /** What went wrong, in the language of the run. */
  readonly message: string | null;
}

const text: JsonSchema = { type: 'string' };
const optionalText: JsonSchema = { type: ['string', 'null'] };
const optionalCount: JsonSchema = { type: ['integer', 'null'] };

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    run_id: { ...text, description: 'The same for all statements of one run.' },
    position: { type: 'integer', description: 'Place of the statement in the query file, from one.' },
    statement: { ...text, description: 'As it stands in the query file.' },
    destination: { ...text, description: 'The table that the statement writes.' },
    source: { ...text, description: 'Host name of the Backlog space.' },
    process: { ...text, description: 'Machine and process id of the run.' },
    started_at: { ...text, format: 'date-time' },
    ended_at: { ...optionalText, format: 'date-time' },
    status: { ...text, description: 'RUNNING, OK, INCOMPLETE, FAILED or INTERRUPTED.' },
    rows_read: optionalCount,
    inserted: optionalCount,
    updated: optionalCount,
    deleted: optionalCount,
    requests: { ...optionalCount, description: 'Of everything that the statement read, shared or not.' },
    seconds: { type: ['number', 'null'] },
    message: { ...optionalText, description: 'What went wrong, and what can be done.' },
  },
  required: ['run_id', 'position'],
};

export const RUN_COLUMNS: readonly string[] = Object.keys(SCHEMA.properties ?? {});

export const runSchema: SchemaMessage = {
  type: 'schema',
  stream: RUN_TABLE,
  schema: SCHEMA,
  keyProperties: ['run_id', 'position'],
};

export function runRecord(row: RunRow): RecordMessage {
  return { type: 'record', stream: RUN_TABLE, record: { ...row } };
}

export interface RunIdentity {
  readonly run: string;
  readonly source: string;
  readonly process: string;
  readonly startedAt: number;
}

export function runningRow(identity: RunIdentity, position: number, statement: string, table: string): RunRow {
  return {
    run_id: identity.run,
    position,
    statement,
    destination: table,
    source: identity.source,
    process: identity.process,
    started_at: new Date(identity.startedAt).toISOString(),
    ended_at: null,
    status: 'RUNNING',
    rows_read: null,
    inserted: null,
    updated: null,
    deleted: null,
    requests: null,
    seconds: null,
    message: null,
  };
}

export function endedRow(running: RunRow, report: StatementReport, endedAt: number, message: string | null): RunRow {
  const { rows, requests, seconds, verdict } = report;
  return {
    ...running,
    ended_at: new Date(endedAt).toISOString(),
    status: verdict,
    rows_read: rows.read,
    inserted: rows.inserted,
    updated: rows.updated,
    deleted: rows.deleted,
    requests,
    seconds,
    message,
  };
}
