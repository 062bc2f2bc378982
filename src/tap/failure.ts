import { AppError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import type { Slice } from '../streams/resource.ts';

/** A part of the reading that could not be done, while the rest went on (invariant 8). */
export interface ReadFailure {
  readonly streams: readonly string[];
  /** A project's key, or `space`. */
  readonly slice: string;
  /** The id of that project. */
  readonly project?: number;
  readonly error: AppError;
}

export function failureIn({ label, project }: Slice, streams: readonly string[], error: AppError): ReadFailure {
  return { streams, slice: label, ...(project && { project: project.id }), error };
}

/** A host that does not answer at all, again and again, does not answer for other slices either. */
const NO_NETWORK = 'backlog.unreachable';

/** Whether others can go on after this: nothing is wrong with the key, the network, the settings or us. */
export function isConfined(error: unknown): error is AppError {
  if (!(error instanceof AppError) || error.code === NO_NETWORK) return false;
  return ['skippable', 'retryable', 'data'].includes(error.recovery);
}

/** What was asked for does not exist, or no longer. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'backlog.not-found';
}

/** What the plan of the space, a project's settings or the user's role leave out in every run. */
const RESTRICTIONS: ReadonlySet<string> = new Set(['backlog.forbidden', 'backlog.not-in-plan', 'backlog.feature-off']);

/** Nothing went wrong and nothing will be better next time: it is told, but it does not fail a run. */
export function isRestriction({ error }: ReadFailure): boolean {
  return RESTRICTIONS.has(error.code);
}

export function warnOfFailure(log: Logger, { streams, slice, error }: ReadFailure): void {
  const names = streams.join(', ');
  log.warning({
    en: `${slice}: ${names} could not be read. ${error.text.en} [${error.code}]`,
    ja: `${slice}: ${names} を読み込めませんでした。${error.text.ja} [${error.code}]`,
  });
}
