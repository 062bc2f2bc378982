import type { Message, StateMessage } from '../message/message.ts';
import type { Cursor, TapState } from '../message/state.ts';
import type { ReadFailure } from './failure.ts';
import { WHOLE } from './known-projects.ts';
import type { RowMessage } from './row-messages.ts';
import type { PlannedStream } from './selection-plan.ts';
import type { Step } from './slice-reading.ts';
import { withCursor } from './state.ts';

/** Keeps the books of a run: state, rows and failures, as of what has been emitted and no further (invariant 2). */
export class Ledger {
  #state: TapState;
  readonly rows = new Map<string, number>();
  readonly failures: ReadFailure[] = [];

  constructor(state: TapState) {
    this.#state = state;
  }

  /** The messages that a step comes to, a state among them if it has moved. `stream` is what is being read. */
  enter({ rows, cursors, failure }: Step, stream: string): readonly Message[] {
    for (const message of rows) this.#count(message);
    if (failure) this.failures.push(failure);
    if (cursors.length === 0) return rows;
    this.#state = cursors.reduce((state, each) => withCursor(state, each.stream, each.slice, each.cursor), this.#state);
    return [...rows, { type: 'state', value: { ...this.#state, currently_syncing: stream } }];
  }

  #count(message: RowMessage): void {
    const { stream } = message;
    const count = message.type === 'children' ? message.records.length : 1;
    this.rows.set(stream, (this.rows.get(stream) ?? 0) + count);
  }

  /** What the state says of tables that have been read as a whole. */
  enterWholes(streams: readonly PlannedStream[], whole: Cursor): readonly StateMessage[] {
    if (streams.length === 0) return [];
    this.#state = streams.reduce((state, { name }) => withCursor(state, name, WHOLE, whole), this.#state);
    return [{ type: 'state', value: this.#state }];
  }

  hasFailed(stream: string): boolean {
    return this.failures.some(({ streams }) => streams.includes(stream));
  }

  /** The state at the end of a run: nothing is being read any more. */
  close(): StateMessage {
    const { currently_syncing: _, ...state } = this.#state;
    return { type: 'state', value: state };
  }
}
