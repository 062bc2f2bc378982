import type { Row } from '../message/value.ts';
import type { ColumnType } from './column-type.ts';
import type { Plan } from './evolution.ts';
import type { NameRules } from './naming.ts';
import type { Rows } from './rows/rows.ts';
import type { ActualTable, TableName } from './table.ts';

/** A value as it goes to the driver. */
export type Cell = null | boolean | number | bigint | string | Uint8Array;

/** One row in the order of its columns. */
export type Cells = readonly Cell[];

/** What the engine has to know about a database. It never asks which one it talks to. */
export interface Facts {
  readonly names: NameRules;
  /** Whether a column of type `number` keeps integers of more than 53 bits and decimals digit for digit. */
  readonly exactNumbers: boolean;
  /** Present where text cannot have NUL characters; they are removed, also within JSON, and counted (invariant 4). */
  readonly refusesNul?: true;
  /** How the driver wants the values of a type, where it is not as `convert` makes them. */
  readonly encode: Readonly<Partial<Record<ColumnType, (cell: Cell) => Cell>>>;
}

/** One kind of database: facts, pure functions that return text, and a driver. */
export interface Dialect<Settings> {
  readonly name: string;
  readonly facts: Facts;
  /** The statements of a plan, as a dry run prints them. */
  render(plan: Plan): readonly string[];
  connect(settings: Settings): Promise<Session>;
}

/** A connection. Transactions of all who share it run one after the other. */
export interface Session extends AsyncDisposable {
  readonly facts: Facts;
  /**
   * Commits when `work` resolves; nothing of it stays when it rejects. `work` may be run again from its start when others
   * got in its way (a deadlock, a lost connection), so it must not change anything but by the transaction.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * The rows of a table of which `which` leaves few (all, without it), `undefined` if there is no such table. Columns
   * that it lacks are left out.
   */
  readTable(table: TableName, columns: readonly string[], which?: Condition): Promise<readonly Row[] | undefined>;
}

/** Rows whose text column has this value. */
export interface Condition {
  readonly column: string;
  readonly is: string;
}

export interface WriteTarget {
  readonly table: TableName;
  readonly columns: readonly string[];
  /** Names of key columns, all of them among `columns`. */
  readonly key: readonly string[];
  /** The columns whose difference makes a row a changed one. */
  readonly compared: readonly string[];
}

export interface WriteCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Marks rows as deleted instead of removing them. */
export interface Mark {
  readonly column: string;
  /** The value of rows that are not deleted; NULL counts as this too. */
  readonly unset: Cell;
}

export interface MarkWith extends Mark {
  readonly value: Cell;
}

/** Some columns and the values that rows must have in them; NULL is equal to NULL. */
export interface Within {
  readonly columns: readonly string[];
  readonly values: Cells;
}

/** All rows, or those whose key is, or is not, in a table of keys; `within` leaves of them those with some values. */
export type Selection = (
  | { readonly kind: 'all' }
  | { readonly kind: 'listed' | 'unlisted'; readonly list: TableName; readonly key: readonly string[] }
) & { readonly within?: Within };

export const ALL_ROWS: Selection = { kind: 'all' };

/** What it takes to make a table fit. */
export type TableChanger = Pick<Transaction, 'describe' | 'apply' | 'holdsLongIntegers'>;

/**
 * What the engine does within one transaction. All `apply` come before the first change of rows, so that databases
 * that commit at each change of a table stay safe. Keys compare with NULL equal to NULL.
 */
export interface Transaction {
  /**
   * Runs a part of the transaction that may fail by itself: when the database refuses a row, what the part did is undone
   * and the transaction goes on. Anything else ends the transaction. Parts are not nested.
   *
   * @throws RefusedRow
   */
  attempt(part: () => Promise<void>): Promise<void>;
  describe(table: TableName): Promise<ActualTable | undefined>;
  apply(plan: Plan): Promise<void>;
  /** See `Session.readTable`. */
  read(table: TableName, columns: readonly string[]): Promise<readonly Row[] | undefined>;
  /** How many rows there are, marked ones among them. */
  count(table: TableName): Promise<number>;
  /** Whether an integer column has values that a double cannot hold. */
  holdsLongIntegers(table: TableName, column: string): Promise<boolean>;
  append(target: WriteTarget, rows: Rows): Promise<void>;
  /** No two of the rows have the same key. Rows that are there and equal are left alone. */
  upsert(target: WriteTarget, rows: Rows): Promise<WriteCounts>;
  /**
   * The keys of all rows whose `columns`, most often some of the key's, have the values of one of the parents; as they
   * were written.
   */
  keysUnder(
    table: TableName,
    key: readonly string[],
    columns: readonly string[],
    parents: readonly Cells[],
  ): Promise<readonly Cells[]>;
  /** Removes the rows with these keys and tells how many there were. */
  remove(table: TableName, key: readonly string[], keys: readonly Cells[]): Promise<number>;
  /** Each row is a key followed by the mark's value. Rows that are marked already keep their mark. */
  mark(table: TableName, key: readonly string[], mark: Mark, rows: readonly Cells[]): Promise<number>;
  /** Removes, or marks, the selected rows and tells how many. Marked rows keep their mark. */
  sweep(table: TableName, rows: Selection, mark: MarkWith | undefined): Promise<number>;
  /** Moves all rows from one table to another one and tells how many. */
  move(from: TableName, to: TableName, columns: readonly string[]): Promise<number>;
}
