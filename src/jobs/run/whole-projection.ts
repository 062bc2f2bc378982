import type { Message, RecordMessage } from '../../message/message.ts';
import type { TapState } from '../../message/state.ts';
import type { StagedCopy, WholeQuery } from '../../replicate/query.ts';
import { stateSchema } from '../state/state-table.ts';
import type { Checkpoint } from './checkpoint.ts';
import { keepLacking } from './completeness.ts';
import { inStretches, type Stretch } from './in-stretches.ts';
import { isOfStreams, type Projection, resultSchema } from './projection.ts';
import { ResultDigest } from './result-digest.ts';

export interface WholeProjectionOptions {
  readonly query: WholeQuery;
  /** The destination, and the name of its stream. */
  readonly table: string;
  readonly checkpoint: Checkpoint;
  /** The version of the new rows. */
  readonly replacing: number;
  /** Digest of the rows that the table holds, if that is known: when they are right still, they are left alone. */
  readonly held?: string;
}

/**
 * A statement whose result depends on several rows at once. Its streams are copied aside; when all of them have been
 * read, the result replaces the table. Without all of them the table stays as it is (invariants 5 and 6), but for projects
 * that may never be read: the result is that of the others, and rows that tell such a project stay.
 */
export function wholeProjection({ query, table, checkpoint, replacing, held }: WholeProjectionOptions): Projection {
  let staged: StagedCopy | undefined;
  let lastState: TapState = { bookmarks: {} };

  const copy = () => {
    staged ??= query.stage();
    return staged;
  };

  const take = (stretch: Stretch) => {
    switch (stretch.type) {
      case 'stretch':
        return stage(copy(), stretch.messages);
      case 'children':
        return copy().upsert(stretch.stream, stretch.records);
      case 'tombstone':
        return copy().delete(stretch.stream, [stretch.record]);
      case 'state':
        lastState = stretch.value as TapState;
    }
  };

  return {
    select: (messages) => messages.filter(isOfStreams(query.streams)),
    project(messages) {
      for (const stretch of inStretches(messages)) take(stretch);
      return [];
    },
    async *finish(lacking) {
      if (lacking === undefined) return;
      const digest = new ResultDigest();
      for (const rows of copy().result()) digest.add(rows);
      yield [resultSchema(query, table), stateSchema];
      if (`${digest}` !== held) {
        for (const rows of copy().result()) {
          yield rows.map((record): Message => ({ type: 'record', stream: table, record, version: replacing }));
        }
        const kept = keepLacking(query, table, replacing, lacking) ?? [];
        yield [...kept, { type: 'activateVersion', stream: table, version: replacing }];
      }
      yield checkpoint(lastState, `${digest}`);
    },
    close: () => staged?.close(),
  };
}

function stage(copy: StagedCopy, records: readonly RecordMessage[]): void {
  const stream = records[0]?.stream;
  if (stream !== undefined)
    copy.upsert(
      stream,
      records.map(({ record }) => record),
    );
}
