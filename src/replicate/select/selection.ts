import type { Row } from '../../message/value.ts';
import type { QueryColumn } from '../query.ts';
import type { Cell } from '../sqlite/cell.ts';
import type { SourceTable } from './source-table.ts';

/** What a statement selects, before INCLUDE, EXCLUDE and column definitions are applied. */
export interface Selection {
  /** All tables on offer. */
  readonly tables: readonly SourceTable[];
  /** Those that are read. */
  readonly reads: readonly SourceTable[];
  readonly columns: readonly QueryColumn[];
  /** As SQLite understands it. */
  readonly sql: string;
  /** Whether each row of the one table becomes one row of the result or none, whatever the others are. */
  readonly rowWise: boolean;
  /** Of a row-wise selection that has a condition or computes something. */
  readonly evaluator?: RowEvaluator;
}

export interface RowEvaluator {
  /** The cells of the result's row; undefined if the condition turns the row away. */
  evaluate(row: Row): readonly Cell[] | undefined;
  close(): void;
}
