import { constants } from 'node:os';
import { AppError, type Recovery } from './errors.ts';

/** 0 done · 1 failed while running · 2 usage or configuration · 3 environment · 128+n ended by signal n. */
export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
export const EXIT_ENVIRONMENT = 3;

const BY_RECOVERY: Readonly<Record<Recovery, number>> = {
  configuration: EXIT_USAGE,
  authentication: EXIT_ENVIRONMENT,
  environment: EXIT_ENVIRONMENT,
  retryable: EXIT_ENVIRONMENT,
  skippable: EXIT_FAILED,
  data: EXIT_FAILED,
  fatal: EXIT_FAILED,
};

export function exitCodeOf(error: unknown): number {
  return error instanceof AppError ? BY_RECOVERY[error.recovery] : EXIT_FAILED;
}

export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
