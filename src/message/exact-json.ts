import { parse, stringify } from 'lossless-json';
import { ExactNumber, type Value } from './value.ts';

/**
 * Finds texts with a number that `JSON.parse` might change: sixteen digits or more, or an exponent of three digits or
 * more. A number stands first or follows `:`, `,` or `[`, which keeps long digit runs inside strings from matching.
 */
const LONG_NUMBER = /(?:^|[:,[])\s*-?\d(?:[\d.]{15,}|[\d.]*[eE][+-]?\d{3})/;

const INTEGER = /^-?\d+$/;
const MOST_SAFE_DIGITS = 15;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * Parses one JSON text without losing a digit: an integer beyond 2^53 becomes a `bigint`, any other number that a
 * double cannot hold an `ExactNumber`. Texts without such numbers, nearly all, take the built-in parser.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

/** The JSON text of a value, with the own digits of `bigint` and `ExactNumber`. */
export function formatJson(value: unknown): string {
  return holdsExact(value) ? (stringify(value, undefined, undefined, [EXACT_NUMBER]) ?? 'null') : JSON.stringify(value);
}

const EXACT_NUMBER = {
  test: (value: unknown) => value instanceof ExactNumber,
  stringify: String,
};

function parseNumber(text: string): Value {
  const number = Number(text);
  if (INTEGER.test(text)) return Number.isSafeInteger(number) ? number : BigInt(text);
  return holdsAllDigits(number, text) ? number : new ExactNumber(text);
}

function holdsAllDigits(number: number, text: string): boolean {
  if (String(number) === text) return true;
  if (!Number.isFinite(number)) return false;
  const digits = significantDigits(text);
  if (digits === 0) return true;
  return digits <= MOST_SAFE_DIGITS && Math.abs(number) >= SMALLEST_NORMAL;
}

function significantDigits(text: string): number {
  const [mantissa = ''] = text.split(/[eE]/);
  return mantissa.replace(/[-.]/g, '').replace(/^0+/, '').length;
}

function holdsExact(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof ExactNumber) return true;
  return Array.isArray(value) ? value.some(holdsExact) : anyProperty(value, holdsExact);
}

function anyProperty(object: object, test: (value: unknown) => boolean): boolean {
  for (const key in object) {
    if (test((object as Record<string, unknown>)[key])) return true;
  }
  return false;
}
