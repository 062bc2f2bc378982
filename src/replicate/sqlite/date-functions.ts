import type { Clock } from '../../runtime/clock.ts';
import type { Cell } from './cell.ts';
import { type SqlFunction, sqlFunction } from './string-functions.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Dates and instants are texts, all in UTC; a text that is neither counts as null. */
function parseDate(cell: Cell | undefined): Date | undefined {
  const text = String(cell).replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
  const date = new Date(/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || DATE.test(text) ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function printInstant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
};

const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

/** What stands for each part of a date in DATEPART, DATEADD and DATEDIFF. */
const PARTS: Readonly<Record<string, string>> = {
  ...{ year: 'year', yyyy: 'year', yy: 'year', quarter: 'quarter', qq: 'quarter', q: 'quarter' },
  ...{ month: 'month', mm: 'month', m: 'month', week: 'week', wk: 'week', ww: 'week' },
  ...{ day: 'day', dd: 'day', d: 'day', weekday: 'weekday', dw: 'weekday', dayofyear: 'dayofyear', dy: 'dayofyear' },
  ...{
    hour: 'hour',
    hh: 'hour',
    minute: 'minute',
    mi: 'minute',
    n: 'minute',
    second: 'second',
    ss: 'second',
    s: 'second',
  },
};

const READERS: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date) => date.getUTCMonth() + 1,
  week: (date) => Math.floor((dayOfYear(date) - 1 + firstWeekday(date)) / 7) + 1,
  day: (date) => date.getUTCDate(),
  weekday: (date) => date.getUTCDay() + 1,
  dayofyear: dayOfYear,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
};

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return (day - Date.UTC(date.getUTCFullYear(), 0, 0)) / 86_400_000;
}

function firstWeekday(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), 0, 1)).getUTCDay();
}

function partOf(cell: Cell | undefined): string {
  return PARTS[String(cell).toLowerCase()] ?? 'unknown';
}

function readPart(part: string, cell: Cell | undefined): Cell {
  const date = parseDate(cell);
  const read = READERS[part];
  return date && read ? BigInt(read(date)) : null;
}

/** A date stays a date unless hours or less are added. */
function addToDate(part: string, count: number, cell: Cell | undefined): Cell {
  const date = parseDate(cell);
  const months = MONTHS[part];
  const milliseconds = MILLISECONDS[part];
  if (!date || !Number.isFinite(count)) return null;
  if (months !== undefined) addMonths(date, months * count);
  else if (milliseconds !== undefined) date.setTime(date.getTime() + milliseconds * count);
  else return null;
  if (Number.isNaN(date.getTime())) return null;
  const staysDate = DATE.test(String(cell)) && (months !== undefined || Number(milliseconds) >= 86_400_000);
  return staysDate ? date.toISOString().slice(0, 10) : printInstant(date);
}

/** The last day of the month where the month is too short. */
function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
}

/** How many borders of the part lie between, as in SQL Server: from 23:59 to 00:01 is one day. */
function dateDifference(part: string, from: Cell | undefined, to: Cell | undefined): Cell {
  const [start, end] = [parseDate(from), parseDate(to)];
  const months = MONTHS[part];
  const milliseconds = MILLISECONDS[part];
  if (!start || !end) return null;
  if (months !== undefined) return BigInt(monthsOf(end, months) - monthsOf(start, months));
  if (milliseconds === undefined) return null;
  const shift = part === 'week' ? 4 * 86_400_000 : 0;
  const border = (date: Date) => Math.floor((date.getTime() + shift) / milliseconds);
  return BigInt(border(end) - border(start));
}

function monthsOf(date: Date, unit: number): number {
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / unit);
}

export function dateFunctions(clock: Clock): readonly SqlFunction[] {
  const now = () => printInstant(new Date(Math.floor(clock.now() / 1000) * 1000));
  const currentTimes = ['getdate', 'getutcdate', 'now', 'sysdatetime'].map((name) => sqlFunction(name, now));
  const parts = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'].map((part) =>
    sqlFunction(part, (date) => readPart(part, date)),
  );
  return [
    ...currentTimes,
    ...parts,
    sqlFunction('curdate', () => now().slice(0, 10)),
    sqlFunction('datepart', (part, date) => readPart(partOf(part), date)),
    sqlFunction('dateadd', (part, count, date) => addToDate(partOf(part), Number(count), date)),
    sqlFunction('datediff', (part, from, to) => dateDifference(partOf(part), from, to)),
  ];
}
