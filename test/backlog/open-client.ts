import { onTestFinished } from 'vitest';
import type { BacklogClient } from '../../src/backlog/client.ts';
import { type ClientSettings, type ClientTools, createClient } from '../../src/backlog/create-client.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { AppError } from '../../src/runtime/errors.ts';
import { silentLogger } from '../../src/runtime/log.ts';

export const API_KEY = 'k-0123456789abcdef';

/** A client that ends with the test, tries again without waiting and sees no proxy, unless told otherwise. */
export function openClient(
  settings: Partial<ClientSettings> & { readonly url: string },
  tools: Partial<ClientTools> = {},
): BacklogClient {
  const client = createClient(
    { apiKey: API_KEY, ...settings },
    { clock: systemClock, log: silentLogger, random: () => 0, environment: {}, ...tools },
  );
  onTestFinished(() => client.close());
  return client;
}

/** The error that a promise must end with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome;
  throw new Error(`no AppError: ${JSON.stringify(outcome)}`, { cause: outcome });
}
