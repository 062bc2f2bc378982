/** When the seeded past begins and ends; everything later was done by someone who uses the sandbox. */
export const PAST = { start: Date.UTC(2023, 3, 3, 0, 30), end: Date.UTC(2025, 11, 26, 9, 0) } as const;

/** Places in a slot that are kept for what happens besides issues and their comments. */
const EXTRA_PLACES = 1000;

/** Issues and comments fill this share of a slot's time, so that extra events have ids and times after theirs. */
const ISSUE_SHARE = 0.6;

/** A happening in the seeded past. Place 0 is the creation of the slot's issue, place k its k-th comment. */
export interface Moment {
  readonly slot: number;
  readonly place: number;
}

/**
 * The seeded past as a row of equal slots, in each of which one issue is created and older issues are commented on.
 * Ids and times are formulas of slot and place and rise together, so that a world of any size needs no memory and
 * every id can be traced back to what it names.
 */
export class Timeline {
  readonly issues: number;
  /** The most comments that any issue has. */
  readonly places: number;
  readonly slots: number;
  readonly #lag: number;
  readonly #slotLength: number;
  /** Leaves room for the second attachment of an issue without comments. */
  readonly #firstExtra: number;
  readonly #stride: number;
  readonly #extras = new Map<number, number>();

  constructor(issues: number, mostComments: number) {
    this.issues = issues;
    this.places = mostComments;
    this.#lag = Math.max(1, Math.floor(issues / 40));
    this.slots = Math.max(40, issues + mostComments * this.#lag + 1);
    this.#slotLength = (PAST.end - PAST.start) / this.slots;
    this.#firstExtra = mostComments + 2;
    this.#stride = this.#firstExtra + EXTRA_PLACES;
  }

  /** The creation of the issue with this index, or its comment of this number, counted from 1. */
  moment(issue: number, place: number): Moment {
    return { slot: issue + place * this.#lag, place };
  }

  /** Which issue the moment belongs to; undefined where the slot has none. */
  issueAt({ slot, place }: Moment): number | undefined {
    const issue = slot - place * this.#lag;
    return place <= this.places && issue >= 0 && issue < this.issues ? issue : undefined;
  }

  time({ slot, place }: Moment): number {
    const share =
      place <= this.places
        ? (ISSUE_SHARE * place) / (this.places + 1)
        : ISSUE_SHARE + ((1 - ISSUE_SHARE) * Math.max(0, place - this.#firstExtra)) / EXTRA_PLACES;
    const exact = PAST.start + (slot + share) * this.#slotLength;
    return Math.floor(exact / 1000) * 1000;
  }

  /** The id of what belongs to this moment, counted from 1. */
  id({ slot, place }: Moment): number {
    return slot * this.#stride + place + 1;
  }

  momentOf(id: number): Moment {
    return { slot: Math.floor((id - 1) / this.#stride), place: (id - 1) % this.#stride };
  }

  /** The greatest id that the past can hold. */
  get lastId(): number {
    return this.slots * this.#stride;
  }

  /** The next free moment at this share (0 to 1) of the past, for what happens besides issues and comments. */
  extra(share: number): Moment {
    const slot = Math.min(this.slots - 1, Math.floor(share * this.slots));
    const used = this.#extras.get(slot) ?? 0;
    if (used === EXTRA_PLACES) throw new RangeError('too much happens at once in the seeded past');
    this.#extras.set(slot, used + 1);
    return { slot, place: this.#firstExtra + used };
  }
}
