import type { ColumnType } from '../column-type.ts';
import type { Cell } from '../dialect.ts';
import { BACKSLASH, MINUS, NEWLINE, TAB, ZERO } from '../text/characters.ts';

const CAPITAL_N = 0x4e;
const FIRST_BEYOND_ASCII = 0x80;
/** A double keeps every integer of so many digits. */
const MOST_DIGITS = 15;

const EACH_ESCAPE = /\\(.)/g;
const MEANT: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '0': '\0' };

/** What `toString` calls after looking at its arguments, which takes as long again; drivers rely on both too. */
type Sliced = Buffer & Readonly<Record<'latin1Slice' | 'utf8Slice', (start: number, end: number) => string>>;

/**
 * The cells that a text of rows was made of (see `row-text.ts`), all rows in one list. Each is made by itself: parts of
 * one long string would take the widest characters of any of them.
 */
export function readValues(bytes: Buffer, types: readonly ColumnType[]): Cell[] {
  const values: Cell[] = [];
  const readers = types.map((type) => READERS[type] ?? readText);
  let at = 0;
  while (readers.length > 0 && at < bytes.length) {
    for (const read of readers) {
      const end = endOfField(bytes, at);
      values.push(isNull(bytes, at) ? null : read(bytes as Sliced, at, end));
      at = end + 1;
    }
  }
  return values;
}

function endOfField(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] !== TAB && bytes[at] !== NEWLINE) at += 1;
  return at;
}

/** Nothing else is a backslash and a capital letter. */
function isNull(bytes: Buffer, start: number): boolean {
  return bytes[start] === BACKSLASH && bytes[start + 1] === CAPITAL_N;
}

type Reader = (bytes: Sliced, start: number, end: number) => Cell;

function readText(bytes: Sliced, start: number, end: number): string {
  let seen = 0;
  let hasEscapes = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    seen |= byte;
    hasEscapes ||= byte === BACKSLASH;
  }
  const text = seen < FIRST_BEYOND_ASCII ? bytes.latin1Slice(start, end) : bytes.utf8Slice(start, end);
  return hasEscapes ? text.replace(EACH_ESCAPE, (_, character: string) => MEANT[character] ?? character) : text;
}

/** Long integers are big, as in the cells themselves. */
function readInteger(bytes: Sliced, start: number, end: number): Cell {
  if (end - start > MOST_DIGITS) return longInteger(bytes.latin1Slice(start, end));
  const isNegative = bytes[start] === MINUS;
  let integer = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at += 1) integer = integer * 10 + ((bytes[at] ?? 0) - ZERO);
  return isNegative ? -integer : integer;
}

function longInteger(text: string): Cell {
  const integer = Number(text);
  return Number.isSafeInteger(integer) ? integer : BigInt(text);
}

const READERS: Readonly<Partial<Record<ColumnType, Reader>>> = {
  integer: readInteger,
  number: (bytes, start, end) => Number(bytes.latin1Slice(start, end)),
  /** Some dialects have none, and write 0 and 1. */
  boolean: (bytes, start, end) => {
    const text = bytes.latin1Slice(start, end);
    return text.length === 1 ? Number(text) : text === 'true';
  },
};
