import { ExactNumber, type Value } from '../message/value.ts';
import type { ColumnType } from './column-type.ts';
import { decimalText, exactDouble } from './decimal.ts';
import type { Cell } from './dialect.ts';
import { jsonText } from './json-text.ts';
import { dateText, timestampText, timeText } from './timestamp.ts';
import type { Zone } from './zone.ts';

/** Thrown when a column of this type cannot hold a value as it is. */
export class Misfit extends Error {
  /** The type that could; absent if the value is none that the schema allows. */
  readonly wider: ColumnType | undefined;

  constructor(wider?: ColumnType) {
    super('The value does not fit.');
    this.wider = wider;
  }
}

/** Makes the cell of a value that is not null. Throws `Misfit`; never changes or cuts a value (invariant 7). */
export type Converter = (value: Value) => Cell;

export const CONVERTERS: Readonly<Record<ColumnType, Converter>> = {
  boolean: toBoolean,
  integer: toInteger,
  number: toNumber,
  decimal: toDecimal,
  date: toDate,
  time: fromText(timeText),
  timestamp: fromText((text) => timestampText(text)),
  text: toText,
  json: jsonText,
  binary: toText,
};

/** For times without an offset that are of a zone. */
export function timestampIn(zone: Zone): Converter {
  return fromText((text) => timestampText(text, zone));
}

function toBoolean(value: Value): Cell {
  if (typeof value === 'boolean') return value;
  if (value === 0 || value === 1) return value === 1;
  throw new Misfit();
}

function toInteger(value: Value): Cell {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const digits = digitsOf(value);
  if (digits === undefined) throw new Misfit();
  if (!/^-?\d+$/.test(digits)) throw new Misfit(exactDouble(digits) === undefined ? 'decimal' : 'number');
  const integer = BigInt(digits);
  if (BigInt.asIntN(64, integer) !== integer) throw new Misfit('decimal');
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}

function toNumber(value: Value): Cell {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  const digits = digitsOf(value);
  if (digits === undefined) throw new Misfit();
  const double = exactDouble(digits);
  if (double === undefined) throw new Misfit('decimal');
  return double;
}

function toDecimal(value: Value): Cell {
  const digits = digitsOf(value);
  if (digits === undefined) throw new Misfit();
  return digits;
}

function toDate(value: Value): Cell {
  const text = typeof value === 'string' ? value : '';
  const date = dateText(text);
  if (date === undefined) throw new Misfit(timestampText(text) === undefined ? undefined : 'timestamp');
  return date;
}

/** Text holds whatever comes: taps do not always keep to their own schemas. */
function toText(value: Value): Cell {
  if (typeof value === 'string') return value;
  return digitsOf(value) ?? jsonText(value);
}

function fromText(read: (text: string) => string | undefined): Converter {
  return (value) => {
    const text = typeof value === 'string' ? read(value) : undefined;
    if (text === undefined) throw new Misfit();
    return text;
  };
}

/** The digits of a number, also of one that a tap sent as text. */
function digitsOf(value: Value): string | undefined {
  switch (typeof value) {
    case 'number':
      return numberDigits(value);
    case 'string':
    case 'bigint':
      return decimalText(String(value));
    default:
      return value instanceof ExactNumber ? decimalText(value.text) : undefined;
  }
}

/** What JavaScript prints of a number is its one text already, but for exponents. */
function numberDigits(value: number): string | undefined {
  const text = value === 0 ? '0' : String(value);
  return text.includes('e') ? decimalText(text) : text;
}
