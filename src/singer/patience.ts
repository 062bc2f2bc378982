import type { Clock } from '../runtime/clock.ts';

/**
 * Tells when an answer takes too long. One alarm runs on from answer to answer, as one for each would cost more than
 * most answers do.
 */
export class Patience {
  readonly #milliseconds: number;
  readonly #clock: Clock;
  readonly #ended = new AbortController();
  #isRunning = false;
  #onAlarm: () => void = () => undefined;

  constructor(milliseconds: number, clock: Clock) {
    this.#milliseconds = milliseconds;
    this.#clock = clock;
  }

  /** Resolves with whether the time passes before there is an answer, or none can be had. */
  isExceededBy(answer: Promise<unknown>): Promise<boolean> {
    const latest = this.#clock.now() + this.#milliseconds;
    return new Promise((resolve) => {
      const wait = () => {
        const left = latest - this.#clock.now();
        if (left > 0) this.#ringAfter(left);
        else resolve(true);
      };
      this.#onAlarm = wait;
      const settle = () => resolve(false);
      answer.then(settle, settle);
      if (!this.#isRunning) wait();
    });
  }

  /** Ends the alarm, which would keep the program running. */
  end(): void {
    this.#ended.abort();
  }

  #ringAfter(milliseconds: number): void {
    this.#isRunning = true;
    this.#clock.sleep(milliseconds, this.#ended.signal).then(
      () => {
        this.#isRunning = false;
        this.#onAlarm();
      },
      () => undefined,
    );
  }
}
