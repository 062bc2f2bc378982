import type { Message, RecordMessage, TombstoneMessage } from '../../message/message.ts';
import type { TapState } from '../../message/state.ts';
import type { Row } from '../../message/value.ts';
import type { RowWiseQuery } from '../../replicate/query.ts';
import { stateSchema } from '../state/state-table.ts';
import type { Checkpoint } from './checkpoint.ts';
import { inStretches } from './in-stretches.ts';
import { isOfStreams, type Projection, resultSchema } from './projection.ts';

export interface RowProjectionOptions {
  readonly query: RowWiseQuery;
  /** The destination, and the name of its stream. */
  readonly table: string;
  readonly checkpoint: Checkpoint;
  /** Set when what the table holds is to be replaced: the version of its new rows. */
  readonly replacing?: number;
  /** When rows that the condition turns away count as deleted; ISO 8601. */
  readonly now: () => string;
}

/**
 * A statement each of whose rows comes from one row of one stream. Rows that its condition turns away are removed from
 * the table, because they may have met it in an earlier run. What replaces a table keeps no state before its end: an
 * interrupted replacement starts over, since nobody would know which rows it had already seen.
 */
export function rowProjection({ query, table, checkpoint, replacing, now }: RowProjectionOptions): Projection {
  let lastState: TapState = { bookmarks: {} };
  const isReplacing = replacing !== undefined;

  const tombstones = (keys: readonly Row[], deletedAt: string): readonly TombstoneMessage[] =>
    keys.map((record) => ({ type: 'tombstone', stream: table, record, deletedAt }));

  const recordsOf = (records: readonly RecordMessage[]): readonly Message[] => {
    const version = replacing ?? records[0]?.version;
    const { rows, gone } = query.apply(records.map(({ record }) => record));
    const kept = rows.map((record): RecordMessage => {
      return { type: 'record', stream: table, record, ...(version === undefined ? {} : { version }) };
    });
    return isReplacing ? kept : [...kept, ...tombstones(gone, now())];
  };

  const messagesOf = (message: Exclude<Message, RecordMessage>): readonly Message[] => {
    switch (message.type) {
      case 'schema':
        return [resultSchema(query, table), stateSchema];
      case 'tombstone':
        return tombstones([query.keyOf(message.record)], message.deletedAt);
      case 'activateVersion':
        return isReplacing ? [] : [{ ...message, stream: table }];
      case 'state':
        lastState = message.value as TapState;
        return isReplacing ? [] : checkpoint(lastState);
    }
  };

  return {
    select: (messages) => messages.filter(isOfStreams(query.streams)),
    project: (messages) =>
      inStretches(messages).flatMap((stretch) =>
        'records' in stretch ? recordsOf(stretch.records) : messagesOf(stretch),
      ),
    async *finish(complete) {
      if (complete && isReplacing) {
        yield [{ type: 'activateVersion', stream: table, version: replacing }, ...checkpoint(lastState)];
      }
    },
    close: () => undefined,
  };
}
