/** `waiting`: not begun; `reading`: rows arrive or requests run; the others are ends. */
export type Phase = 'waiting' | 'reading' | 'done' | 'incomplete' | 'failed';

export interface StatementProgress {
  /** The destination table, which tells the statements of a job apart. */
  readonly table: string;
  /** What tells jobs apart that run at the same time. */
  readonly job?: string;
  readonly phase: Phase;
  readonly rows: number;
  /** Since the statement began, or as long as it took. */
  readonly seconds: number;
  /** Of everything that the statement reads, shared or not. */
  readonly requests: number;
  /** Set while its requests wait for a budget to be refilled: the instant in milliseconds. */
  readonly waitingUntil?: number | undefined;
}

/** How far a run is at one moment. */
export interface ProgressSnapshot {
  readonly statements: readonly StatementProgress[];
}

/** Where a run shows how far it is. Nothing of it is needed for the run's result. */
export interface Display {
  /** Milliseconds between two calls of `show`. */
  readonly interval: number;
  begin(snapshot: ProgressSnapshot): void;
  show(snapshot: ProgressSnapshot): void;
  end(snapshot: ProgressSnapshot): void;
  /** Writes a line of the log without spoiling what is on the screen; ends with a line break. */
  line(text: string): void;
}
