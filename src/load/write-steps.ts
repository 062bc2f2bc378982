import type { MarkWith, Transaction } from './dialect.ts';
import type { EncodedStep, RowsStep, VersionStep } from './encoded-stream.ts';
import type { Layout } from './layout.ts';
import type { TableReading } from './reading.ts';
import type { Tally } from './report.ts';
import type { WriteRows } from './write-apart.ts';

/** One stream's part of a batch, ready to be written. */
export interface StreamWork {
  readonly layout: Layout;
  readonly steps: readonly EncodedStep[];
  readonly reading: TableReading | undefined;
  /** How rows that are gone are marked; they are removed without it. */
  readonly goneMark: MarkWith | undefined;
  readonly write: WriteRows;
  readonly tally: Tally;
}

/** Rows and versions in the order in which they came. */
export async function writeSteps(transaction: Transaction, work: StreamWork): Promise<void> {
  const { layout, steps, reading } = work;
  await reading?.begin();
  for (const step of steps) {
    if (step.kind !== 'rows') await follow(transaction, work, step);
    else if (layout.key.length === 0) await appendRows(transaction, work, step);
    else await writeRows(transaction, work, step);
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

async function appendRows(
  transaction: Transaction,
  { layout, reading, write, tally }: StreamWork,
  { changes, version }: RowsStep,
): Promise<void> {
  if (reading !== undefined && (await reading.covers(version))) {
    await reading.stage(changes.writes);
    return;
  }
  await write(changes.writes, async (rows) => {
    await transaction.append(layout.target, rows);
    tally.inserted += rows.length;
  });
}

async function writeRows(
  transaction: Transaction,
  { layout: { table, key, mark, target }, reading, write, tally }: StreamWork,
  { changes, version }: RowsStep,
): Promise<void> {
  const gone = (await changes.families?.gone(transaction)) ?? [];
  await write(changes.writes, async (rows) => {
    const { inserted, updated, unchanged } = await transaction.upsert(target, rows);
    tally.inserted += inserted;
    tally.updated += updated;
    tally.unchanged += unchanged;
  });
  const removals = [...changes.removals, ...gone];
  if (removals.length > 0) {
    tally.deleted +=
      mark === undefined
        ? await transaction.remove(table, key, removals)
        : await transaction.mark(table, key, mark, removals);
  }
  if (reading !== undefined && (await reading.covers(version))) await reading.keep(changes.writes);
}
