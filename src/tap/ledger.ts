import type { Message, StateMessage } from '../message/message.ts';
import type { Cursor, TapState } from '../message/state.ts';
import { marked } from './column-mark.ts';
import type { CustomFields } from './custom-fields.ts';
import type { ReadFailure } from './failure.ts';
import { WHOLE } from './known-projects.ts';
import type { RowMessage } from './row-messages.ts';
import type { PlannedStream } from './selection-plan.ts';
import type { Step } from './slice-reading.ts';
import { withCursor } from './state.ts';

/** Keeps the books of a run: state, rows and failures, as of what has been emitted and no further (invariant 2). */
export class Ledger {
  #state: TapState;
  readonly #customFields: ReadonlyMap<string, CustomFields>;
  readonly rows = new Map<string, number>();
  readonly failures: ReadFailure[] = [];

  /** The streams are those whose cursors tell under which columns of custom fields their rows were read. */
  constructor(state: TapState, customFields: ReadonlyMap<string, CustomFields> = new Map()) {
    this.#state = state;
    this.#customFields = customFields;
  }

  /** The messages that a step comes to, a state among them if it has moved. `stream` is what is being read. */
  enter({ rows, cursors, failure }: Step, stream: string): readonly Message[] {
    for (const message of rows) this.#count(message);
    if (failure) this.failures.push(failure);
    if (cursors.length === 0) return rows;
    for (const { stream: name, slice, cursor } of cursors) {
      this.#state = withCursor(this.#state, name, slice, marked(cursor, this.#customFields.get(name), slice));
    }
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
