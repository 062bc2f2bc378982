import type { Clock } from '../runtime/clock.ts';

/** Calls back at one instant, which may be changed or taken back until then. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #set: { readonly at: number; readonly controller: AbortController } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Milliseconds of the local clock; undefined takes the alarm back. */
  set(at: number | undefined): void {
    if (at === this.#set?.at) return;
    this.#set?.controller.abort();
    this.#set = at === undefined ? undefined : { at, controller: new AbortController() };
    if (this.#set !== undefined) this.#wait(this.#set.at, this.#set.controller.signal).catch(() => undefined);
  }

  async #wait(at: number, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(Math.max(1, at - this.#clock.now()), signal);
    if (signal.aborted) return;
    this.#set = undefined;
    this.#ring();
  }
}
