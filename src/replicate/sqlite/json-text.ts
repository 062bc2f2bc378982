import { parse, stringify } from 'lossless-json';
import { ExactNumber, type Value } from '../../message/value.ts';

/** JSON in which every number stands with all its digits. */
export function printJson(value: Value): string {
  return (
    stringify(value, undefined, undefined, [
      { test: (item) => item instanceof ExactNumber, stringify: (item) => String(item) },
    ]) ?? 'null'
  );
}

/** The inverse of `printJson`. */
export function parseJson(text: string): Value {
  return parse(text, undefined, parseNumber) as Value;
}

function parseNumber(text: string): Value {
  const number = Number(text);
  if (String(number) === text && (Number.isSafeInteger(number) || !Number.isInteger(number))) return number;
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? number : BigInt(text);
  return String(number) === text ? number : new ExactNumber(text);
}
