import type { Message, SchemaMessage } from '../../message/message.ts';
import type { Query } from '../../replicate/query.ts';
import type { Lacking } from './completeness.ts';

/** Makes the messages of one destination table out of those that a reading gives. */
export interface Projection {
  /** Those that concern the statement. */
  select(messages: readonly Message[]): readonly Message[];
  project(messages: readonly Message[]): readonly Message[];
  /** What is left to say at the end. */
  finish(lacking: Lacking): AsyncIterable<readonly Message[]>;
  close(): void;
}

/** States concern every statement. */
export function isOfStreams(streams: readonly string[]): (message: Message) => boolean {
  return (message) => message.type === 'state' || streams.includes(message.stream);
}

export function resultSchema({ schema, keyProperties }: Query, table: string): SchemaMessage {
  return { type: 'schema', stream: table, schema, keyProperties };
}
