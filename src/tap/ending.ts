import type { Message } from '../message/message.ts';
import type { Logger } from '../runtime/log.ts';
import type { Arranged } from './arrangement.ts';
import { isConfined } from './failure.ts';
import type { Ledger } from './ledger.ts';
import { streamsOf } from './selection-plan.ts';
import type { Step } from './slice-reading.ts';
import type { SpaceReading } from './space-reading.ts';

export interface CountCheck {
  readonly resource: string;
  /** What the API says. */
  readonly expected: number;
  readonly read: number;
}

/** What the requests of the checks are counted under. */
export const COUNTS = 'counts';

/** Less than there is may be a loss; more is what was deleted meanwhile, of which the activities will tell. */
function tellDifference({ resource, expected, read }: CountCheck, log: Logger): void {
  const tell = read < expected ? log.warning : log.info;
  tell({
    en: `${resource}: Backlog counts ${expected}, ${read} were read. If nothing was changed meanwhile, run a reconciliation.`,
    ja: `${resource}: Backlogの件数は ${expected} 件ですが、読み込んだのは ${read} 件です。実行中に変更がなければ、照合実行を行ってください。`,
  });
}

/** What is to be said when the last slice of a resource has been read. */
export class Ending {
  readonly #arranged: Arranged;
  readonly #version: number;
  #slicesLeft: number;
  #items = 0;
  #slicesWalked = 0;
  #isPart = false;

  constructor(arranged: Arranged, version: number) {
    this.#arranged = arranged;
    this.#version = version;
    this.#slicesLeft = arranged.slices.length;
  }

  take({ walked, isPart }: Step): void {
    if (isPart) this.#isPart = true;
    if (walked === undefined) return;
    this.#items += walked.items;
    if (walked.complete) this.#slicesWalked += 1;
  }

  /** Compares with the API's own count, if all slices were read from their beginning to their end. */
  async check(space: SpaceReading, log: Logger): Promise<readonly CountCheck[]> {
    const { planned, slices } = this.#arranged;
    const { resource } = planned;
    const reader = space.readerFor(COUNTS);
    if (!resource.count || this.#slicesWalked < slices.length || reader.settings.startDate !== undefined) return [];
    try {
      const expected = await resource.count(reader, slices);
      const check = { resource: resource.name, expected, read: this.#items };
      if (expected !== check.read) tellDifference(check, log);
      return [check];
    } catch (error) {
      if (!isConfined(error)) throw error;
      return [];
    }
  }

  /** Told at the end of each slice: the versions of those streams that were read without a gap (invariant 5). */
  afterSlice(ledger: Ledger): readonly Message[] {
    this.#slicesLeft -= 1;
    if (this.#slicesLeft > 0) return [];
    const { planned, wholes, whole } = this.#arranged;
    const isComplete = ({ name }: { readonly name: string }) => !ledger.hasFailed(name);
    const activations = streamsOf(planned)
      .filter((stream) => stream.replacement === 'version' && !this.#isPart && isComplete(stream))
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
