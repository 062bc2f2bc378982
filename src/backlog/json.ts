import { parse } from 'lossless-json';
import { ExactNumber } from '../message/value.ts';

/** Sixteen digits or more, or an exponent, where a number may stand; a match within a string costs time only. */
const SUSPICIOUS = /(?:^|[[:,\s])-?(?:[\d.]{16,}|\d[\d.]*[eE][+-]?\d)/;

/**
 * Decodes JSON without losing a digit: an integer that a number cannot hold becomes a `bigint`, another number that
 * it cannot hold an `ExactNumber`. Throws a SyntaxError like `JSON.parse`.
 */
export function decodeJson(text: string): unknown {
  return SUSPICIOUS.test(text)
    ? parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
    : JSON.parse(text);
}

function parseNumber(text: string): number | bigint | ExactNumber {
  const value = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value) ? value : BigInt(text);
  const [mantissa = ''] = text.split(/[eE]/);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  const vanishes = value === 0 && digits !== '';
  return digits.length > 15 || !Number.isFinite(value) || vanishes ? new ExactNumber(text) : value;
}
