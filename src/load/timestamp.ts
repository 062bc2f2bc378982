import type { Zone } from './zone.ts';

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([Zz]|UTC|[+-]\d\d(?::?\d\d)?)?)?$/;
const PLAIN_UTC = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * The one text of an instant: `YYYY-MM-DDTHH:MM:SS[.f…]Z`, with as many digits of a second as there were, except for
 * zeros at the end. A time without an offset is taken as one of the zone, or of UTC without a zone; a date is its
 * midnight in UTC, wherever that is. `undefined` if it is no instant of the years 1 to 9999.
 */
export function timestampText(text: string, zone?: Zone): string | undefined {
  if (PLAIN_UTC.test(text)) return text;
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', offset] = match;
  if (!isDay(year, month, day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const inZone = zone !== undefined && offset === undefined && match[4] !== undefined;
  const instant = inZone ? zone.instantOf(local) : local - offsetMinutes(offset ?? 'Z') * 60_000;
  const whole = new Date(instant).toISOString();
  return whole.length === 24 && whole > '0001' ? `${whole.slice(0, 19)}${fractionText(fraction)}Z` : undefined;
}

/** The date of a text that is one, or that is an instant at midnight. */
export function dateText(text: string): string | undefined {
  const match = DATE.exec(text);
  if (match !== null) return isDay(match[1] ?? '', match[2] ?? '', match[3] ?? '') ? text : undefined;
  const instant = timestampText(text);
  return instant?.endsWith('T00:00:00Z') ? instant.slice(0, 10) : undefined;
}

/** `HH:MM:SS[.f…]`. An offset is kept as it is: a time of day alone has no instant. */
export function timeText(text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, hour = '', minute = '', second = '00', fraction = '', zone = ''] = match;
  return `${hour}:${minute}:${second}${fractionText(fraction)}${zone}`;
}

function fractionText(digits: string): string {
  const significant = digits.replace(/0+$/, '');
  return significant && `.${significant}`;
}

function isDay(year: string, month: string, day: string): boolean {
  const longest = DAYS[Number(month) - 1] ?? 0;
  const limit = month === '02' && isLeapYear(Number(year)) ? 29 : longest;
  return year !== '0000' && Number(day) >= 1 && Number(day) <= limit;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function offsetMinutes(offset: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(offset);
  if (match === null) return 0;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
