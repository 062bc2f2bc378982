import type { KeepMessage, Message } from '../message/message.ts';
import type { Logger } from '../runtime/log.ts';
import type { Arranged } from './arrangement.ts';
import { isConfined } from './failure.ts';
import type { Ledger } from './ledger.ts';
import { COUNTS } from './proof.ts';
import { type PlannedStream, PROJECT_COLUMN, streamsOf } from './selection-plan.ts';
import type { SliceReadingOptions } from './slice.ts';
import type { SpaceReading } from './space-reading.ts';
import type { Step } from './step.ts';

export interface CountCheck {
  readonly resource: string;
  /** What the API says. */
  readonly expected: number;
  readonly read: number;
}

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
  readonly #readings: readonly SliceReadingOptions[];
  readonly #version: number;
  #slicesLeft: number;
  #items = 0;
  #slicesWalked = 0;
  #counted = 0;
  #slicesCounted = 0;
  #isPart = false;

  /** `readings` are those of the resource. */
  constructor(arranged: Arranged, readings: readonly SliceReadingOptions[], version: number) {
    this.#arranged = arranged;
    this.#readings = readings;
    this.#version = version;
    this.#slicesLeft = readings.length;
  }

  take({ walked, isPart }: Step): void {
    if (isPart) this.#isPart = true;
    if (walked === undefined) return;
    this.#items += walked.items;
    if (!walked.complete) return;
    this.#slicesWalked += 1;
    if (walked.counted === undefined) return;
    this.#slicesCounted += 1;
    this.#counted += walked.counted;
  }

  /** Compares with the API's own count, if all slices were read from their beginning to their end. */
  async check(space: SpaceReading, log: Logger): Promise<readonly CountCheck[]> {
    const { planned, slices } = this.#arranged;
    const { resource } = planned;
    const reader = space.readerFor(COUNTS);
    if (!resource.count || this.#slicesWalked < slices.length || reader.settings.startDate !== undefined) return [];
    try {
      const isCounted = this.#slicesCounted === slices.length;
      const expected = isCounted ? this.#counted : await resource.count(reader, slices);
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
    const { wholes, whole, deletedProjects } = this.#arranged;
    const messages: Message[] = [];
    for (const stream of this.#versioned()) {
      const keep = this.#isPart ? undefined : this.#unread(stream, ledger);
      if (keep === undefined) continue;
      messages.push(...keep, { type: 'activateVersion', stream: stream.name, version: this.#version });
      ledger.forget(stream.name, deletedProjects);
    }
    const isComplete = ({ name }: PlannedStream) => ledger.failuresOf(name).length === 0;
    return [...messages, ...ledger.enterWholes(wholes.filter(isComplete), whole)];
  }

  /** Streams of which every slice was read from its beginning. */
  #versioned(): readonly PlannedStream[] {
    const [first, ...others] = this.#readings.map(({ planned }) => streamsOf(planned));
    const isVersioned = ({ replacement, kept }: PlannedStream) => replacement === 'version' || kept;
    return (first ?? []).filter((stream) =>
      [stream, ...others.flatMap((streams) => streams.filter(({ name }) => name === stream.name))].every(isVersioned),
    );
  }

  /** What keeps the rows of projects that were not read; undefined where these cannot be told from the others. */
  #unread({ name, parts }: PlannedStream, ledger: Ledger): readonly KeepMessage[] | undefined {
    const { planned, slices, keptProjects } = this.#arranged;
    const failed = new Set(ledger.failuresOf(name));
    const unread = [...keptProjects, ...slices.filter(({ label }) => failed.has(label)).map(({ id }) => id)];
    if (unread.length === 0) return [];
    const column = planned.resource.itemsAreProjects ? 'id' : PROJECT_COLUMN;
    const canKeep = planned.resource.itemsAreProjects ? parts !== 'none' && failed.size === 0 : parts === 'projects';
    if (!canKeep || planned.resource.replication.method !== 'FULL_TABLE') return undefined;
    return [
      { type: 'keep', stream: name, version: this.#version, parents: unread.map((id) => ({ [column]: Number(id) })) },
    ];
  }
}
