import type { Cells, Transaction } from './dialect.ts';
import { RefusedRow } from './refused-row.ts';

/** Writes rows of one stream, in their order; `write` may be given them in several portions. */
export type WriteRows = <R extends Cells>(
  rows: readonly R[],
  write: (portion: readonly R[]) => Promise<void>,
) => Promise<void>;

export const writeTogether: WriteRows = (rows, write) => write(rows);

/**
 * Writes all rows but those that the database refuses, which are found by halves: of a thousand rows of which one is
 * refused, each is written about twice and none of them alone.
 *
 * @param refuse may throw, which ends the transaction
 */
export function writeApart(transaction: Transaction, refuse: (row: Cells, why: RefusedRow) => void): WriteRows {
  return async function part(rows, write) {
    if (rows.length === 0) return;
    try {
      await transaction.attempt(() => write(rows));
    } catch (error) {
      const [only] = rows;
      if (!(error instanceof RefusedRow) || only === undefined) throw error;
      if (rows.length === 1) return refuse(only, error);
      const middle = Math.ceil(rows.length / 2);
      await part(rows.slice(0, middle), write);
      await part(rows.slice(middle), write);
    }
  };
}
