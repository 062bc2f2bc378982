import type { ColumnType } from '../../../load/column-type.ts';
import { CONVERTERS } from '../../../load/convert.ts';
import type { Cell } from '../../../load/dialect.ts';
import { ExactNumber, type Value } from '../../../message/value.ts';

/** A stored value as the wider type writes it. What no column of the old type should hold stays as it is. */
export function widened(cell: Cell, from: ColumnType, to: ColumnType): Cell {
  if (cell === null) return cell;
  return CONVERTERS[to](cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : storedValue(cell, from));
}

function storedValue(cell: string | number | bigint | boolean, from: ColumnType): Value {
  if (from === 'boolean' && typeof cell === 'bigint') return cell === 0n || cell === 1n ? cell === 1n : cell;
  return from === 'decimal' && typeof cell === 'string' ? new ExactNumber(cell) : cell;
}
