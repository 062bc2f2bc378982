import type { ChildrenMessage, RecordMessage, TombstoneMessage, VersionMessage } from '../message/message.ts';
import type { Row } from '../message/value.ts';
import type { SpaceDates } from '../streams/space-dates.ts';
import type { Entry, Link } from '../streams/stream.ts';
import type { PlannedStream } from './selection-plan.ts';

export type RowMessage = RecordMessage | ChildrenMessage | TombstoneMessage;

/** What a reading says of its streams. */
export type ReadMessage = RowMessage | VersionMessage;

/** How entries become messages. */
export interface RowMaking {
  readonly dates: SpaceDates;
  /** ISO 8601. */
  readonly timeExtracted: string;
  /** Of the rows of streams that are replaced by versions. */
  readonly version: number;
  /** Whether rows that an entry had in an earlier run may lie in the destination. */
  isKnown(stream: PlannedStream): boolean;
}

/** Entries of a walk: rows of their own, and the lists inside them. */
export function rowMessages(
  streams: readonly PlannedStream[],
  entries: readonly Entry[],
  making: RowMaking,
): Promise<readonly RowMessage[]> {
  return projected(making, () => streams.flatMap((stream) => ownMessages(stream, entries, making)));
}

function ownMessages(
  stream: PlannedStream,
  entries: readonly Entry[],
  making: RowMaking,
): readonly (RecordMessage | ChildrenMessage)[] {
  const { partOf } = stream;
  if (partOf === undefined || !replaces(stream, making)) return records(stream, entries, making);
  return entries.map((entry) => childrenMessage(stream, parentOf(stream, entry, partOf), [entry], making));
}

/** Everything that hangs on one parent. */
export function wholeListMessages(
  streams: readonly PlannedStream[],
  { parent, link, entries }: { readonly parent: Entry; readonly link: Link; readonly entries: readonly Entry[] },
  making: RowMaking,
): Promise<readonly RowMessage[]> {
  return projected(making, () =>
    streams.flatMap((stream): readonly (RecordMessage | ChildrenMessage)[] =>
      replaces(stream, making)
        ? [childrenMessage(stream, parentOf(stream, parent, link), entries, making)]
        : records(stream, entries, making),
    ),
  );
}

/** Rows are made again in the rare case that a date needs the space's time zone. */
async function projected({ dates }: RowMaking, project: () => readonly RowMessage[]): Promise<readonly RowMessage[]> {
  const messages = project();
  return (await dates.settle()) ? project() : messages;
}

function replaces(stream: PlannedStream, making: RowMaking): boolean {
  return stream.replacement === undefined && making.isKnown(stream);
}

/** The key columns that tell the parent: those that it has from its own parents, and its own. */
function parentOf({ schema }: PlannedStream, { fields, parents }: Entry, { column, field }: Link): Row {
  const inherited = Object.entries(parents).filter(([name]) => schema.keyProperties.includes(name));
  return { ...Object.fromEntries(inherited), [column]: fields[field] as Row[string] };
}

function childrenMessage(
  { name, entries: entriesOf, project }: PlannedStream,
  parent: Row,
  entries: readonly Entry[],
  { dates, timeExtracted }: RowMaking,
): ChildrenMessage {
  const rows = entries.flatMap(entriesOf).map((entry) => project(entry, dates));
  return { type: 'children', stream: name, parent, records: rows, readAt: timeExtracted };
}

function records(
  { name, entries: entriesOf, project, replacement }: PlannedStream,
  entries: readonly Entry[],
  { dates, timeExtracted, version }: RowMaking,
): readonly RecordMessage[] {
  return entries.flatMap(entriesOf).map((entry) => ({
    type: 'record',
    stream: name,
    record: project(entry, dates),
    ...(replacement === 'version' && { version }),
    timeExtracted,
  }));
}
