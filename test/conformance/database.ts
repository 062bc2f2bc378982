import type { Session } from '../../src/load/dialect.ts';

/** A kind of database that the suite runs against. What it may do otherwise than the others is here, as data. */
export interface TestedDatabase {
  readonly name: string;
  readonly present: boolean;
  readonly differences: Differences;
  start(): Promise<RunningDatabase>;
}

/** Each is a limit of the database itself; the reasons stand where the values are. */
export interface Differences {
  /** Whether a text may hold the character NUL. Where it may not, NUL is left out. */
  readonly keepsNul: boolean;
  /** Whether a column of numbers holds numbers of any length. Where it does not, it becomes one of text for such. */
  readonly holdsAnyNumber: boolean;
  /** Whether names may hold characters beyond Unicode's basic plane. Where they may not, a hash tells them apart. */
  readonly namesHoldEmoji: boolean;
}

export interface RunningDatabase {
  /**
   * An empty place: nothing is in it but what is loaded there.
   *
   * @param reconnectSeconds how long its session waits for a server that is gone
   */
  open(reconnectSeconds?: number): Promise<Place>;
  /** Absent where there is no server. */
  readonly server?: RunningServer;
  close(): PromiseLike<void>;
}

/** What can happen to a database that is a server. */
export interface RunningServer {
  /** Ends all connections but those that look at the places. */
  disconnect(): Promise<void>;
  /** Ends the process as a crash does, and starts it again. */
  crash(): Promise<void>;
}

/** The program that loads into this place, with the environment that tells it so. */
export interface TargetProgram {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A cell as its database writes it as text; bytes for a binary column. */
export type StoredCell = string | Uint8Array | null;
export type StoredRow = Readonly<Record<string, StoredCell>>;

/** Looked at with the driver's own means, beside the session under test. */
export interface Place {
  readonly session: Session;
  /** Where the tables go; absent if the place is a database of its own. */
  readonly schema: string | undefined;
  readonly program?: TargetProgram;
  /** All rows of a table, in no particular order. */
  stored(table: string): Promise<readonly StoredRow[]>;
  tables(): Promise<readonly string[]>;
  /** Runs a statement as somebody else would; its tables are those of the place. */
  execute(sql: string): Promise<void>;
  close(): PromiseLike<void>;
}
