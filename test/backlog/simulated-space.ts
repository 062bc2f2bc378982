import type { ApiAnswer, Exchange } from '../../src/backlog/exchange.ts';
import type { SimulatedClock } from './simulated-clock.ts';

export interface SpaceTraits {
  readonly limit: number;
  readonly windowSeconds: number;
  /** Server minus local, in milliseconds. */
  readonly skew?: number;
  /** Milliseconds for each way of a request. */
  readonly latency?: () => number;
  /** Whether windows begin at multiples of their length, or with the first request after the last. */
  readonly windows?: 'aligned' | 'on demand';
  /** The real API tells seconds; a scaled sandbox tells fractions. */
  readonly reset?: 'seconds' | 'exact' | 'absent';
  /** Whether the answers have a `Date`. */
  readonly dated?: boolean;
}

/** The allowance of one rate class as a server counts it, with no socket in between. */
export class SimulatedSpace {
  readonly #clock: SimulatedClock;
  readonly #traits: Required<SpaceTraits>;
  #end = Number.NEGATIVE_INFINITY;
  #spent = 0;
  served = 0;
  refused = 0;

  constructor(clock: SimulatedClock, traits: SpaceTraits) {
    this.#clock = clock;
    this.#traits = { skew: 0, latency: () => 5, windows: 'aligned', reset: 'exact', dated: true, ...traits };
  }

  /** What others do with the same key. */
  spend(count: number): void {
    this.#turn();
    this.#spent += count;
  }

  readonly exchange: Exchange = async ({ signal }) => {
    await this.#clock.sleep(this.#traits.latency(), signal);
    const answer = this.#answer();
    await this.#clock.sleep(this.#traits.latency(), signal);
    return answer;
  };

  #answer(): ApiAnswer {
    const now = this.#turn();
    const { limit, reset, dated } = this.#traits;
    const granted = this.#spent < limit;
    if (granted) this.#spent += 1;
    this.served += granted ? 1 : 0;
    this.refused += granted ? 0 : 1;
    const end = reset === 'seconds' ? Math.floor(this.#end / 1000) : this.#end / 1000;
    return {
      status: granted ? 200 : 429,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - this.#spent),
        ...(reset === 'absent' ? {} : { 'x-ratelimit-reset': String(end) }),
        ...(dated ? { date: new Date(now).toUTCString() } : {}),
      },
      body: granted ? '[]' : '{"errors":[{"message":"Too many requests","code":13,"moreInfo":""}]}',
    };
  }

  #turn(): number {
    const now = this.#clock.now() + this.#traits.skew;
    const length = this.#traits.windowSeconds * 1000;
    if (now >= this.#end) {
      this.#end = this.#traits.windows === 'aligned' ? (Math.floor(now / length) + 1) * length : now + length;
      this.#spent = 0;
    }
    return now;
  }
}
