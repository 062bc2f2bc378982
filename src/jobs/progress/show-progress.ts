import type { Clock } from '../../runtime/clock.ts';
import type { Display, ProgressSnapshot } from './progress.ts';

/** Shows snapshots at the display's own pace while `work` runs, and a last one when it has ended, however it ended. */
export async function showProgress<T>(
  display: Display,
  clock: Clock,
  snapshot: () => ProgressSnapshot,
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  display.begin(snapshot());
  const showing = repeat(() => display.show(snapshot()), display.interval, clock, ended.signal);
  try {
    return await work();
  } finally {
    ended.abort();
    await showing;
    display.end(snapshot());
  }
}

async function repeat(step: () => void, interval: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(interval, signal).catch(() => undefined);
    if (!signal.aborted) step();
  }
}
