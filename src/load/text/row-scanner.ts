import { parseJson } from '../../message/exact-json.ts';
import type { Value } from '../../message/value.ts';
import type { ColumnType } from '../column-type.ts';
import { Misfit } from '../convert.ts';
import type { Cell, Facts } from '../dialect.ts';
import type { DataColumn, Layout } from '../layout.ts';
import { storable } from '../storable.ts';
import {
  CLOSE_OBJECT,
  COLON,
  COMMA,
  MINUS,
  OPEN_LIST,
  OPEN_OBJECT,
  POINT,
  QUOTE,
  SMALL_F,
  SMALL_N,
  SMALL_T,
  ZERO,
} from './characters.ts';
import { afterSpace, endOfNumber, endOfString, endOfValue, endOfWord, INVALID, standsAt } from './json-ends.ts';

interface Field {
  readonly place: number;
  readonly column: DataColumn;
  /** The property as JSON text in UTF-8. */
  readonly quoted: Buffer;
  /** Which texts are what the column's converter would make of them. */
  readonly verbatim: 'strings' | 'numbers' | 'nested' | undefined;
  readonly encode: ((cell: Cell) => Cell) | undefined;
  /** The field that came behind it in the row before: most taps send them in one order. */
  next: Field | undefined;
}

/**
 * Makes cells straight from the JSON text of a record's fields, without parsing it, for rows in which everything is as
 * the layout expects. Any other row is left to those who parse it: what is unknown, missing, unfit or unusual is told
 * there, so that both ways come to the same.
 */
export class RowScanner {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #first: Field | undefined;
  readonly #blank: readonly Cell[];
  readonly #required: readonly number[];
  readonly #refusesNul: boolean;
  /** Where the fields of the row read last end. */
  end = 0;
  /** About how many bytes its texts take. */
  length = 0;
  #at = 0;

  constructor({ data, keyPlaces, columns }: Layout, facts: Facts) {
    const fields = data.map((column, place) => fieldOf(column, place, facts));
    for (const [place, field] of fields.entries()) field.next = fields[place + 1];
    this.#fields = new Map(fields.map((field) => [field.quoted.toString(), field]));
    this.#first = fields[0];
    this.#blank = columns.map(() => null);
    this.#required = keyPlaces;
    this.#refusesNul = facts.refusesNul === true;
  }

  /** As many cells as the layout has columns, those behind the data's all null; undefined if the row must be parsed. */
  cells(bytes: Buffer, start: number): Cell[] | undefined {
    const cells = this.#blank.slice();
    try {
      if (!this.#read(bytes, start, cells)) return undefined;
    } catch (error) {
      if (error instanceof Misfit || error instanceof SyntaxError) return undefined;
      throw error;
    }
    for (const place of this.#required) if (cells[place] === null) return undefined;
    return cells;
  }

  #read(bytes: Buffer, start: number, cells: Cell[]): boolean {
    let at = afterSpace(bytes, start + 1);
    let expected = this.#first;
    this.length = 0;
    for (;;) {
      const field = this.#fieldAt(bytes, at, expected);
      if (field === undefined) return false;
      const colon = afterSpace(bytes, at + field.quoted.length);
      if (bytes[colon] !== COLON) return false;
      const cell = this.#cell(bytes, afterSpace(bytes, colon + 1), field);
      if (cell === undefined) return false;
      cells[field.place] = cell;
      at = afterSpace(bytes, this.#at);
      const next = bytes[at];
      if (next === CLOSE_OBJECT) break;
      if (next !== COMMA) return false;
      at = afterSpace(bytes, at + 1);
      expected = field.next;
      if (expected === undefined || !standsAt(bytes, at, expected.quoted)) {
        expected = this.#fieldAt(bytes, at, undefined);
        field.next = expected;
      }
    }
    this.end = at + 1;
    return true;
  }

  #fieldAt(bytes: Buffer, at: number, expected: Field | undefined): Field | undefined {
    if (expected !== undefined && standsAt(bytes, at, expected.quoted)) return expected;
    if (bytes[at] !== QUOTE) return undefined;
    return this.#fields.get(bytes.toString('utf8', at, Math.abs(endOfString(bytes, at))));
  }

  /** Undefined if that takes parsing. */
  #cell(bytes: Buffer, start: number, field: Field): Cell | undefined {
    switch (bytes[start]) {
      case QUOTE:
        return this.#ofString(bytes, start, field);
      case OPEN_OBJECT:
      case OPEN_LIST:
        return this.#ofNested(bytes, start, field);
      case SMALL_N:
      case SMALL_T:
      case SMALL_F:
        return this.#ofWord(bytes, start, field);
      default:
        return this.#ofNumber(bytes, start, field);
    }
  }

  #ofString(bytes: Buffer, start: number, field: Field): Cell | undefined {
    const end = endOfString(bytes, start);
    if (end === INVALID) return undefined;
    if (end < 0) return this.#parsed(bytes, start, -end, field);
    this.#at = end;
    this.length += end - start;
    const content = bytes.toString('utf8', start + 1, end - 1);
    return field.verbatim === 'strings' ? encoded(content, field) : field.column.convert(content);
  }

  #ofNested(bytes: Buffer, start: number, field: Field): Cell | undefined {
    const end = endOfValue(bytes, start);
    if (end === INVALID) return undefined;
    if (end < 0 || field.verbatim !== 'nested') return this.#parsed(bytes, start, Math.abs(end), field);
    this.#at = end;
    this.length += end - start;
    return encoded(bytes.toString('utf8', start, end), field);
  }

  #ofWord(bytes: Buffer, start: number, field: Field): Cell | undefined {
    const end = endOfWord(bytes, start);
    if (end === INVALID) return undefined;
    this.#at = end;
    return bytes[start] === SMALL_N ? null : field.column.convert(bytes[start] === SMALL_T);
  }

  #ofNumber(bytes: Buffer, start: number, field: Field): Cell | undefined {
    const end = endOfNumber(bytes, start);
    if (end <= 0) return undefined;
    this.#at = end;
    this.length += end - start;
    if (field.verbatim === 'numbers') return encoded(bytes.toString('latin1', start, end), field);
    return field.column.convert(numberIn(bytes, start, end));
  }

  /** Only escapes can bring in characters that a database refuses. */
  #parsed(bytes: Buffer, start: number, end: number, { column }: Field): Cell | undefined {
    this.#at = end;
    this.length += end - start;
    const cell = column.convert(parseJson(bytes.toString('utf8', start, end)) as Value);
    return this.#refusesNul && storable(cell, column.type).count > 0 ? undefined : cell;
  }
}

function fieldOf(column: DataColumn, place: number, facts: Facts): Field {
  const { type, property } = column;
  const quoted = Buffer.from(JSON.stringify(property));
  return { place, column, quoted, verbatim: VERBATIM[type], encode: facts.encode[type], next: undefined };
}

function encoded(text: string, { encode }: Field): Cell {
  return encode === undefined ? text : encode(text);
}

const VERBATIM: Readonly<Partial<Record<ColumnType, Field['verbatim']>>> = {
  text: 'strings',
  json: 'nested',
  decimal: 'numbers',
};

/** At most fifteen digits: both parts of the fraction are exact, so that the division rounds as parsing would. */
function numberIn(bytes: Buffer, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  let digits = 0;
  let scale = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT) scale = 1;
    else {
      digits = digits * 10 + (byte - ZERO);
      scale *= 10;
    }
  }
  const number = scale > 1 ? digits / scale : digits;
  return isNegative ? -number : number;
}
