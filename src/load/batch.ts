import type { Message } from '../message/message.ts';
import { ExactNumber, type Row, type Value } from '../message/value.ts';

/** What has been given to a loader and is not committed yet, in order. */
export class Batch {
  readonly messages: Message[] = [];
  /** When the first message came, in milliseconds. */
  readonly since: number;
  rows = 0;
  /** An estimate of what the rows take as text. */
  bytes = 0;
  readonly #streams = new Set<string>();

  constructor(since: number) {
    this.since = since;
  }

  push(message: Message): void {
    this.messages.push(message);
    if (message.type === 'state') return;
    this.#streams.add(message.stream);
    if (message.type === 'record' || message.type === 'tombstone') this.#count(message.record);
    if (message.type === 'children') for (const row of message.records) this.#count(row);
  }

  /** Whether any of its messages is about this stream. */
  holds(stream: string): boolean {
    return this.#streams.has(stream);
  }

  #count(row: Row): void {
    this.rows += 1;
    this.bytes += sizeOf(row);
  }
}

/** The messages cut after each state: what can be committed by itself. */
export function segments(messages: readonly Message[]): readonly (readonly Message[])[] {
  const cut: Message[][] = [];
  let segment: Message[] = [];
  for (const message of messages) {
    segment.push(message);
    if (message.type !== 'state') continue;
    cut.push(segment);
    segment = [];
  }
  if (segment.length > 0) cut.push(segment);
  return cut;
}

/** Names, quotes and punctuation of a field come to about this. */
const FIELD_BYTES = 16;

function sizeOf(value: Value | undefined): number {
  if (typeof value === 'string') return value.length + FIELD_BYTES;
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return FIELD_BYTES;
  let size = FIELD_BYTES;
  for (const key in value) size += sizeOf((value as Readonly<Record<string, Value>>)[key]);
  return size;
}
