import type { Clock } from '../../src/runtime/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only while everybody sleeps, and then at once. */
export class SimulatedClock implements Clock {
  #now: number;
  #sleepers: readonly Sleeper[] = [];

  constructor(start = Date.UTC(2026, 0, 5, 9, 0, 0)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: this.#now + milliseconds, wake: resolve };
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
      this.#sleepers = [...this.#sleepers, sleeper];
    });
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  /**
   * Lets time pass until the promise is settled. Where real sockets are at work, `progress` must tell it by a number
   * that changes: time then stands still until nothing has moved for many turns of the event loop.
   */
  async until<T>(promise: Promise<T>, progress?: () => number): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    promise.then(mark, mark);
    for (;;) {
      await (progress ? standstill(progress, () => settled) : turn());
      if (settled) return promise;
      this.#wakeNext();
    }
  }

  #wakeNext(): void {
    const at = Math.min(...this.#sleepers.map((sleeper) => sleeper.at));
    if (!Number.isFinite(at)) return;
    this.#now = Math.max(this.#now, at);
    const woken = this.#sleepers.filter((sleeper) => sleeper.at <= at);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > at);
    for (const { wake } of woken) wake();
  }
}

const TURNS_OF_STANDSTILL = 40;

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function standstill(progress: () => number, settled: () => boolean): Promise<void> {
  let before = progress();
  for (let turns = 0; turns < TURNS_OF_STANDSTILL && !settled(); turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (progress() !== before) turns = 0;
    before = progress();
  }
}
