import type { Message, SchemaMessage, VersionMessage } from '../message/message.ts';
import type { RowMessage } from './changes.ts';
import { widest } from './column-type.ts';
import type { Facts, MarkWith, Session, Transaction } from './dialect.ts';
import { TooNarrow } from './encode.ts';
import { type EncodedStep, EncodedStream, type VersionStep } from './encoded-stream.ts';
import type { Layout } from './layout.ts';
import { prepareTable, widenColumn } from './prepare.ts';
import { TableReading } from './reading.ts';
import { prepareRejects, writeRejects } from './rejects.ts';
import { Tally } from './report.ts';
import type { LoadSettings } from './settings.ts';

/** By stream. */
export type Layouts = ReadonlyMap<string, Layout>;

export interface Committed {
  /** As they are after the batch. */
  readonly layouts: Layouts;
  /** What the batch did, by stream. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

export interface CommitContext {
  readonly settings: LoadSettings;
  /** When the batch began to come and when it is written, in milliseconds. */
  readonly received: number;
  readonly batched: number;
  /** The version that all rows of this run belong to, if the run replaces its tables. */
  readonly runVersion: number | undefined;
  /** How many more rows may be put aside in this run. */
  readonly rejectsLeft: number;
}

/** Some of a batch: messages that wait for their tables, and rows that are encoded already. */
export interface BatchPart {
  readonly messages: readonly Message[];
  readonly encoded: Iterable<EncodedStream>;
}

/**
 * Writes a part of a batch in one transaction: all of it, or nothing. Tables are changed before the first row is
 * written. It holds at most one schema of each stream, before all of its rows.
 */
export function commitBatch(
  session: Session,
  { messages, encoded }: BatchPart,
  known: Layouts,
  context: CommitContext,
): Promise<Committed> {
  return session.transaction(async (transaction) => {
    const layouts = new Map(known);
    for (const schema of messages.filter(isSchema)) {
      layouts.set(schema.stream, await prepareTable(transaction, schema, context.settings, session.facts));
    }
    const streams = [...encoded];
    for (const [stream, waiting] of byStream(messages)) {
      const layout = layouts.get(stream);
      if (layout !== undefined) streams.push(await encodeStream(transaction, layout, waiting, session.facts, context));
    }
    const works: StreamWork[] = [];
    for (const stream of streams) works.push(await prepareWork(transaction, stream, session.facts, context));
    const rejects = await openRejects(transaction, streams, session.facts, context);
    for (const work of works) await writeSteps(transaction, work);
    await rejects?.();
    for (const { layout } of works) layouts.set(layout.stream, layout);
    return { layouts, tallies: new Map(works.map(({ layout, tally }) => [layout.stream, tally])) };
  });
}

/** Makes room for the rows that are put aside, and tells how to write them. */
async function openRejects(
  transaction: Transaction,
  streams: readonly EncodedStream[],
  facts: Facts,
  { settings, batched, rejectsLeft }: CommitContext,
): Promise<(() => Promise<void>) | undefined> {
  const rejects = streams.flatMap((stream) => stream.rejects);
  const beyond = rejects[rejectsLeft];
  if (beyond !== undefined) throw beyond.reason;
  if (settings.rejects === undefined || rejects.length === 0) return undefined;
  const target = await prepareRejects(transaction, settings.rejects, facts);
  return () => writeRejects(transaction, target, rejects, facts, batched);
}

interface StreamWork {
  readonly layout: Layout;
  readonly steps: readonly EncodedStep[];
  readonly reading: TableReading | undefined;
  /** How rows that are gone are marked; they are removed without it. */
  readonly goneMark: MarkWith | undefined;
  readonly tally: Tally;
}

type StreamMessage = RowMessage | VersionMessage;

function byStream(messages: readonly Message[]): ReadonlyMap<string, readonly StreamMessage[]> {
  const streams = new Map<string, StreamMessage[]>();
  for (const message of messages) {
    if (message.type === 'schema' || message.type === 'state') continue;
    const known = streams.get(message.stream);
    if (known === undefined) streams.set(message.stream, [message]);
    else known.push(message);
  }
  return streams;
}

async function encodeStream(
  transaction: Transaction,
  layout: Layout,
  messages: readonly StreamMessage[],
  facts: Facts,
  context: CommitContext,
): Promise<EncodedStream> {
  const { received, runVersion, settings } = context;
  const rejects = settings.rejects !== undefined;
  const stream = new EncodedStream(layout, { facts, received, runVersion, rejects });
  try {
    for (const message of messages) stream.take(message);
    return stream;
  } catch (error) {
    if (!(error instanceof TooNarrow)) throw error;
    const wider = await widened(transaction, layout, error, facts);
    return encodeStream(transaction, wider, messages, facts, context);
  }
}

async function prepareWork(
  transaction: Transaction,
  stream: EncodedStream,
  facts: Facts,
  { batched }: CommitContext,
): Promise<StreamWork> {
  const { layout, encoder } = stream;
  const steps = stream.steps();
  for (const step of steps) if (step.kind === 'rows') encoder.stampBatched(step.changes.writes, batched);
  const versions = stream.versions();
  const now = encoder.markValue(new Date(batched).toISOString());
  const reading =
    layout.versioned && versions.length > 0
      ? await TableReading.open(transaction, layout, facts, now, versions)
      : undefined;
  const tally = new Tally();
  tally.add(stream.tally);
  const goneMark = layout.mark && { ...layout.mark, value: now };
  return { layout, steps, reading, goneMark, tally };
}

/** A value may be more exact than its schema said; the column then keeps it exactly (invariant 7). */
async function widened(transaction: Transaction, layout: Layout, need: TooNarrow, facts: Facts): Promise<Layout> {
  const column = layout.data.find(({ name }) => name === need.column);
  if (column === undefined) throw need;
  const long = need.wider === 'number' && (await transaction.holdsLongIntegers(layout.table, column.name));
  const exact = long || (facts.exactNumbers && need.wider === 'number');
  const to = widest(column.type, exact ? 'decimal' : need.wider);
  await transaction.apply({
    table: layout.table,
    changes: [{ kind: 'widen', column: column.name, from: column.type, to }],
  });
  return widenColumn(layout, column.name, to, facts);
}

async function writeSteps(transaction: Transaction, work: StreamWork): Promise<void> {
  const { layout, steps, reading, tally } = work;
  await reading?.begin();
  for (const step of steps) {
    if (step.kind !== 'rows') await follow(transaction, work, step);
    else if (layout.key.length === 0) await appendRows(transaction, layout, step, reading, tally);
    else await writeRows(transaction, layout, step, reading, tally);
  }
}

async function follow(
  transaction: Transaction,
  { layout, reading, goneMark, tally }: StreamWork,
  step: VersionStep,
): Promise<void> {
  switch (step.kind) {
    case 'activate':
      return reading?.activate(step.version, tally);
    case 'keep':
      return reading?.keepUnder(step.version, step.columns, step.parents);
    case 'activatePart':
      if (step.version !== undefined) return reading?.activatePart(step.version, step.part, tally);
      if (layout.deletion === 'ignore') return;
      tally.deleted += await transaction.sweep(layout.table, { kind: 'all', within: step.part }, goneMark);
  }
}

type RowsStep = EncodedStep & { readonly kind: 'rows' };

async function appendRows(
  transaction: Transaction,
  layout: Layout,
  { changes, version }: RowsStep,
  reading: TableReading | undefined,
  tally: Tally,
): Promise<void> {
  if (reading !== undefined && (await reading.covers(version))) {
    await reading.stage(changes.writes);
    return;
  }
  await transaction.append(layout.target, changes.writes);
  tally.inserted += changes.writes.length;
}

async function writeRows(
  transaction: Transaction,
  { table, key, mark, target }: Layout,
  { changes, version }: RowsStep,
  reading: TableReading | undefined,
  tally: Tally,
): Promise<void> {
  const { writes } = changes;
  const gone = (await changes.families?.gone(transaction)) ?? [];
  const removals = [...changes.removals, ...gone];
  const counts = await transaction.upsert(target, writes);
  tally.inserted += counts.inserted;
  tally.updated += counts.updated;
  tally.unchanged += counts.unchanged;
  if (removals.length > 0) {
    tally.deleted +=
      mark === undefined
        ? await transaction.remove(table, key, removals)
        : await transaction.mark(table, key, mark, removals);
  }
  if (reading !== undefined && (await reading.covers(version))) await reading.keep(writes);
}

function isSchema(message: Message): message is SchemaMessage {
  return message.type === 'schema';
}
