import type { Message } from '../message/message.ts';
import type { Clock } from '../runtime/clock.ts';
import type { TapReport } from '../tap/tap.ts';
import { encodeMessages, type Spelling } from './encode.ts';
import type { LineWriter } from './line-writer.ts';
import type { ProgramLog } from './program-log.ts';
import { createRecordCounter } from './record-counter.ts';
import { nextUnlessStopped } from './stop.ts';

export interface WritingTools {
  readonly spelling: Spelling;
  readonly output: LineWriter;
  readonly log: ProgramLog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Writes every message of a reading as a line; the reading goes on only as fast as the lines are taken. Ends between
 * two groups of messages, never inside a line, when the signal is aborted.
 *
 * @returns the reading's report, undefined if it was stopped
 */
export async function writeReading(
  reading: AsyncIterator<readonly Message[], TapReport>,
  { spelling, output, log, clock, signal }: WritingTools,
): Promise<TapReport | undefined> {
  const began = clock.now();
  const records = createRecordCounter(log, clock);
  let report: TapReport | undefined;
  for (;;) {
    const next = await nextUnlessStopped(reading, signal);
    if (next?.done) report = next.value;
    if (next === undefined || next.done) break;
    for (const piece of encodeMessages(next.value, spelling)) await output.write(piece);
    records.count(next.value);
  }
  await output.flush();
  records.tell();
  for (const [stream, value] of report?.requests ?? []) {
    log.metric({ type: 'counter', metric: 'http_request_count', value, tags: { stream } });
  }
  log.metric({ type: 'timer', metric: 'sync_duration', value: (clock.now() - began) / 1000, tags: {} });
  return report;
}
