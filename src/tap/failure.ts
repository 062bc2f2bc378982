import { AppError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';

/** A part of the reading that could not be done, while the rest went on (invariant 8). */
export interface ReadFailure {
  readonly streams: readonly string[];
  /** A project's key, or `space`. */
  readonly slice: string;
  readonly error: AppError;
}

/** Whether others can go on after this: nothing is wrong with the key, the network, the settings or us. */
export function isConfined(error: unknown): error is AppError {
  return error instanceof AppError && ['skippable', 'retryable', 'data'].includes(error.recovery);
}

/** What was asked for does not exist, or no longer. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'backlog.not-found';
}

export function warnOfFailure(log: Logger, { streams, slice, error }: ReadFailure): void {
  const names = streams.join(', ');
  log.warning({
    en: `${slice}: ${names} could not be read. ${error.text.en} [${error.code}]`,
    ja: `${slice}: ${names} を読み込めませんでした。${error.text.ja} [${error.code}]`,
  });
}
