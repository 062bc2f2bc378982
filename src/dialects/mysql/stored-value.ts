import type { ColumnType } from '../../load/column-type.ts';
import type { Cell } from '../../load/dialect.ts';
import type { Value } from '../../message/value.ts';

/** What the driver gave for a column, as the loader wrote it. */
export function storedCell(given: unknown, type: ColumnType | undefined): Cell {
  if (given === null || given === undefined) return null;
  if (given instanceof Uint8Array) return given;
  const text = String(given);
  switch (type) {
    case 'boolean':
    case 'number':
      return Number(text);
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
    case 'decimal':
    case 'time':
    case 'timestamp':
      return withoutZeros(text);
    default:
      return text;
  }
}

/** The same as a value of a message. */
export function storedValue(given: unknown, type: ColumnType | undefined): Value {
  const cell = storedCell(given, type);
  if (cell === null || cell instanceof Uint8Array) return null;
  if (type === 'boolean') return cell !== 0;
  if (type === 'json') return JSON.parse(String(cell)) as Value;
  return type === 'timestamp' ? `${String(cell).replace(' ', 'T')}Z` : cell;
}

/** Of a fraction, without the zeros that fill the column's digits. */
function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
