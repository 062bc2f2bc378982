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
  return String(value) === text || holdsAllDigits(value, text) ? value : new ExactNumber(text);
}

function holdsAllDigits(value: number, text: string): boolean {
  const [mantissa = ''] = text.split(/e/i);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  const vanished = value === 0 && digits !== '';
  return Number.isFinite(value) && !vanished && digits.length <= 15;
}
