import type { Clock } from '../runtime/clock.ts';
import { RetryableError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import { RATE_LIMITED } from './answer-troubles.ts';
import type { ApiRequest } from './exchange.ts';
import { retryDelay } from './retry-delay.ts';

interface RetryTools {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly onRetry: () => void;
}

/** Tries of one request that fail for another reason than a spent allowance. */
const TRIES = 5;
/** Refusals of one request by a spent allowance. The budgets hold the next try back until the allowance is refilled. */
const REFUSALS = 10;

interface Tries {
  readonly failures: number;
  readonly refusals: number;
}

/** Tries again as long as that may help, and then gives up with the last error. */
export function withRetries<T>(
  attempt: (request: ApiRequest) => Promise<T>,
  tools: RetryTools,
): (request: ApiRequest) => Promise<T> {
  const tryFrom = async (request: ApiRequest, before: Tries): Promise<T> => {
    try {
      return await attempt(request);
    } catch (error) {
      const tries = countTry(before, error);
      if (!(error instanceof RetryableError) || tries.failures === TRIES || tries.refusals === REFUSALS) throw error;
      if (tries.failures > before.failures) await pause(tries.failures, error, request.signal, tools);
      tools.onRetry();
      return tryFrom(request, tries);
    }
  };
  return (request) => tryFrom(request, { failures: 0, refusals: 0 });
}

function countTry({ failures, refusals }: Tries, error: unknown): Tries {
  return error instanceof RetryableError && error.code === RATE_LIMITED.code
    ? { failures, refusals: refusals + 1 }
    : { failures: failures + 1, refusals };
}

async function pause(
  failures: number,
  reason: RetryableError,
  signal: AbortSignal | undefined,
  { clock, random, log }: RetryTools,
): Promise<void> {
  const delay = retryDelay(failures, random());
  const seconds = (delay / 1000).toFixed(1);
  log.info({
    en: `No usable answer from Backlog [${reason.code}]; trying again in ${seconds} s (try ${failures + 1} of ${TRIES})`,
    ja: `Backlogから有効な応答がありません [${reason.code}]。${seconds}秒後に再試行します（${TRIES}回中${failures + 1}回目）`,
  });
  await clock.sleep(delay, signal);
}
