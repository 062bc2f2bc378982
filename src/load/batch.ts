import type { Message, StateMessage, VersionMessage } from '../message/message.ts';
import { ExactNumber, type Row, type Value } from '../message/value.ts';
import type { RowMessage } from './changes.ts';
import { EncodedStream, type EncodingContext } from './encoded-stream.ts';
import type { Layout } from './layout.ts';
import type { UnparsedRecord } from './text/unparsed.ts';

/**
 * What has been given to a loader and is not committed yet. Rows of streams whose table is known are encoded as they
 * come; those of others wait, in order, with their schemas and with the states.
 */
export class Batch {
  /** What could not be encoded yet, and all states. */
  readonly messages: Message[] = [];
  /** By stream. */
  readonly encoded = new Map<string, EncodedStream>();
  readonly #context: EncodingContext;
  rows = 0;
  /** An estimate of what the rows take as text. */
  bytes = 0;
  /** The newest state that came before any row: it waits for nothing but the batch before this one. */
  leadingState: StateMessage | undefined;
  readonly #waiting = new Set<string>();

  constructor(context: EncodingContext) {
    this.#context = context;
  }

  /** When the first message came, in milliseconds. */
  get since(): number {
    return this.#context.received;
  }

  push(message: Message): void {
    this.messages.push(message);
    if (message.type === 'state') {
      if (this.hasOnlyStates) this.leadingState = message;
      return;
    }
    this.#waiting.add(message.stream);
    if (message.type === 'record' || message.type === 'tombstone') this.#count(message.record);
    if (message.type === 'children') for (const row of message.records) this.#count(row);
  }

  /** Throws what `EncodedStream.take` throws; the batch is then as it was. */
  encode(message: RowMessage | UnparsedRecord | VersionMessage, layout: Layout): void {
    const known = this.encoded.get(message.stream);
    const stream = known ?? new EncodedStream(layout, this.#context);
    const before = stream.encoder.bytes;
    stream.take(message);
    if (known === undefined) this.encoded.set(message.stream, stream);
    this.rows += message.type === 'children' ? message.records.length : 1;
    this.bytes += stream.encoder.bytes - before;
  }

  get isEmpty(): boolean {
    return this.messages.length === 0 && this.encoded.size === 0;
  }

  /** Whether there is nothing that a state would have to wait for. */
  get hasOnlyStates(): boolean {
    return this.#waiting.size === 0 && this.encoded.size === 0;
  }

  /** Whether any of its messages is about this stream. */
  holds(stream: string): boolean {
    return this.#waiting.has(stream) || this.encoded.has(stream);
  }

  /** Whether any message of this stream, or of any at all, waits for its table to be known. */
  waits(stream?: string): boolean {
    return stream === undefined ? this.#waiting.size > 0 : this.#waiting.has(stream);
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
