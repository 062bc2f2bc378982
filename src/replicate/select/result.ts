import type { QueryColumn } from '../query.ts';

export interface ResultColumn extends QueryColumn {
  /** Its place among the columns before INCLUDE and EXCLUDE. */
  readonly index: number;
}

export interface Result {
  readonly columns: readonly ResultColumn[];
  /** Names of result columns. */
  readonly keyProperties: readonly string[];
}
