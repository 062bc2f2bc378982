import type { RecordMessage, TombstoneMessage } from '../../message/message.ts';

/** What a record tells besides its fields. */
export type Envelope = Pick<RecordMessage, 'version' | 'timeExtracted'>;

/**
 * A record that is still JSON text. A loader that knows its table makes cells of the text itself, and parses
 * it only where that would not come to the same.
 */
export interface UnparsedRecord {
  readonly type: 'unparsed';
  readonly stream: string;
  /** Valid UTF-8 that holds the record, and most often others too. Whoever waits with it must not change the bytes. */
  readonly bytes: Buffer;
  /** Where the object of the fields begins. */
  readonly start: number;
  /** What follows the object of the fields, which ends before `end`; undefined unless it is plain enough. */
  envelope(end: number): Envelope | undefined;
  /** @throws DataError if the text is not valid */
  parsed(): RecordMessage | TombstoneMessage;
}
