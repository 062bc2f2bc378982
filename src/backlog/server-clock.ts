import type { Clock } from '../runtime/clock.ts';
import type { Exchange } from './exchange.ts';

/**
 * The server's clock, learnt from the `Date` header of its answers. That header has whole seconds, so each answer gives
 * an interval for the difference between the clocks; the intersection of all of them is what is known.
 */
export class ServerClock {
  readonly #clock: Clock;
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The server's time in milliseconds; our own as long as nothing speaks against it. */
  now(): number {
    return this.#clock.now() + this.skew;
  }

  /** Server minus local, in milliseconds. */
  get skew(): number {
    return this.#least <= 0 && this.#most >= 0 ? 0 : (this.#least + this.#most) / 2;
  }

  /** The local instant at which the server's clock shows `serverTime`. */
  toLocal(serverTime: number): number {
    return serverTime - this.skew;
  }

  /** `date` in milliseconds; the answer was written somewhen between `sentAt` and `receivedAt` of the local clock. */
  observe(date: number, sentAt: number, receivedAt: number): void {
    const least = date - receivedAt;
    const most = date + 1000 - sentAt;
    const contradicts = least > this.#most || most < this.#least;
    this.#least = contradicts ? least : Math.max(least, this.#least);
    this.#most = contradicts ? most : Math.min(most, this.#most);
  }
}

export function withServerClock(exchange: Exchange, serverClock: ServerClock, clock: Clock): Exchange {
  return async (request) => {
    const sentAt = clock.now();
    const answer = await exchange(request);
    const date = Date.parse(answer.headers.date ?? '');
    if (!Number.isNaN(date)) serverClock.observe(date, sentAt, clock.now());
    return answer;
  };
}
