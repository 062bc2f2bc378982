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
 * Where a JSON value ends that begins at a given place of a text, as a signed place: positive if the text between is
 * what `JSON.stringify` would print of the value, negative if it is valid in form but has to be parsed to be known, and
 * `INVALID` if it is not valid, or nested too deep to be told. Nothing is ever created, which is what makes it fast.
 */
export const INVALID = 0;

/** A double keeps every decimal of so many digits. */
const MOST_DIGITS = 15;
const DEEPEST = 100;

/** Escapes that `JSON.stringify` writes as they are. */
const PLAIN_ESCAPES = /^(?:[^\\]|\\["\\bfnrt])*$/;

/** Of a string; positive only if it has no escapes. */
export function endOfString(text: string, start: number): number {
  let sign = 1;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return sign * (at + 1);
    if (code < SPACE) return INVALID;
    if (code !== BACKSLASH) continue;
    sign = -1;
    at += 1;
  }
  return INVALID;
}

/** Of a number; positive only if it has at most fifteen digits, no exponent, and no zero that could be left out. */
export function endOfNumber(text: string, start: number): number {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  const whole = endOfDigits(text, first);
  const startsWithZero = text.charCodeAt(first) === ZERO;
  if (whole === first || (startsWithZero && whole > first + 1)) return INVALID;
  const end = text.charCodeAt(whole) === POINT ? endOfFraction(text, whole, startsWithZero) : whole;
  if (end === INVALID) return INVALID;
  const at = Math.abs(end);
  if ((text.charCodeAt(at) | SPACE) === SMALL_E) return endOfExponent(text, at);
  const isMinusZero = first > start && startsWithZero && at === whole;
  return isMinusZero || at - first > MOST_DIGITS ? -at : end;
}

/** Numbers near zero are printed with an exponent. */
function endOfFraction(text: string, point: number, startsWithZero: boolean): number {
  const end = endOfDigits(text, point + 1);
  if (end === point + 1) return INVALID;
  const isSmall = startsWithZero && text.charCodeAt(point + 1) === ZERO;
  return isSmall || text.charCodeAt(end - 1) === ZERO ? -end : end;
}

function endOfExponent(text: string, start: number): number {
  const sign = text.charCodeAt(start + 1);
  const first = sign === MINUS || sign === PLUS ? start + 2 : start + 1;
  const end = endOfDigits(text, first);
  return end === first ? INVALID : -end;
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!(code >= ZERO && code <= NINE)) return at;
    at += 1;
  }
}

/** Of `true`, `false` or `null`. */
export function endOfWord(text: string, start: number): number {
  if (text.startsWith('null', start) || text.startsWith('true', start)) return start + 4;
  return text.startsWith('false', start) ? start + 5 : INVALID;
}

/** Of a value of any kind. */
export function endOfValue(text: string, start: number, depth = 0): number {
  switch (text.charCodeAt(start)) {
    case QUOTE:
      return endOfInnerString(text, start);
    case OPEN_OBJECT:
      return depth > DEEPEST ? INVALID : endOfMembers(text, start, depth, CLOSE_OBJECT, endOfProperty);
    case OPEN_LIST:
      return depth > DEEPEST ? INVALID : endOfMembers(text, start, depth, CLOSE_LIST, endOfValue);
    case SMALL_T:
    case SMALL_F:
    case SMALL_N:
      return endOfWord(text, start);
    default:
      return endOfNumber(text, start);
  }
}

/** Within a nested value, escapes that are always needed stay as they are. */
function endOfInnerString(text: string, start: number): number {
  const end = endOfString(text, start);
  return end < 0 && PLAIN_ESCAPES.test(text.slice(start, -end)) ? -end : end;
}

type EndOf = (text: string, start: number, depth: number) => number;

function endOfMembers(text: string, start: number, depth: number, close: number, endOfMember: EndOf): number {
  let at = afterSpace(text, start + 1);
  let isPlain = at === start + 1;
  if (text.charCodeAt(at) === close) return signed(at + 1, isPlain);
  for (;;) {
    const end = endOfMember(text, at, depth + 1);
    if (end === INVALID) return INVALID;
    const behind = afterSpace(text, Math.abs(end));
    const code = text.charCodeAt(behind);
    isPlain = isPlain && behind === end;
    if (code === close) return signed(behind + 1, isPlain);
    if (code !== COMMA) return INVALID;
    at = afterSpace(text, behind + 1);
    isPlain = isPlain && at === behind + 1;
  }
}

/** JavaScript puts properties first whose names look like numbers. */
function endOfProperty(text: string, start: number, depth: number): number {
  if (text.charCodeAt(start) !== QUOTE) return INVALID;
  const name = endOfInnerString(text, start);
  if (name === INVALID) return INVALID;
  const colon = afterSpace(text, Math.abs(name));
  if (text.charCodeAt(colon) !== COLON) return INVALID;
  const value = afterSpace(text, colon + 1);
  const end = endOfValue(text, value, depth);
  if (end <= 0) return end;
  return signed(end, name === colon && value === colon + 1 && !isDigit(text.charCodeAt(start + 1)));
}

function signed(end: number, isPlain: boolean): number {
  return isPlain ? end : -end;
}

/** Lines have no line ends within, so that only these two can stand between values. */
export function afterSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
