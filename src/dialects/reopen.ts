import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../runtime/errors.ts';

/** How long a session waits for a server that went away, if it is not told otherwise: a restart takes less. */
export const RECONNECT_SECONDS = 30;

const FIRST_PAUSE = 0.1;
const LONGEST_PAUSE = 5;

/**
 * Opens a connection anew, again and again while there is nothing to connect to.
 *
 * @param open throws our own errors
 * @param seconds for how long, not counting how long the attempts themselves take
 */
export async function reopen<T>(open: () => Promise<T>, seconds: number): Promise<T> {
  let waited = 0;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await open();
    } catch (error) {
      if (waited >= seconds || !mayPass(error)) throw error;
    }
    await delay(pause * 1000);
    waited += pause;
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof AppError && (error.recovery === 'environment' || error.recovery === 'retryable');
}
