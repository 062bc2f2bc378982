import type { Message, SchemaMessage } from '../message/message.ts';
import { type RowChanges, rowChanges } from './changes.ts';
import { widest } from './column-type.ts';
import type { Facts, Session, Transaction } from './dialect.ts';
import { type BatchTimes, RowEncoder, TooNarrow } from './encode.ts';
import type { Layout } from './layout.ts';
import { prepareTable, widenColumn } from './prepare.ts';
import { TableReading } from './reading.ts';
import { Tally } from './report.ts';
import type { LoadSettings } from './settings.ts';
import { type Step, stepsByStream } from './steps.ts';

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
  readonly times: BatchTimes;
  /** The version that all rows of this run belong to, if the run replaces its tables. */
  readonly runVersion: number | undefined;
}

/**
 * Writes a batch in one transaction: all of it, or nothing. Tables are changed before the first row is written. The
 * batch holds at most one schema of each stream, before all of its rows.
 */
export function commitBatch(
  session: Session,
  messages: readonly Message[],
  known: Layouts,
  context: CommitContext,
): Promise<Committed> {
  return session.transaction(async (transaction) => {
    const layouts = new Map(known);
    for (const schema of messages.filter(isSchema)) {
      layouts.set(schema.stream, await prepareTable(transaction, schema, context.settings, session.facts));
    }
    const works: StreamWork[] = [];
    for (const [stream, steps] of stepsByStream(messages, context.runVersion)) {
      const layout = layouts.get(stream);
      if (layout !== undefined) works.push(await prepareWork(transaction, layout, steps, session.facts, context.times));
    }
    for (const work of works) await writeSteps(transaction, work);
    for (const { layout } of works) layouts.set(layout.stream, layout);
    return { layouts, tallies: new Map(works.map(({ layout, tally }) => [layout.stream, tally])) };
  });
}

interface StreamWork {
  readonly layout: Layout;
  readonly steps: readonly EncodedStep[];
  readonly reading: TableReading | undefined;
  readonly tally: Tally;
}

type EncodedStep =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly changes: RowChanges }
  | { readonly kind: 'activate'; readonly version: number };

async function prepareWork(
  transaction: Transaction,
  layout: Layout,
  steps: readonly Step[],
  facts: Facts,
  times: BatchTimes,
): Promise<StreamWork> {
  const tally = new Tally();
  const encoder = new RowEncoder(layout, facts, times, tally);
  try {
    const encoded = steps.map((step) => encodeStep(step, layout, encoder, tally));
    const reading = await openReading(transaction, layout, steps, encoder, times);
    return { layout, steps: encoded, reading, tally };
  } catch (error) {
    if (!(error instanceof TooNarrow)) throw error;
    const wider = await widened(transaction, layout, error, facts);
    return prepareWork(transaction, wider, steps, facts, times);
  }
}

async function openReading(
  transaction: Transaction,
  layout: Layout,
  steps: readonly Step[],
  encoder: RowEncoder,
  times: BatchTimes,
): Promise<TableReading | undefined> {
  const versions = steps.flatMap(({ version }) => version ?? []);
  if (!layout.versioned || versions.length === 0) return undefined;
  const now = encoder.markValue(new Date(times.batched).toISOString());
  return TableReading.open(transaction, layout, encoder.facts, now, versions);
}

function encodeStep(step: Step, layout: Layout, encoder: RowEncoder, tally: Tally): EncodedStep {
  if (step.kind === 'activate') return step;
  return { kind: 'rows', version: step.version, changes: rowChanges(step.rows, layout, encoder, tally) };
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

async function writeSteps(transaction: Transaction, { layout, steps, reading, tally }: StreamWork): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'activate') await reading?.activate(step.version, tally);
    else if (layout.key.length === 0) await appendRows(transaction, layout, step, reading, tally);
    else await writeRows(transaction, layout, step, reading, tally);
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
