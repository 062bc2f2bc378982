import type { Row } from '../message/value.ts';
import type { DataError } from '../runtime/errors.ts';
import type { Facts, Transaction, WriteTarget } from './dialect.ts';
import { compare } from './evolution.ts';
import { jsonText } from './json-text.ts';
import { encodeCell } from './layout.ts';
import { CellRows } from './rows/cell-rows.ts';
import type { RejectSettings } from './settings.ts';
import { type Column, fitTable } from './table.ts';
import { timestampText } from './timestamp.ts';

/** A row that was put aside, and why. */
export interface Reject {
  readonly stream: string;
  readonly record: Row;
  readonly reason: DataError;
}

const COLUMNS: readonly Column[] = [
  { name: 'stream', type: 'text' },
  { name: 'record', type: 'json' },
  { name: 'code', type: 'text' },
  { name: 'path', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'rejected_at', type: 'timestamp' },
];

/** The rows of one batch that are put aside. */
export class Rejects {
  readonly #room: number;
  readonly #list: Reject[] = [];

  /** @param room how many more of them there may be in this run */
  constructor(room: number) {
    this.#room = room;
  }

  get list(): readonly Reject[] {
    return this.#list;
  }

  /** Throws the reason if there is no room for another one. */
  add(reject: Reject): void {
    if (this.#list.length >= this.#room) throw reject.reason;
    this.#list.push(reject);
  }
}

/** Makes the table of rejects, if there is none; before any row is written. */
export async function prepareRejects(
  transaction: Transaction,
  { table }: RejectSettings,
  facts: Facts,
): Promise<WriteTarget> {
  const name = fitTable(table, facts.names);
  const { plan } = compare(await transaction.describe(name), { name, columns: COLUMNS, key: [] });
  if (plan.changes.length > 0) await transaction.apply(plan);
  return { table: name, columns: COLUMNS.map((column) => column.name), key: [], compared: [] };
}

/** @param now in milliseconds */
export async function writeRejects(
  transaction: Transaction,
  target: WriteTarget,
  rejects: readonly Reject[],
  facts: Facts,
  now: number,
): Promise<void> {
  const at = timestampText(new Date(now).toISOString()) ?? null;
  const rows = rejects.map(({ stream, record, reason }) => {
    const cells = [stream, jsonText(record), reason.code, reason.path ?? null, reason.message, at];
    return cells.map((cell, place) => encodeCell(COLUMNS[place]?.type ?? 'text', cell, facts));
  });
  await transaction.append(target, new CellRows(rows));
}
