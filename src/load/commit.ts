import type { Message, SchemaMessage, VersionMessage } from '../message/message.ts';
import type { RowMessage } from './changes.ts';
import { widest } from './column-type.ts';
import type { Cells, Facts, Session, Transaction } from './dialect.ts';
import { type EncodingTimes, type RowEncoder, TooNarrow } from './encode.ts';
import { EncodedStream, type RowsStep } from './encoded-stream.ts';
import type { Layout } from './layout.ts';
import { prepareTable, widenColumn } from './prepare.ts';
import { TableReading } from './reading.ts';
import { RefusedRow } from './refused-row.ts';
import { prepareRejects, type Reject, Rejects, writeRejects } from './rejects.ts';
import { Tally } from './report.ts';
import { refusedCells, rowOf } from './row-errors.ts';
import type { SpareBuffers } from './rows/spare-buffers.ts';
import type { LoadSettings } from './settings.ts';
import { writeApart, writeTogether } from './write-apart.ts';
import { type StreamWork, writeSteps } from './write-steps.ts';

/** By stream. */
export type Layouts = ReadonlyMap<string, Layout>;

export interface Committed {
  /** As they are after the batch. */
  readonly layouts: Layouts;
  /** What the batch did, by stream. */
  readonly tallies: ReadonlyMap<string, Tally>;
}

export interface CommitContext extends EncodingTimes {
  readonly settings: LoadSettings;
  /** When the batch is written, in milliseconds. */
  readonly batched: number;
  /** The version that all rows of this run belong to, if the run replaces its tables. */
  readonly runVersion: number | undefined;
  /** How many more rows may be put aside in this run. */
  readonly rejectsLeft: number;
  readonly spare: SpareBuffers;
}

/** Some of a batch: messages that wait for their tables, and rows that are encoded already. */
export interface BatchPart {
  readonly messages: readonly Message[];
  readonly encoded: Iterable<EncodedStream>;
}

/**
 * Writes a part of a batch in one transaction: all of it, or nothing. Tables are changed before the first row is
 * written. It holds at most one schema of each stream, before all of its rows. When the database refuses a row, the
 * batch is written once more in parts, so that the row is known.
 */
export async function commitBatch(
  session: Session,
  part: BatchPart,
  known: Layouts,
  context: CommitContext,
): Promise<Committed> {
  try {
    return await writeBatch(session, part, known, context, undefined);
  } catch (error) {
    if (!(error instanceof RefusedRow)) throw error;
    return writeBatch(session, part, known, context, 'apart');
  }
}

function writeBatch(
  session: Session,
  part: BatchPart,
  known: Layouts,
  context: CommitContext,
  apart: 'apart' | undefined,
): Promise<Committed> {
  return session.transaction(async (transaction) => {
    const layouts = new Map(known);
    for (const schema of part.messages.filter(isSchema)) {
      layouts.set(schema.stream, await prepareTable(transaction, schema, context.settings, session.facts));
    }
    const streams = await encodeAll(transaction, part, layouts, session.facts, context);
    const rejects = new Rejects(context.rejectsLeft);
    for (const reject of streams.flatMap((stream) => stream.rejects)) rejects.add(reject);
    const works: StreamWork[] = [];
    for (const stream of streams) {
      works.push(await prepareWork(transaction, stream, apart && rejects, session.facts, context));
    }
    const needed = apart !== undefined || rejects.list.length > 0;
    const writeAside = needed ? await openRejects(transaction, session.facts, context) : undefined;
    for (const work of works) await writeSteps(transaction, work);
    await writeAside?.(rejects.list);
    for (const { layout } of works) layouts.set(layout.stream, layout);
    return { layouts, tallies: new Map(works.map(({ layout, tally }) => [layout.stream, tally])) };
  });
}

/** The streams of a part, in any order, now that their tables are known. */
async function encodeAll(
  transaction: Transaction,
  { messages, encoded }: BatchPart,
  layouts: Layouts,
  facts: Facts,
  context: CommitContext,
): Promise<readonly EncodedStream[]> {
  const streams = [...encoded];
  for (const [stream, waiting] of byStream(messages)) {
    const layout = layouts.get(stream);
    if (layout !== undefined) streams.push(await encodeStream(transaction, layout, waiting, facts, context));
  }
  return streams;
}

function refuser(layout: Layout, tally: Tally, rejects: Rejects) {
  return (cells: Cells, why: RefusedRow) => {
    rejects.add({ stream: layout.stream, record: rowOf(layout, cells), reason: refusedCells(layout, cells, why) });
    tally.rejected += 1;
  };
}

/** Makes the table of rejects, if they are wanted, and tells how to write them. */
async function openRejects(
  transaction: Transaction,
  facts: Facts,
  { settings, batched }: CommitContext,
): Promise<((rejects: readonly Reject[]) => Promise<void>) | undefined> {
  if (settings.rejects === undefined) return undefined;
  const target = await prepareRejects(transaction, settings.rejects, facts);
  return async (rejects) => {
    if (rejects.length > 0) await writeRejects(transaction, target, rejects, facts, batched);
  };
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
  const { received, started, runVersion, settings, spare } = context;
  const rejects = settings.rejects !== undefined;
  const stream = new EncodedStream(layout, { facts, received, started, runVersion, rejects, spare });
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
  rejects: Rejects | undefined,
  facts: Facts,
  { batched }: CommitContext,
): Promise<StreamWork> {
  const { layout, encoder } = stream;
  const steps = stream.steps().map((step) => (step.kind === 'rows' ? stamped(step, encoder, batched) : step));
  const versions = stream.versions();
  const now = encoder.markValue(new Date(batched).toISOString());
  const reading =
    layout.versioned && versions.length > 0
      ? await TableReading.open(transaction, layout, facts, now, versions)
      : undefined;
  const tally = new Tally();
  tally.add(stream.tally);
  const goneMark = layout.mark && { ...layout.mark, value: now };
  const write = rejects ? writeApart(transaction, refuser(layout, tally, rejects)) : writeTogether;
  return { layout, steps, reading, goneMark, write, tally };
}

function stamped(step: RowsStep, encoder: RowEncoder, batched: number): RowsStep {
  return { ...step, changes: { ...step.changes, writes: encoder.stamped(step.changes.writes, batched) } };
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

function isSchema(message: Message): message is SchemaMessage {
  return message.type === 'schema';
}
