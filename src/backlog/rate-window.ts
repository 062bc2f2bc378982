import type { BudgetReading } from './budget-reading.ts';

/** Length of a window as documented; used only while the server has not shown a window's end. */
const DOCUMENTED_WINDOW = 60_000;
/** Ends are told in whole seconds, and so is the time they are compared with. */
const LONGEST_MARGIN = 1500;
const LONGEST_GRACE = 4000;

/** What was taken out of a window; to be given back with the server's answer. */
export interface Ticket {
  readonly generation: number;
}

/**
 * One allowance as one client sees it: requests per fixed window, of which it spends a share. All instants are
 * milliseconds of the server's clock.
 *
 * What the server says is left counts for every key of the user, so others' spending is respected. Requests in flight
 * are counted on top of it, because nobody knows whether the last answer had counted them already.
 */
export class RateWindow {
  readonly #share: number;
  #limit = Number.POSITIVE_INFINITY;
  #remaining = Number.POSITIVE_INFINITY;
  #reset: number | undefined;
  #previousReset = Number.NEGATIVE_INFINITY;
  #length: number | undefined;
  #grace = 0;
  #inFlight = 0;
  #generation = 0;
  #heard = false;

  constructor(share: number) {
    this.#share = share;
  }

  /** Takes one request out of the window, if there is one to take. The first answer is awaited before the second. */
  take(now: number): Ticket | undefined {
    this.#roll(now);
    if (this.#remaining - this.#reserve - this.#inFlight <= 0) return undefined;
    if (!this.#heard && this.#inFlight > 0) return undefined;
    this.#inFlight += 1;
    return { generation: this.#generation };
  }

  /** When a spent window is refilled; undefined while it is not spent, though requests in flight may spend it. */
  get refillsAt(): number | undefined {
    return this.#remaining > this.#reserve ? undefined : this.#end;
  }

  /** Ends a request. Without a reading (nothing was heard of the server) it counts as spent. */
  settle(ticket: Ticket, reading: BudgetReading | undefined, now: number): void {
    this.#inFlight -= 1;
    this.#heard = true;
    if (reading === undefined) {
      if (ticket.generation === this.#generation) this.#spendUnheard(now);
    } else this.learn(reading, now, ticket);
  }

  learn(reading: BudgetReading, now: number, ticket: Ticket = { generation: this.#generation }): void {
    const current = ticket.generation === this.#generation;
    const reset = reading.reset ?? (current ? (this.#reset ?? now + this.#lengthOrDefault) : undefined);
    if (reset === undefined || this.#isStale(reset, current)) return;
    this.#heard = true;
    this.#limit = reading.limit;
    if (reset === this.#reset) this.#remaining = Math.min(this.#remaining, reading.remaining);
    else this.#turnTo(reset, reading.remaining);
    if (reading.reset !== undefined) this.#length = Math.max(this.#length ?? 0, reset - now);
  }

  /** The server has refused a request: nothing is left until `until`, or for a whole window if that is unknown. */
  refuse(until: number | undefined, now: number): void {
    this.#remaining = 0;
    this.#reset = until ?? now + DOCUMENTED_WINDOW;
  }

  get #reserve(): number {
    return this.#limit === Number.POSITIVE_INFINITY
      ? 0
      : this.#limit - Math.max(1, Math.floor(this.#limit * this.#share));
  }

  get #lengthOrDefault(): number {
    return this.#length ?? DOCUMENTED_WINDOW;
  }

  get #margin(): number {
    return Math.min(LONGEST_MARGIN, this.#lengthOrDefault / 40);
  }

  get #end(): number | undefined {
    return this.#reset === undefined ? undefined : this.#reset + this.#margin + this.#grace;
  }

  #roll(now: number): void {
    if (this.#reset === undefined || this.#end === undefined || now < this.#end) return;
    this.#close(this.#reset);
    this.#reset = undefined;
    this.#remaining = this.#limit;
  }

  #turnTo(reset: number, remaining: number): void {
    if (this.#reset !== undefined && reset > this.#previousReset) this.#close(this.#reset);
    this.#grace = reset > this.#previousReset ? 0 : this.#nextGrace;
    this.#remaining = remaining;
    this.#reset = reset;
  }

  #close(reset: number): void {
    this.#previousReset = reset;
    this.#generation += 1;
  }

  /** Answers may overtake each other: one about a window that was closed meanwhile says nothing about this one. */
  #isStale(reset: number, current: boolean): boolean {
    return !current && (reset <= this.#previousReset || (this.#reset !== undefined && reset < this.#reset));
  }

  /** We believed a window over and the server did not, as when its length is not known yet. */
  get #nextGrace(): number {
    return Math.min(LONGEST_GRACE, Math.max(this.#grace, this.#margin) * 2);
  }

  #spendUnheard(now: number): void {
    this.#remaining -= 1;
    this.#reset ??= now + this.#lengthOrDefault;
  }
}
