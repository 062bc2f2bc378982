import type { ColumnType } from './column-type.ts';
import { fitName, type NameRules } from './naming.ts';

export interface TableName {
  /** Databases without schemas make it a part of the name: `schema.name`. */
  readonly schema?: string;
  readonly name: string;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What the rows that are there already get when the column is added. NULL if absent. */
  readonly fill?: false;
}

/** A table as its stream wants it. */
export interface WantedTable {
  readonly name: TableName;
  readonly columns: readonly Column[];
  /** Names of columns. Empty: rows are only appended. */
  readonly key: readonly string[];
}

/** A column as it stands in the database. */
export interface ActualColumn {
  readonly name: string;
  /** Absent if the database's type is none that a loader could write to. */
  readonly type: ColumnType | undefined;
  /** The database's own words for it. */
  readonly declared: string;
}

export interface UniqueIndex {
  /** Absent if it belongs to a constraint and cannot be dropped by itself. */
  readonly name: string | undefined;
  readonly columns: readonly string[];
}

/** A table as it stands in the database. */
export interface ActualTable {
  readonly columns: readonly ActualColumn[];
  readonly uniqueIndexes: readonly UniqueIndex[];
}

/** The name within the limits of the database; what is too long ends in a hash of the whole. */
export function fitTable({ schema, name }: TableName, rules: NameRules): TableName {
  const own = rules.tables ?? rules;
  const fitted = fitName(name, own);
  return schema === undefined ? { name: fitted } : { schema: fitName(schema, own), name: fitted };
}

export function displayName(table: TableName): string {
  return table.schema === undefined ? table.name : `${table.schema}.${table.name}`;
}
