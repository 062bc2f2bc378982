import type { Message } from '../message/message.ts';
import type { Arranged } from './arrangement.ts';
import type { Ledger } from './ledger.ts';
import { streamsOf } from './selection-plan.ts';

/** What is to be said when the last slice of a resource has been read. */
export class Ending {
  readonly #arranged: Arranged;
  readonly #version: number;
  #slicesLeft: number;

  constructor(arranged: Arranged, version: number) {
    this.#arranged = arranged;
    this.#version = version;
    this.#slicesLeft = arranged.slices.length;
  }

  /** Told at the end of each slice: the versions of those streams that were read without a gap (invariant 5). */
  afterSlice(ledger: Ledger): readonly Message[] {
    this.#slicesLeft -= 1;
    if (this.#slicesLeft > 0) return [];
    const { planned, wholes, whole } = this.#arranged;
    const isComplete = ({ name }: { readonly name: string }) => !ledger.hasFailed(name);
    const activations = streamsOf(planned)
      .filter((stream) => stream.replacement === 'version' && isComplete(stream))
      .map(({ name }): Message => ({ type: 'activateVersion', stream: name, version: this.#version }));
    return [...this.#tombstones(), ...activations, ...ledger.enterWholes(wholes.filter(isComplete), whole)];
  }

  #tombstones(): readonly Message[] {
    const { planned, deletedProjects, whole } = this.#arranged;
    const rowByRow = planned.streams.filter(({ replacement }) => replacement === 'list');
    return [...deletedProjects].flatMap((id) =>
      rowByRow.map(({ name }): Message => {
        return { type: 'tombstone', stream: name, record: { id: Number(id) }, deletedAt: String(whole.at) };
      }),
    );
  }
}
