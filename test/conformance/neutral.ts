import type { ColumnType } from '../../src/load/column-type.ts';
import { decimalText, exactDouble } from '../../src/load/decimal.ts';
import { timestampText, timeText } from '../../src/load/timestamp.ts';
import { parseJson } from '../../src/message/exact-json.ts';
import { ExactNumber } from '../../src/message/value.ts';
import type { StoredCell } from './database.ts';

/**
 * A cell in a form that is the same for every database: numbers as numbers, or as their digits where a double cannot
 * hold them; instants in UTC; JSON as the value it means; bytes in hexadecimal.
 */
export function neutralCell(cell: StoredCell, type: ColumnType | undefined): unknown {
  if (cell === null) return null;
  if (typeof cell !== 'string') return Buffer.from(cell).toString('hex');
  switch (type) {
    case 'boolean':
      return BOOLEANS.get(cell) ?? cell;
    case 'integer':
    case 'number':
    case 'decimal':
      return exactDouble(cell) ?? decimalText(cell) ?? cell;
    case 'time':
      return timeText(cell) ?? cell;
    case 'timestamp':
      return timestampText(cell) ?? cell;
    case 'json':
      return neutralJson(parseJson(cell));
    default:
      return cell;
  }
}

/** Some databases write large numbers without an exponent. */
function neutralJson(value: unknown): unknown {
  if (typeof value === 'bigint') return exactDouble(String(value)) ?? value;
  if (Array.isArray(value)) return value.map(neutralJson);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, neutralJson(member)]));
}

const BOOLEANS = new Map([
  ['1', true],
  ['0', false],
  ['t', true],
  ['f', false],
  ['true', true],
  ['false', false],
]);
