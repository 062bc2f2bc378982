import type { ColumnType } from '../../load/column-type.ts';
import type { UniqueIndex } from '../../load/table.ts';

/** A column as the server has it. */
export interface ShapeColumn {
  readonly name: string;
  /** `undefined` if rows cannot be written to it as they are. */
  readonly type: ColumnType | undefined;
  /** The server's own words: `varchar(255)`. */
  readonly declared: string;
  /** `undefined` for types that are no text. */
  readonly charset: string | undefined;
  readonly collation: string | undefined;
  readonly nullable: boolean;
}

/** What the statements about a table depend on. */
export interface Shape {
  readonly columns: ReadonlyMap<string, ShapeColumn>;
  /** With the columns that stand behind digests. */
  readonly uniqueIndexes: readonly UniqueIndex[];
  /** Columns that are part of the key by a digest of theirs; see `digestName`. */
  readonly digested: ReadonlySet<string>;
  /** See `ServerFacts.exactCollation`. */
  readonly exactCollation: string;
  /** Leftovers of an interrupted change; see `interimName`. */
  readonly interim: ReadonlySet<string>;
}
