import type { ColumnType } from './column-type.ts';
import type { Cell } from './dialect.ts';

export interface Cleaning {
  readonly cell: Cell;
  /** How many characters were removed or replaced. */
  readonly count: number;
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EACH_UNSTORABLE = /[\0\p{Surrogate}]/gu;
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/g;
const REPLACEMENT = '\ufffd';

export function storable(cell: Cell, type: ColumnType): Cleaning {
  return type === 'json' ? storableJson(cell) : storableText(cell);
}

/** Text without NUL characters; halves of surrogate pairs, which no encoding of Unicode has, are replaced. */
function storableText(cell: Cell): Cleaning {
  if (typeof cell !== 'string' || !UNSTORABLE.test(cell)) return { cell, count: 0 };
  return replaced(cell, EACH_UNSTORABLE, (match) => (match === '\0' ? '' : REPLACEMENT));
}

/** The same for the strings within compact JSON, where `JSON.stringify` escapes such characters. */
function storableJson(cell: Cell): Cleaning {
  if (typeof cell !== 'string' || !cell.includes('\\u')) return { cell, count: 0 };
  return replaced(cell, ESCAPE, (match) => {
    if (match === '\\u0000') return '';
    return match.startsWith('\\ud') ? REPLACEMENT : match;
  });
}

function replaced(text: string, pattern: RegExp, replace: (match: string) => string): Cleaning {
  let count = 0;
  const cell = text.replace(pattern, (match) => {
    const replacement = replace(match);
    if (replacement !== match) count += 1;
    return replacement;
  });
  return { cell, count };
}
