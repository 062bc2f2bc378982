import { parseJson } from '../../message/exact-json.ts';
import type { Value } from '../../message/value.ts';
import type { ColumnType } from '../column-type.ts';
import { Misfit } from '../convert.ts';
import type { Facts } from '../dialect.ts';
import type { DataColumn, Layout } from '../layout.ts';
import type { RowWriter } from '../rows/row-writer.ts';
import { storable } from '../storable.ts';
import {
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  POINT,
  QUOTE,
  SMALL_F,
  SMALL_N,
  SMALL_T,
} from './characters.ts';
import { afterSpace, endOfString, endOfValue, INVALID, standsAt } from './json-ends.ts';
import { isPlainDate, isPlainInstant } from './plain-times.ts';

interface Field {
  readonly place: number;
  readonly column: DataColumn;
  /** The property as JSON text in UTF-8. */
  readonly quoted: Buffer;
  /** Which texts are what the column's converter would make of them. */
  readonly verbatim: 'strings' | 'dates' | 'instants' | 'integers' | 'numbers' | 'nested' | undefined;
  /** The field that came behind it in the row before: most taps send them in one order. */
  next: Field | undefined;
}

/** In the place of a value's beginning: the row has none. */
const ABSENT = -1;

/**
 * Writes rows straight from the JSON text of a record's fields, without parsing it, where everything is as the layout
 * expects. Any other row is left to those who parse it: what is unknown, missing, unfit or unusual is told there, so
 * that both ways come to the same.
 */
export class RowScanner {
  readonly #fields: readonly Field[];
  readonly #byName: ReadonlyMap<string, Field>;
  readonly #required: readonly number[];
  readonly #refusesNul: boolean;
  /** Where the values of the row read last begin, by column, and where they end, as `json-ends` tells it. */
  readonly #starts: number[];
  readonly #ends: number[];
  #bytes: Buffer = NOTHING;
  /** Where the fields of the row read last end. */
  end = 0;

  constructor({ data, keyPlaces }: Layout, facts: Facts) {
    this.#fields = data.map((column, place) => fieldOf(column, place, facts));
    for (const [place, field] of this.#fields.entries()) field.next = this.#fields[place + 1];
    this.#byName = new Map(this.#fields.map((field) => [field.quoted.toString(), field]));
    this.#starts = data.map(() => ABSENT);
    this.#ends = data.map(() => INVALID);
    this.#required = keyPlaces;
    this.#refusesNul = facts.refusesNul === true;
  }

  /** Finds the values of a row; false if it must be parsed. */
  read(bytes: Buffer, start: number): boolean {
    this.#bytes = bytes;
    this.#starts.fill(ABSENT);
    let at = afterSpace(bytes, start + 1);
    let expected = this.#fields[0];
    for (;;) {
      const field = this.#fieldAt(at, expected);
      if (field === undefined) return false;
      const end = this.#readValue(field, afterSpace(bytes, at + field.quoted.length));
      if (end === INVALID) return false;
      at = afterSpace(bytes, end);
      const next = bytes[at];
      if (next === CLOSE_OBJECT) break;
      if (next !== COMMA) return false;
      at = afterSpace(bytes, at + 1);
      expected = field.next;
      if (expected === undefined || !standsAt(bytes, at, expected.quoted)) {
        expected = this.#fieldAt(at, undefined);
        field.next = expected;
      }
    }
    this.end = at + 1;
    return this.#required.every((place) => this.#isPresent(place));
  }

  /** Writes the data's cells of the row read last; false, with some of them written, if it must be parsed. */
  write(writer: RowWriter): boolean {
    try {
      return this.#fields.every((field) => this.#write(field, writer));
    } catch (error) {
      if (error instanceof Misfit || error instanceof SyntaxError) return false;
      throw error;
    }
  }

  #isPresent(place: number): boolean {
    const start = this.#starts[place] ?? ABSENT;
    return start !== ABSENT && this.#bytes[start] !== SMALL_N;
  }

  #fieldAt(at: number, expected: Field | undefined): Field | undefined {
    const bytes = this.#bytes;
    if (expected !== undefined && standsAt(bytes, at, expected.quoted)) return expected;
    if (bytes[at] !== QUOTE) return undefined;
    return this.#byName.get(bytes.toString('utf8', at, Math.abs(endOfString(bytes, at))));
  }

  /** Tells where the value ends behind this colon. */
  #readValue({ place }: Field, colon: number): number {
    const bytes = this.#bytes;
    if (bytes[colon] !== COLON) return INVALID;
    const start = afterSpace(bytes, colon + 1);
    const end = endOfAny(bytes, start);
    this.#starts[place] = start;
    this.#ends[place] = end;
    return Math.abs(end);
  }

  #write(field: Field, writer: RowWriter): boolean {
    const start = this.#starts[field.place] ?? ABSENT;
    const end = this.#ends[field.place] ?? INVALID;
    switch (start === ABSENT ? SMALL_N : this.#bytes[start]) {
      case QUOTE:
        return this.#writeString(field, start, end, writer);
      case OPEN_OBJECT:
      case OPEN_LIST:
        return this.#writeNested(field, start, end, writer);
      case SMALL_N:
        writer.cell(null);
        return true;
      case SMALL_T:
      case SMALL_F:
        writer.cell(field.column.convert(this.#bytes[start] === SMALL_T));
        return true;
      default:
        return this.#writeNumber(field, start, end, writer);
    }
  }

  /** Without escapes it has no characters that mean anything in rows either. */
  #writeString(field: Field, start: number, end: number, writer: RowWriter): boolean {
    if (end < 0) return this.#writeParsed(field, start, -end, writer);
    if (this.#isVerbatim(field, start + 1, end - 1)) writer.copy(this.#bytes, start + 1, end - 1);
    else writer.cell(field.column.convert(this.#bytes.toString('utf8', start + 1, end - 1)));
    return true;
  }

  #isVerbatim({ verbatim }: Field, start: number, end: number): boolean {
    switch (verbatim) {
      case 'strings':
        return true;
      case 'instants':
        return isPlainInstant(this.#bytes, start, end);
      case 'dates':
        return isPlainDate(this.#bytes, start, end);
      default:
        return false;
    }
  }

  #writeNested(field: Field, start: number, end: number, writer: RowWriter): boolean {
    if (end < 0 || field.verbatim !== 'nested') return this.#writeParsed(field, start, Math.abs(end), writer);
    writer.copyEscaping(this.#bytes, start, end);
    return true;
  }

  #writeNumber({ verbatim, column }: Field, start: number, end: number, writer: RowWriter): boolean {
    if (end < 0) return false;
    if (verbatim === 'numbers' || (verbatim === 'integers' && !this.#hasPoint(start, end)))
      writer.copy(this.#bytes, start, end);
    else writer.cell(column.convert(Number(this.#bytes.toString('latin1', start, end))));
    return true;
  }

  #hasPoint(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) if (this.#bytes[at] === POINT) return true;
    return false;
  }

  /** Only escapes can bring in characters that a database refuses. */
  #writeParsed({ column }: Field, start: number, end: number, writer: RowWriter): boolean {
    const cell = column.convert(parseJson(this.#bytes.toString('utf8', start, end)) as Value);
    if (this.#refusesNul && storable(cell, column.type).count > 0) return false;
    writer.cell(cell);
    return true;
  }
}

const NOTHING = Buffer.alloc(0);

function endOfAny(bytes: Buffer, start: number): number {
  return bytes[start] === QUOTE ? endOfString(bytes, start) : endOfValue(bytes, start);
}

function fieldOf(column: DataColumn, place: number, facts: Facts): Field {
  const quoted = Buffer.from(JSON.stringify(column.property));
  return { place, column, quoted, verbatim: verbatimOf(column.type, facts), next: undefined };
}

/** What a dialect wants in another form is not taken as it stands; of those that it may only refuse, a plain one is. */
function verbatimOf(type: ColumnType, { encode }: Facts): Field['verbatim'] {
  const example = EXAMPLES[type];
  const isKept = encode[type] === undefined || (example !== undefined && encode[type]?.(example) === example);
  return isKept ? VERBATIM[type] : undefined;
}

const EXAMPLES: Readonly<Partial<Record<ColumnType, string>>> = {
  decimal: '-12345.6789',
  timestamp: '2026-01-02T03:04:05Z',
};

const VERBATIM: Readonly<Partial<Record<ColumnType, Field['verbatim']>>> = {
  text: 'strings',
  json: 'nested',
  integer: 'integers',
  number: 'numbers',
  decimal: 'numbers',
  date: 'dates',
  timestamp: 'instants',
};
