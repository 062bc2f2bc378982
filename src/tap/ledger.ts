import type { Message, StateMessage } from '../message/message.ts';
import type { Cursor, TapState } from '../message/state.ts';
import { marked } from './column-mark.ts';
import type { CustomFields } from './custom-fields.ts';
import type { ReadFailure } from './failure.ts';
import { WHOLE, withoutProjects } from './known-projects.ts';
import type { ReadMessage } from './row-messages.ts';
import type { PlannedStream } from './selection-plan.ts';
import { withCursor } from './state.ts';
import type { Step } from './step.ts';

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

  #count(message: ReadMessage): void {
    const { stream } = message;
    if (message.type === 'keep' || message.type === 'activatePart' || message.type === 'activateVersion') return;
    const count = message.type === 'children' ? message.records.length : 1;
    this.rows.set(stream, (this.rows.get(stream) ?? 0) + count);
  }

  /** What the state says of tables that have been read as a whole. */
  enterWholes(streams: readonly PlannedStream[], whole: Cursor): readonly StateMessage[] {
    if (streams.length === 0) return [];
    this.#state = streams.reduce((state, { name }) => withCursor(state, name, WHOLE, whole), this.#state);
    return [this.state()];
  }

  /** The slices, by their labels, in which the stream could not be read. */
  failuresOf(stream: string): readonly string[] {
    return this.failures.filter(({ streams }) => streams.includes(stream)).map(({ slice }) => slice);
  }

  /** The state knows these projects no more, as nothing of them is left in the stream's table. */
  forget(stream: string, projects: ReadonlySet<string>): void {
    const bookmark = this.#state.bookmarks[stream];
    if (bookmark === undefined || projects.size === 0) return;
    const left = Object.entries(bookmark).filter(([slice]) => !projects.has(slice));
    const whole = bookmark[WHOLE] && { [WHOLE]: withoutProjects(bookmark[WHOLE], projects) };
    const bookmarks = { ...this.#state.bookmarks, [stream]: { ...Object.fromEntries(left), ...whole } };
    this.#state = { ...this.#state, bookmarks };
  }

  /** The state as it is now. */
  state(): StateMessage {
    return { type: 'state', value: this.#state };
  }

  /** The state at the end of a run: nothing is being read any more. */
  close(): StateMessage {
    const { currently_syncing: _, ...state } = this.#state;
    return { type: 'state', value: state };
  }
}
