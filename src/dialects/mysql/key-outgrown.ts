import type { TableName } from '../../load/table.ts';

/** Thrown when a key is too long for its columns; the table is changed then and the transaction run again. */
export class KeyOutgrown extends Error {
  readonly table: TableName;
  readonly columns: readonly string[];

  constructor(table: TableName, columns: readonly string[]) {
    super('A key is too long for its column.');
    this.table = table;
    this.columns = columns;
  }
}
