import type { Cursor } from '../message/state.ts';
import type { ReadFailure } from './failure.ts';
import type { ReadMessage } from './row-messages.ts';

/** What a reading has come to. Its parts belong together: the cursors are right as soon as the rows are emitted. */
export interface Step {
  readonly rows: readonly ReadMessage[];
  readonly cursors: readonly StreamCursor[];
  readonly failure?: ReadFailure;
  /** Set where more may exist than the key can see. */
  readonly isPart?: boolean;
  /** Of a walk that began at the beginning. */
  readonly walked?: Walked;
}

export interface Walked {
  /** How many items a page had. */
  readonly items: number;
  /** Whether it was the last one. */
  readonly complete: boolean;
  /** How many items the API counted in all before the walk began, if it was asked. */
  readonly counted?: number;
}

export interface StreamCursor {
  readonly stream: string;
  readonly slice: string;
  readonly cursor: Cursor;
}
