import type { ClientUsage, RateClass } from './client.ts';
import type { Exchange } from './exchange.ts';
import { neverArrived } from './network-error.ts';
import { rateClassOf } from './rate-class.ts';

/** Counts what goes on at one client. */
export class UsageCounter implements ClientUsage {
  readonly #requests: Record<RateClass, number> = { read: 0, search: 0, icon: 0, update: 0 };
  #refused = 0;
  #retries = 0;
  readonly #waitingUntil: () => number | undefined;

  constructor(waitingUntil: () => number | undefined) {
    this.#waitingUntil = waitingUntil;
  }

  get requests(): Readonly<Record<RateClass, number>> {
    return this.#requests;
  }

  get refused(): number {
    return this.#refused;
  }

  get retries(): number {
    return this.#retries;
  }

  get waitingUntil(): number | undefined {
    return this.#waitingUntil();
  }

  countRequest(path: string, refused: boolean): void {
    this.#requests[rateClassOf(path)] += 1;
    if (refused) this.#refused += 1;
  }

  countRetry(): void {
    this.#retries += 1;
  }
}

export function withCounting(exchange: Exchange, usage: UsageCounter): Exchange {
  return async (request) => {
    try {
      const answer = await exchange(request);
      usage.countRequest(request.path, answer.status === 429);
      return answer;
    } catch (error) {
      if (!neverArrived(error)) usage.countRequest(request.path, false);
      throw error;
    }
  };
}
