import type { Cells, Transaction } from './dialect.ts';
import { RefusedRow } from './refused-row.ts';
import { CellRows } from './rows/cell-rows.ts';
import type { Rows } from './rows/rows.ts';

/** Writes rows of one stream, in their order; `write` may be given them in several portions. */
export type WriteRows = (rows: Rows, write: (portion: Rows) => Promise<void>) => Promise<void>;

export const writeTogether: WriteRows = (rows, write) => write(rows);

/**
 * Writes all rows but those that the database refuses, which are found by halves: of a thousand rows of which one is
 * refused, each is written about twice and none of them alone.
 *
 * @param refuse may throw, which ends the transaction
 */
export function writeApart(transaction: Transaction, refuse: (row: Cells, why: RefusedRow) => void): WriteRows {
  return async function all(rows, write) {
    async function part(cells: readonly Cells[]): Promise<void> {
      const [only] = cells;
      if (only === undefined) return;
      try {
        await transaction.attempt(() => write(new CellRows(cells)));
      } catch (error) {
        if (!(error instanceof RefusedRow)) throw error;
        if (cells.length === 1) return refuse(only, error);
        const middle = Math.ceil(cells.length / 2);
        await part(cells.slice(0, middle));
        await part(cells.slice(middle));
      }
    }
    await part(rows.cells());
  };
}
