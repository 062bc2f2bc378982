import { exitCodeOfSignal } from '../runtime/exit-code.ts';
import type { Host } from './host.ts';

/** The reason that an aborted program's signal carries. Nobody is told of it: whoever stopped us knows. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.exitCode = exitCodeOfSignal(signal);
  }
}

/** Why and when a program has to end before its work is done. */
export interface Stop {
  /** Its reason, once aborted, is an `Interruption`. */
  readonly signal: AbortSignal;
  request(by: NodeJS.Signals): void;
}

/**
 * The first SIGTERM or SIGINT asks for an orderly end; the same one again ends the program at once. One of each is
 * still one request: on Ctrl-C a terminal sends SIGINT to all, and Meltano passes SIGTERM on besides.
 */
export function listenForStop(host: Host): Stop {
  const controller = new AbortController();
  const seen = new Set<NodeJS.Signals>();
  const request = (by: NodeJS.Signals) => controller.abort(new Interruption(by));
  host.onSignal((by) => {
    if (seen.has(by)) host.exit(exitCodeOfSignal(by));
    seen.add(by);
    request(by);
  });
  return { signal: controller.signal, request };
}

/**
 * The iterator's next result, or `undefined` as soon as the signal is aborted. What the iterator then still brings is
 * dropped; it must not be used again.
 */
export function nextUnlessStopped<T, R>(
  iterator: AsyncIterator<T, R>,
  signal: AbortSignal,
): Promise<IteratorResult<T, R> | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
