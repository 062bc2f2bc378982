import { RATE_CLASSES, type RateClass } from './rate-class.ts';

/** Requests per user and window; these are the figures that Nulab publishes for paid plans. */
export const STANDARD_BUDGETS: Readonly<Record<RateClass, number>> = { read: 600, search: 150, icon: 60, update: 150 };

export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** The end of the window in Unix seconds; with a fraction where windows are shorter than a minute. */
  readonly reset: number;
}

/** Fixed windows, aligned to the server's clock, counted per user and class. */
export class RateBudgets {
  readonly #sizes: Readonly<Record<RateClass, number>>;
  readonly #windowMs: number;
  readonly #used = new Map<string, { window: number; count: number }>();

  constructor(sizes: Readonly<Record<RateClass, number>>, windowSeconds: number) {
    this.#sizes = sizes;
    this.#windowMs = windowSeconds * 1000;
  }

  /** Counts one request. False if the budget of this window was already spent. */
  spend(userId: number, rateClass: RateClass, now: number): boolean {
    const window = Math.floor(now / this.#windowMs);
    const used = this.#countIn(userId, rateClass, window);
    if (used >= this.#sizes[rateClass]) return false;
    this.#used.set(`${userId} ${rateClass}`, { window, count: used + 1 });
    return true;
  }

  state(userId: number, rateClass: RateClass, now: number): RateState {
    const window = Math.floor(now / this.#windowMs);
    const limit = this.#sizes[rateClass];
    const remaining = limit - this.#countIn(userId, rateClass, window);
    return { limit, remaining, reset: ((window + 1) * this.#windowMs) / 1000 };
  }

  states(userId: number, now: number): Readonly<Record<RateClass, RateState>> {
    const each = RATE_CLASSES.map((rateClass) => [rateClass, this.state(userId, rateClass, now)] as const);
    return Object.fromEntries(each) as Record<RateClass, RateState>;
  }

  #countIn(userId: number, rateClass: RateClass, window: number): number {
    const used = this.#used.get(`${userId} ${rateClass}`);
    return used?.window === window ? used.count : 0;
  }
}
