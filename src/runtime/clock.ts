import { setTimeout as delay } from 'node:timers/promises';

/** Time as everything here sees it, so that tests can hold it still. All instants are milliseconds since 1970 UTC. */
export interface Clock {
  now(): number;
  /** Resolves after the given milliseconds; rejects with the signal's reason when that is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal?.throwIfAborted();
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
