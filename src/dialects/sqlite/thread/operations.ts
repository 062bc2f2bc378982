import type { ColumnType } from '../../../load/column-type.ts';
import type { Cells } from '../../../load/dialect.ts';
import type { PlainError } from './plain-error.ts';
import type { SentRows } from './sent-rows.ts';

/** What the thread is started with. */
export interface Opening {
  readonly database: string;
  /** How long to wait while another program writes. */
  readonly busyMilliseconds: number;
  /** Statements that set up the connection; it is closed again if one of them fails. */
  readonly setup: string;
}

/** A statement for one row, and where that is faster, the same for several at once. */
export interface RowStatement {
  readonly one: string;
  readonly several?: { readonly rows: number; readonly text: string };
}

export interface Changes {
  /** Rows inserted, updated or deleted. */
  readonly touched: number;
  /** Rows of which `NOTE_UPDATE` was told. */
  readonly updated: number;
}

/** What can be asked of the thread. Each is a message and a reply. */
export interface Operations {
  /** Runs statements, which may change tables. */
  execute(text: string): void;
  /**
   * Runs a statement for each of the rows, which are its parameters. Refuses to if the transaction has failed meanwhile:
   * portions follow each other without waiting, and none of them may be written by itself.
   */
  run(statement: RowStatement, rows: SentRows): Changes;
  /** Runs a query for each of the rows, which are its parameters, and gives what each of them finds. */
  query(text: string, rows: readonly Cells[]): readonly (readonly Cells[])[];
  /** Makes an SQL function of this name that turns stored values of one type into those of a wider one. */
  defineWidening(name: string, from: ColumnType, to: ColumnType): void;
  commit(): void;
  /** Does nothing if there is no transaction, as after some failures. */
  rollback(): void;
  close(): void;
}

type Request = {
  readonly [Name in keyof Operations]: { readonly name: Name; readonly values: Parameters<Operations[Name]> };
}[keyof Operations];

/** Replies come in the order of the calls; before them one without a value tells that the database is open. */
export interface Call {
  /** Begins a transaction first; if that fails, nothing else is done. */
  readonly begin?: string;
  readonly request: Request;
}

export type Reply = { readonly value: unknown } | { readonly error: PlainError };
