import type { JsonSchema } from '../message/schema.ts';
import type { Value } from '../message/value.ts';
import { isInCalendar } from './instant.ts';
import { typeOf } from './schema-file.ts';
import type { SpaceDates } from './space-dates.ts';

/** The value (never null) as its column holds it, or undefined if it does not fit there. */
export type Conversion = (value: unknown, dates: SpaceDates) => Value | undefined;

/** How values come into a column, by its type and format. */
export function convertTo(column: JsonSchema): Conversion {
  if (column.format === 'date') return (value, dates) => dates.dateOf(value);
  if (column.format === 'date-time') return instantText;
  return BY_TYPE[typeOf(column)] ?? text;
}

const BY_TYPE: Readonly<Record<string, Conversion>> = {
  integer: (value) => numberThat(Number.isInteger, value),
  number: (value) => numberThat(Number.isFinite, value),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  array: (value) => (Array.isArray(value) ? (value as Value[]) : undefined),
  object: (value) => (isObject(value) ? (value as Value) : undefined),
};

/** The API writes some numbers as text (`attributeInfo.typeId`). */
function numberThat(fits: (value: number) => boolean, value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && fits(number) ? number : undefined;
}

/** Some instants were seen as epoch milliseconds (`closeAt` of pull requests). */
function instantText(value: unknown): string | undefined {
  if (typeof value === 'number') return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : undefined;
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined;
  return isInCalendar(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
