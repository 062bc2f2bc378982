import type {
  ActivatePartMessage,
  ChildrenMessage,
  KeepMessage,
  Message,
  RecordMessage,
  TombstoneMessage,
} from '../../message/message.ts';
import type { TapState } from '../../message/state.ts';
import type { Row } from '../../message/value.ts';
import type { RowWiseQuery } from '../../replicate/query.ts';
import { stateSchema } from '../state/state-table.ts';
import type { Checkpoint } from './checkpoint.ts';
import { keepLacking } from './completeness.ts';
import { inStretches, type Stretch } from './in-stretches.ts';
import { namedInResult } from './named-part.ts';
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

  const record = (row: Row, version: number | undefined): RecordMessage => {
    return { type: 'record', stream: table, record: row, ...(version === undefined ? {} : { version }) };
  };

  const tombstones = (keys: readonly Row[], deletedAt: string): readonly TombstoneMessage[] =>
    keys.map((key) => ({ type: 'tombstone', stream: table, record: key, deletedAt }));

  const recordsOf = (messages: readonly RecordMessage[]): readonly Message[] => {
    const { rows, gone } = query.apply(messages.map((message) => message.record));
    const kept = rows.map((row) => record(row, replacing ?? messages[0]?.version));
    return isReplacing ? kept : [...kept, ...tombstones(gone, now())];
  };

  const childrenOf = ({ parent, records, readAt }: ChildrenMessage): readonly Message[] => {
    const { rows } = query.apply(records);
    if (isReplacing) return rows.map((row) => record(row, replacing));
    return [{ type: 'children', stream: table, parent: query.keyOf(parent), records: rows, readAt }];
  };

  const partOf = ({ part, version }: ActivatePartMessage): readonly Message[] => {
    const named = namedInResult(query, part);
    if (isReplacing || named === undefined) return [];
    return [{ type: 'activatePart', stream: table, part: named, ...(version === undefined ? {} : { version }) }];
  };

  const keptBy = ({ parents, version }: KeepMessage): readonly Message[] => {
    const named = parents.map((parent) => namedInResult(query, parent)).filter((parent) => parent !== undefined);
    if (named.length < parents.length || parents.length === 0) return [];
    return [{ type: 'keep', stream: table, parents: named, version: replacing ?? version }];
  };

  const messagesOf = (stretch: Stretch): readonly Message[] => {
    switch (stretch.type) {
      case 'stretch':
        return recordsOf(stretch.messages);
      case 'children':
        return childrenOf(stretch);
      case 'schema':
        return [resultSchema(query, table), stateSchema];
      case 'tombstone':
        return tombstones([query.keyOf(stretch.record)], stretch.deletedAt);
      case 'activateVersion':
        return isReplacing ? [] : [{ ...stretch, stream: table }];
      case 'activatePart':
        return partOf(stretch);
      case 'keep':
        return keptBy(stretch);
      case 'state':
        lastState = stretch.value as TapState;
        return isReplacing ? [] : checkpoint(lastState);
    }
  };

  return {
    select: (messages) => messages.filter(isOfStreams(query.streams)),
    project: (messages) => inStretches(messages).flatMap(messagesOf),
    async *finish(lacking) {
      if (lacking === undefined || !isReplacing) return;
      const kept = keepLacking(query, table, replacing, lacking);
      if (kept === undefined) return;
      yield [...kept, { type: 'activateVersion', stream: table, version: replacing }, ...checkpoint(lastState)];
    },
    close: () => undefined,
  };
}
