import type { Text } from '../runtime/text.ts';
import type { Position } from './source-text.ts';

/** `catalog.schema.name`, of which only the name is needed. */
export interface QualifiedName {
  readonly catalog?: string;
  readonly schema?: string;
  readonly name: string;
}

export interface ColumnDefinition {
  readonly name: string;
  /** As written, in upper case and with single blanks: `VARCHAR`, `DOUBLE PRECISION`. */
  readonly type: string;
  /** The numbers in brackets behind the type: length, or precision and scale. */
  readonly typeArguments: readonly number[];
}

/** The columns that a statement lists for its destination table. */
export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  /** Empty if the statement names no key: then the source decides. */
  readonly primaryKey: readonly string[];
}

export type OptionValue = string | number | boolean;

/** One `REPLICATE …` of a query file. Exactly one of `select` and `source` is there. */
export interface ReplicateStatement {
  /** Of the file it stands in. */
  readonly path: string;
  /** As written, from the keyword to the last character before the semicolon. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly destination: QualifiedName;
  readonly definition?: TableDefinition;
  /** Names as written; only these columns are wanted. */
  readonly include?: readonly string[];
  /** Names as written; these columns are not wanted. */
  readonly exclude?: readonly string[];
  /** By the name as CData spells it, whatever its case in the file; see `with-options.ts`. */
  readonly options: ReadonlyMap<string, OptionValue>;
  /** The SELECT as written, and where it begins. */
  readonly select?: string;
  readonly selectAt?: Position;
  /** The table to copy, as written: the destination's own name if the statement names no other. */
  readonly source?: string;
  readonly sourceAt?: Position;
  /** What the statement asks for that has no effect here. */
  readonly notices: readonly Text[];
}
