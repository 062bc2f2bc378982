import type { Message } from '../message/message.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ProgramLog } from './program-log.ts';

const INTERVAL_MILLISECONDS = 60_000;

export interface RecordCounter {
  count(messages: readonly Message[]): void;
  /** Tells what was not told yet. */
  tell(): void;
}

/** The metric `record_count` of each stream, once a minute and at the end, each time what came since the last. */
export function createRecordCounter(log: ProgramLog, clock: Clock): RecordCounter {
  const counts = new Map<string, number>();
  let told = clock.now();
  const tell = () => {
    told = clock.now();
    for (const [stream, value] of counts) {
      log.metric({ type: 'counter', metric: 'record_count', value, tags: { stream } });
    }
    counts.clear();
  };
  return {
    count(messages) {
      for (const message of messages) {
        const rows = rowsIn(message);
        if (rows > 0 && 'stream' in message) counts.set(message.stream, (counts.get(message.stream) ?? 0) + rows);
      }
      if (clock.now() - told >= INTERVAL_MILLISECONDS) tell();
    },
    tell,
  };
}

function rowsIn(message: Message): number {
  if (message.type === 'children') return message.records.length;
  return message.type === 'record' || message.type === 'tombstone' ? 1 : 0;
}
