import type { ColumnType } from './column-type.ts';
import { widest } from './column-type.ts';
import { shortHash } from './naming.ts';
import type { ActualTable, Column, TableName, WantedTable } from './table.ts';

export type Change =
  | { readonly kind: 'create'; readonly columns: readonly Column[] }
  | { readonly kind: 'add'; readonly column: Column }
  | { readonly kind: 'widen'; readonly column: string; readonly from: ColumnType; readonly to: ColumnType }
  | { readonly kind: 'dropKey'; readonly index: string }
  | { readonly kind: 'addKey'; readonly index: string; readonly columns: readonly string[] }
  /** Only of tables that a loader made for itself and needs no more. */
  | { readonly kind: 'drop' };

/** What turns a table into what its stream wants, in order. No column is ever narrowed, renamed or dropped (invariant 7). */
export interface Plan {
  readonly table: TableName;
  readonly changes: readonly Change[];
}

/** A column whose database type no loader can write to. */
export interface Unfit {
  readonly column: string;
  readonly declared: string;
  readonly wanted: ColumnType;
}

export interface Comparison {
  readonly plan: Plan;
  /** The columns as they will be: wider than wanted where the table already is. */
  readonly columns: readonly Column[];
  readonly unfit: readonly Unfit[];
}

/** Columns are matched by exact name: how names come about and what clashes is settled before (see `nameColumns`). */
export function compare(actual: ActualTable | undefined, wanted: WantedTable): Comparison {
  if (actual === undefined) return creation(wanted);
  const present = new Map(actual.columns.map((column) => [column.name, column]));
  const changes: Change[] = [];
  const columns: Column[] = [];
  const unfit: Unfit[] = [];
  for (const column of wanted.columns) {
    const existing = present.get(column.name);
    if (existing === undefined) {
      changes.push({ kind: 'add', column });
      columns.push(column);
    } else if (existing.type === undefined) {
      unfit.push({ column: column.name, declared: existing.declared, wanted: column.type });
    } else {
      const to = widest(existing.type, column.type);
      if (to !== existing.type) changes.push({ kind: 'widen', column: column.name, from: existing.type, to });
      columns.push({ ...column, type: to });
    }
  }
  changes.push(...keyChanges(actual, wanted));
  return { plan: { table: wanted.name, changes }, columns, unfit };
}

/** The name of the unique index that we make for a key; it tells our own indexes from those of others. */
export function keyIndexName(table: TableName, columns: readonly string[]): string {
  return `key_${shortHash(JSON.stringify([table.schema, table.name, ...columns]))}`;
}

function creation(wanted: WantedTable): Comparison {
  const changes: Change[] = [{ kind: 'create', columns: wanted.columns }];
  if (wanted.key.length > 0) changes.push(addKey(wanted));
  return { plan: { table: wanted.name, changes }, columns: wanted.columns, unfit: [] };
}

function keyChanges(actual: ActualTable, wanted: WantedTable): Change[] {
  const changes: Change[] = [];
  for (const { name, columns } of actual.uniqueIndexes) {
    const ours = name !== undefined && name === keyIndexName(wanted.name, columns);
    if (ours && !sameColumns(columns, wanted.key)) changes.push({ kind: 'dropKey', index: name });
  }
  const present = actual.uniqueIndexes.some(({ columns }) => sameColumns(columns, wanted.key));
  if (wanted.key.length > 0 && !present) changes.push(addKey(wanted));
  return changes;
}

function addKey({ name, key }: WantedTable): Change {
  return { kind: 'addKey', index: keyIndexName(name, key), columns: key };
}

/** In any order. */
export function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}
