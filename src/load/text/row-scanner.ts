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
import { afterSpace, endOfNumber, endOfString, endOfValue, endOfWord, INVALID } from './json-ends.ts';

interface Field {
  readonly place: number;
  readonly column: DataColumn;
  /** The property as JSON text. */
  readonly quoted: string;
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
    this.#fields = new Map(fields.map((field) => [field.quoted, field]));
    this.#first = fields[0];
    this.#blank = columns.map(() => null);
    this.#required = keyPlaces;
    this.#refusesNul = facts.refusesNul === true;
  }

  /** As many cells as the layout has columns, those behind the data's all null; undefined if the row must be parsed. */
  cells(text: string, start: number): Cell[] | undefined {
    const cells = this.#blank.slice();
    try {
      if (!this.#read(text, start, cells)) return undefined;
    } catch (error) {
      if (error instanceof Misfit || error instanceof SyntaxError) return undefined;
      throw error;
    }
    for (const place of this.#required) if (cells[place] === null) return undefined;
    return cells;
  }

  #read(text: string, start: number, cells: Cell[]): boolean {
    let at = afterSpace(text, start + 1);
    let expected = this.#first;
    this.length = 0;
    for (;;) {
      const field = this.#fieldAt(text, at, expected);
      if (field === undefined) return false;
      const colon = afterSpace(text, at + field.quoted.length);
      if (text.charCodeAt(colon) !== COLON) return false;
      const cell = this.#cell(text, afterSpace(text, colon + 1), field);
      if (cell === undefined) return false;
      cells[field.place] = cell;
      at = afterSpace(text, this.#at);
      const next = text.charCodeAt(at);
      if (next === CLOSE_OBJECT) break;
      if (next !== COMMA) return false;
      at = afterSpace(text, at + 1);
      expected = field.next;
      if (expected === undefined || !text.startsWith(expected.quoted, at)) {
        expected = this.#fieldAt(text, at, undefined);
        field.next = expected;
      }
    }
    this.end = at + 1;
    return true;
  }

  #fieldAt(text: string, at: number, expected: Field | undefined): Field | undefined {
    if (expected !== undefined && text.startsWith(expected.quoted, at)) return expected;
    if (text.charCodeAt(at) !== QUOTE) return undefined;
    return this.#fields.get(text.slice(at, Math.abs(endOfString(text, at))));
  }

  /** Undefined if that takes parsing. */
  #cell(text: string, start: number, field: Field): Cell | undefined {
    switch (text.charCodeAt(start)) {
      case QUOTE:
        return this.#ofString(text, start, field);
      case OPEN_OBJECT:
      case OPEN_LIST:
        return this.#ofNested(text, start, field);
      case SMALL_N:
      case SMALL_T:
      case SMALL_F:
        return this.#ofWord(text, start, field);
      default:
        return this.#ofNumber(text, start, field);
    }
  }

  #ofString(text: string, start: number, field: Field): Cell | undefined {
    const end = endOfString(text, start);
    if (end === INVALID) return undefined;
    if (end < 0) return this.#parsed(text.slice(start, -end), -end, field);
    this.#at = end;
    this.length += end - start;
    const content = text.slice(start + 1, end - 1);
    return field.verbatim === 'strings' ? encoded(content, field) : field.column.convert(content);
  }

  #ofNested(text: string, start: number, field: Field): Cell | undefined {
    const end = endOfValue(text, start);
    if (end === INVALID) return undefined;
    const json = text.slice(start, Math.abs(end));
    if (end < 0 || field.verbatim !== 'nested') return this.#parsed(json, Math.abs(end), field);
    this.#at = end;
    this.length += json.length;
    return encoded(json, field);
  }

  #ofWord(text: string, start: number, field: Field): Cell | undefined {
    const end = endOfWord(text, start);
    if (end === INVALID) return undefined;
    this.#at = end;
    return text.charCodeAt(start) === SMALL_N ? null : field.column.convert(text.charCodeAt(start) === SMALL_T);
  }

  #ofNumber(text: string, start: number, field: Field): Cell | undefined {
    const end = endOfNumber(text, start);
    if (end <= 0) return undefined;
    this.#at = end;
    this.length += end - start;
    if (field.verbatim === 'numbers') return encoded(text.slice(start, end), field);
    return field.column.convert(numberIn(text, start, end));
  }

  /** Only escapes can bring in characters that a database refuses. */
  #parsed(json: string, end: number, { column }: Field): Cell | undefined {
    this.#at = end;
    this.length += json.length;
    const cell = column.convert(parseJson(json) as Value);
    return this.#refusesNul && storable(cell, column.type).count > 0 ? undefined : cell;
  }
}

function fieldOf(column: DataColumn, place: number, facts: Facts): Field {
  const { type, property } = column;
  const quoted = JSON.stringify(property);
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
function numberIn(text: string, start: number, end: number): number {
  const isNegative = text.charCodeAt(start) === MINUS;
  let digits = 0;
  let scale = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === POINT) scale = 1;
    else {
      digits = digits * 10 + (code - ZERO);
      scale *= 10;
    }
  }
  const number = scale > 1 ? digits / scale : digits;
  return isNegative ? -number : number;
}
