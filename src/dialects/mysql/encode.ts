import type { ColumnType } from '../../load/column-type.ts';
import { Misfit } from '../../load/convert.ts';
import type { Cell } from '../../load/dialect.ts';

/** How values look in the server's columns. What no column of the type holds exactly asks for text (invariant 7). */
export const ENCODE: Readonly<Partial<Record<ColumnType, (cell: Cell) => Cell>>> = {
  boolean: (cell) => (cell === true ? 1 : 0),
  decimal: (cell) => fitting(DECIMAL, cell),
  time: (cell) => fitting(TIME, cell),
  timestamp: (cell) => fitting(INSTANT, cell).slice(0, -1).replace('T', ' '),
};

/** DECIMAL(65,30): 35 digits before the point, 30 after it. */
const DECIMAL = /^-?\d{1,35}(?:\.\d{1,30})?$/;
const TIME = /^\d\d:\d\d:\d\d(?:\.\d{1,6})?$/;
const INSTANT = /^[^.]*(?:\.\d{1,6})?Z$/;

function fitting(pattern: RegExp, cell: Cell): string {
  const text = String(cell);
  if (!pattern.test(text)) throw new Misfit('text');
  return text;
}
