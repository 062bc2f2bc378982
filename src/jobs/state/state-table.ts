import type { RecordMessage, SchemaMessage } from '../../message/message.ts';
import type { JsonSchema } from '../../message/schema.ts';
import type { TapState } from '../../message/state.ts';
import type { Row } from '../../message/value.ts';

/** The name of the table in the destination, and of the stream that fills it. */
export const STATE_TABLE = 'backlog_sync_state';

/** How far one statement has come in one source; a row of `backlog_sync_state`. */
export interface StatementState {
  /** The destination table, as reports name it. */
  readonly destination: string;
  /** The Backlog space: its host name. */
  readonly source: string;
  /** The numeric id of the user whose key reads it. */
  readonly account: string;
  /** What identifies the key without giving it away, so that a known key need not be looked up again. */
  readonly credential: string;
  /** What the statement asks for; another one starts anew. */
  readonly statement: string;
  readonly state: TapState;
  /** Digest of the rows of a result that is replaced as a whole. */
  readonly result?: string | undefined;
}

const text: JsonSchema = { type: 'string' };

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    destination: { ...text, description: 'The table that the statement writes.' },
    source: { ...text, description: 'Host name of the Backlog space.' },
    account: { ...text, description: 'Numeric id of the Backlog user whose key was used.' },
    credential: { ...text, description: 'Digest by which the key is recognised.' },
    statement: { ...text, description: 'Digest of what the statement asks for.' },
    state: { ...text, description: 'How far each stream has been read in each project, as JSON.' },
    result: { type: ['string', 'null'], description: 'Digest of the rows, where they are replaced as a whole.' },
    updated_at: { ...text, format: 'date-time', description: 'When this row was committed.' },
  },
  required: ['destination', 'source', 'account'],
};

export const STATE_COLUMNS: readonly string[] = Object.keys(SCHEMA.properties ?? {});

export const stateSchema: SchemaMessage = {
  type: 'schema',
  stream: STATE_TABLE,
  schema: SCHEMA,
  keyProperties: ['destination', 'source', 'account'],
};

export function stateRecord(statement: StatementState, now: number): RecordMessage {
  const record = {
    ...statement,
    state: JSON.stringify(statement.state),
    result: statement.result ?? null,
    updated_at: new Date(now).toISOString(),
  };
  return { type: 'record', stream: STATE_TABLE, record };
}

/** The row as it was written; undefined if somebody else has written something else into it. */
export function readStateRow(row: Row): StatementState | undefined {
  const { destination, source, account, credential, statement, result } = row;
  const state = parseState(row.state);
  if (state === undefined) return undefined;
  return {
    destination: String(destination),
    source: String(source),
    account: String(account),
    credential: String(credential),
    statement: String(statement),
    state,
    ...(typeof result === 'string' ? { result } : {}),
  };
}

function parseState(json: unknown): TapState | undefined {
  try {
    const state: unknown = JSON.parse(String(json));
    return isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is TapState {
  return typeof value === 'object' && value !== null && 'bookmarks' in value && typeof value.bookmarks === 'object';
}
