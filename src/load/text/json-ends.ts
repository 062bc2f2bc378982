import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  MINUS,
  NINE,
  OPEN_LIST,
  OPEN_OBJECT,
  PLUS,
  POINT,
  QUOTE,
  SMALL_E,
  SMALL_F,
  SMALL_N,
  SMALL_T,
  SPACE,
  TAB,
  ZERO,
} from './characters.ts';

/**
 * Where a JSON value ends that begins at a given place of a text in UTF-8, as a signed place: positive if the text between
 * is what `JSON.stringify` would print of the value, negative if it is valid in form but has to be parsed to be known, and
 * `INVALID` if it is not valid, or nested too deep to be told. Nothing is ever created, which is what makes it fast.
 */
export const INVALID = 0;

/** A double keeps every decimal of so many digits. */
const MOST_DIGITS = 15;
const DEEPEST = 100;

/** By how they begin. */
const WORDS: Readonly<Record<number, Buffer>> = {
  [SMALL_N]: Buffer.from('null'),
  [SMALL_T]: Buffer.from('true'),
  [SMALL_F]: Buffer.from('false'),
};

/** Escapes that `JSON.stringify` writes as they are. */
const PLAIN_ESCAPES = /^(?:[^\\]|\\["\\bfnrt])*$/;

/** Of a string; positive only if it has no escapes. */
export function endOfString(bytes: Buffer, start: number): number {
  let sign = 1;
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return sign * (at + 1);
    if (byte < SPACE) return INVALID;
    if (byte !== BACKSLASH) continue;
    sign = -1;
    at += 1;
  }
  return INVALID;
}

/** Of a number; positive only if it has at most fifteen digits, no exponent, and no zero that could be left out. */
export function endOfNumber(bytes: Buffer, start: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  const whole = endOfDigits(bytes, first);
  const startsWithZero = bytes[first] === ZERO;
  if (whole === first || (startsWithZero && whole > first + 1)) return INVALID;
  const end = bytes[whole] === POINT ? endOfFraction(bytes, whole, startsWithZero) : whole;
  if (end === INVALID) return INVALID;
  const at = Math.abs(end);
  if (((bytes[at] ?? 0) | SPACE) === SMALL_E) return endOfExponent(bytes, at);
  const isMinusZero = first > start && startsWithZero && at === whole;
  return isMinusZero || at - first > MOST_DIGITS ? -at : end;
}

/** Numbers near zero are printed with an exponent. */
function endOfFraction(bytes: Buffer, point: number, startsWithZero: boolean): number {
  const end = endOfDigits(bytes, point + 1);
  if (end === point + 1) return INVALID;
  const isSmall = startsWithZero && bytes[point + 1] === ZERO;
  return isSmall || bytes[end - 1] === ZERO ? -end : end;
}

function endOfExponent(bytes: Buffer, start: number): number {
  const sign = bytes[start + 1];
  const first = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  const end = endOfDigits(bytes, first);
  return end === first ? INVALID : -end;
}

function endOfDigits(bytes: Buffer, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at += 1;
  return at;
}

/** Of `true`, `false` or `null`. */
export function endOfWord(bytes: Buffer, start: number): number {
  const word = WORDS[bytes[start] ?? 0];
  return word !== undefined && standsAt(bytes, start, word) ? start + word.length : INVALID;
}

/** Of a value of any kind. */
export function endOfValue(bytes: Buffer, start: number, depth = 0): number {
  switch (bytes[start]) {
    case QUOTE:
      return endOfInnerString(bytes, start);
    case OPEN_OBJECT:
      return depth > DEEPEST ? INVALID : endOfMembers(bytes, start, depth, CLOSE_OBJECT, endOfProperty);
    case OPEN_LIST:
      return depth > DEEPEST ? INVALID : endOfMembers(bytes, start, depth, CLOSE_LIST, endOfValue);
    case SMALL_T:
    case SMALL_F:
    case SMALL_N:
      return endOfWord(bytes, start);
    default:
      return endOfNumber(bytes, start);
  }
}

/** Within a nested value, escapes that are always needed stay as they are. */
function endOfInnerString(bytes: Buffer, start: number): number {
  const end = endOfString(bytes, start);
  return end < 0 && PLAIN_ESCAPES.test(bytes.toString('latin1', start, -end)) ? -end : end;
}

type EndOf = (bytes: Buffer, start: number, depth: number) => number;

function endOfMembers(bytes: Buffer, start: number, depth: number, close: number, endOfMember: EndOf): number {
  let at = afterSpace(bytes, start + 1);
  let isPlain = at === start + 1;
  if (bytes[at] === close) return signed(at + 1, isPlain);
  for (;;) {
    const end = endOfMember(bytes, at, depth + 1);
    if (end === INVALID) return INVALID;
    const behind = afterSpace(bytes, Math.abs(end));
    const next = bytes[behind];
    isPlain = isPlain && behind === end;
    if (next === close) return signed(behind + 1, isPlain);
    if (next !== COMMA) return INVALID;
    at = afterSpace(bytes, behind + 1);
    isPlain = isPlain && at === behind + 1;
  }
}

/** JavaScript puts properties first whose names look like numbers. */
function endOfProperty(bytes: Buffer, start: number, depth: number): number {
  if (bytes[start] !== QUOTE) return INVALID;
  const name = endOfInnerString(bytes, start);
  if (name === INVALID) return INVALID;
  const colon = afterSpace(bytes, Math.abs(name));
  if (bytes[colon] !== COLON) return INVALID;
  const value = afterSpace(bytes, colon + 1);
  const end = endOfValue(bytes, value, depth);
  if (end <= 0) return end;
  return signed(end, name === colon && value === colon + 1 && !isDigit(bytes[start + 1]));
}

function signed(end: number, isPlain: boolean): number {
  return isPlain ? end : -end;
}

/** Lines have no line ends within, so that only these two can stand between values. */
export function afterSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB) at += 1;
  return at;
}

/** Whether these bytes come next. */
export function standsAt(bytes: Buffer, start: number, wanted: Buffer): boolean {
  for (let place = 0; place < wanted.length; place += 1) if (bytes[start + place] !== wanted[place]) return false;
  return true;
}

function isDigit(byte = 0): boolean {
  return byte >= ZERO && byte <= NINE;
}
