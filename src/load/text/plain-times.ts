import { COLON, MINUS, NINE, ZERO } from './characters.ts';

const CAPITAL_T = 0x54;
const CAPITAL_Z = 0x5a;

/** Whether this is a date as nearly all are, `YYYY-MM-DD`, which every converter leaves as it is. */
export function isPlainDate(bytes: Buffer, start: number, end: number): boolean {
  return end - start === 10 && startsWithDate(bytes, start);
}

/** The same of an instant: `YYYY-MM-DDTHH:MM:SSZ`. */
export function isPlainInstant(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start === 20 &&
    bytes[start + 10] === CAPITAL_T &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON &&
    bytes[start + 19] === CAPITAL_Z &&
    startsWithDate(bytes, start) &&
    twoDigits(bytes, start + 11) < 24 &&
    twoDigits(bytes, start + 14) < 60 &&
    twoDigits(bytes, start + 17) < 60
  );
}

/** Days that not every month has are left to those who know the calendar, and so are the first hundred years. */
function startsWithDate(bytes: Buffer, start: number): boolean {
  const century = twoDigits(bytes, start);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  return (
    bytes[start + 4] === MINUS &&
    bytes[start + 7] === MINUS &&
    century > 0 &&
    century < NO_DIGITS &&
    twoDigits(bytes, start + 2) < NO_DIGITS &&
    month > 0 &&
    month <= 12 &&
    day > 0 &&
    day <= 28
  );
}

const NO_DIGITS = 100;

function twoDigits(bytes: Buffer, start: number): number {
  const first = bytes[start] ?? 0;
  const second = bytes[start + 1] ?? 0;
  if (first < ZERO || first > NINE || second < ZERO || second > NINE) return NO_DIGITS;
  return 10 * (first - ZERO) + (second - ZERO);
}
