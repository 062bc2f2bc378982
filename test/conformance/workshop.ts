import { onTestFinished } from 'vitest';
import type { ColumnType } from '../../src/load/column-type.ts';
import type { Cells, Session } from '../../src/load/dialect.ts';
import type { LoadReport } from '../../src/load/report.ts';
import { CellRows } from '../../src/load/rows/cell-rows.ts';
import type { LoadSettings } from '../../src/load/settings.ts';
import type { ActualTable } from '../../src/load/table.ts';
import { formatJson } from '../../src/message/exact-json.ts';
import type { Incoming } from '../../src/singer/read-messages.ts';
import { type HeldClock, load, startLoad, type TestLoad } from '../load/load-fixture.ts';
import type { Differences, Place, RunningDatabase } from './database.ts';
import { neutralCell } from './neutral.ts';

export type NeutralRow = Readonly<Record<string, unknown>>;

/** What a behaviour works with: an empty place in a database, a way to load into it and a way to look at it. */
export interface Workshop {
  readonly session: Session;
  readonly differences: Differences;
  load(
    messages: readonly Incoming[],
    settings?: Partial<LoadSettings>,
    clock?: HeldClock,
  ): Promise<LoadReport & { readonly states: unknown[] }>;
  start(settings?: Partial<LoadSettings>, clock?: HeldClock): TestLoad;
  /** Settings that name tables of their own, put into the place. */
  setting(settings: Partial<LoadSettings>): Partial<LoadSettings>;
  /** The rows of a table in a neutral form, ordered by their columns from left to right. */
  rows(table: string): Promise<readonly NeutralRow[]>;
  /** The values of one column, in the order of the rows. */
  column(table: string, name: string): Promise<readonly unknown[]>;
  types(table: string): Promise<Readonly<Record<string, ColumnType | undefined>>>;
  tables(): Promise<readonly string[]>;
  /** How many rows another connection sees now. */
  count(table: string): Promise<number>;
  /** Runs a statement as somebody else would. */
  execute(sql: string): Promise<void>;
  /** Adds rows as somebody else would. */
  insert(table: string, columns: readonly string[], rows: readonly Cells[]): Promise<void>;
}

/** Opens a workshop that is closed when its test is over. */
export type OpenWorkshop = () => Promise<Workshop>;

export async function openWorkshop(database: RunningDatabase, differences: Differences): Promise<Workshop> {
  const place = await database.open();
  onTestFinished(() => place.close());
  return workshopIn(place, differences);
}

function workshopIn(place: Place, differences: Differences): Workshop {
  const { session } = place;
  const tableOf = (name: string) => (place.schema === undefined ? { name } : { schema: place.schema, name });
  const describe = (table: string): Promise<ActualTable | undefined> =>
    session.transaction((transaction) => transaction.describe(tableOf(table)));
  const typesOf = async (table: string) =>
    Object.fromEntries((await describe(table))?.columns.map(({ name, type }) => [name, type]) ?? []);
  const rowsOf = async (table: string) => {
    const types = await typesOf(table);
    const stored = await place.stored(table);
    const neutral = stored.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, neutralCell(cell, types[name])])),
    );
    return inOrder(neutral);
  };
  return {
    session,
    differences,
    load: (messages, settings, clock) => load(session, messages, { tableOf, ...settings }, clock),
    start: (settings, clock) => startLoad(session, { tableOf, ...settings }, clock),
    setting: ({ rejects, ...others }) => ({
      ...others,
      ...(rejects === undefined ? {} : { rejects: { ...rejects, table: tableOf(rejects.table.name) } }),
    }),
    rows: rowsOf,
    column: async (table, name) => (await rowsOf(table)).map((row) => row[name]),
    types: typesOf,
    tables: () => place.tables(),
    count: async (table) => (await place.stored(table)).length,
    execute: (sql) => place.execute(sql),
    insert: (table, columns, rows) =>
      session.transaction((transaction) =>
        transaction.append({ table: tableOf(table), columns, key: [], compared: [] }, new CellRows(rows)),
      ),
  };
}

/** Rows by their columns from left to right. */
export function inOrder(rows: readonly NeutralRow[]): readonly NeutralRow[] {
  return [...rows].sort(byColumns);
}

function byColumns(left: NeutralRow, right: NeutralRow): number {
  for (const name in left) {
    const order = compareCells(left[name], right[name]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareCells(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [formatJson(left), formatJson(right)];
  return a < b ? -1 : Number(a > b);
}
