import { decimalText, exactDouble } from '../../load/decimal.ts';
import type { Cell } from '../../load/dialect.ts';
import { formatJson, parseJson } from '../../message/exact-json.ts';
import { ExactNumber, type Value } from '../../message/value.ts';

/** The OIDs of the built-in types, which never change. */
const BOOLEAN = 16;
const BYTEA = 17;
const INTEGERS: readonly number[] = [20, 21, 23];
const FLOATS: readonly number[] = [700, 701];
const TIMESTAMPS: readonly number[] = [1114, 1184];
const NUMERIC = 1700;
const JSONB = 3802;

/** A value as the loader would write it, out of the server's text. */
export function readCell(text: string | null, type: number): Cell {
  if (text === null) return null;
  if (INTEGERS.includes(type)) return shortInteger(text);
  if (FLOATS.includes(type)) return Number(text);
  if (TIMESTAMPS.includes(type)) return timestampText(text);
  if (type === BOOLEAN) return text === 't';
  if (type === NUMERIC) return decimalText(text) ?? text;
  if (type === JSONB) return formatJson(parseJson(text));
  return type === BYTEA ? Buffer.from(text.slice(2), 'hex') : text;
}

/** A value as it would stand in a message. */
export function readValue(text: string | null, type: number): Value {
  if (text !== null && type === JSONB) return parseJson(text) as Value;
  if (text !== null && type === NUMERIC) return numberOf(text);
  const cell = readCell(text, type);
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell;
}

function shortInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** From `2026-01-02 03:00:00.5+00`, as a session of time zone UTC writes it; without an offset it is in UTC as well. */
function timestampText(text: string): string {
  return `${text.replace(' ', 'T').replace(/\+00$/, '')}Z`;
}

function numberOf(text: string): Value {
  const digits = decimalText(text) ?? text;
  const double = exactDouble(digits);
  if (double !== undefined && (Number.isSafeInteger(double) || !Number.isInteger(double))) return double;
  return /^-?\d+$/.test(digits) ? BigInt(digits) : new ExactNumber(digits);
}
