const DAY = 24 * 60 * 60 * 1000;

/** One that every month has. */
const ORDINARY_DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])/;

/** Milliseconds of an ISO 8601 text; what is absent or unreadable counts as before everything. */
export function instantOf(text: unknown): number {
  const milliseconds = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? Number.NEGATIVE_INFINITY : milliseconds;
}

/**
 * Whether the date that an ISO 8601 text begins with is in the calendar. `Date.parse` takes the 29th of a shorter February
 * for the 1st of March, and databases refuse it.
 */
export function isInCalendar(text: string): boolean {
  if (ORDINARY_DAY.test(text)) return text >= '0001';
  const date = text.slice(0, 10);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return text >= '0001' && !Number.isNaN(midnight) && isoDay(midnight) === date;
}

/** In the API's own form and precision: `2026-04-01T01:02:03Z`. */
export function isoSecond(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/**
 * The day to send as a `…Since` filter so that nothing at or after the instant is left out. The API does not say in
 * which time zone it takes days, so it is one day earlier than in UTC. Undefined, which is no filter, near 1970.
 */
export function daySince(milliseconds: number): string | undefined {
  return milliseconds < 2 * DAY ? undefined : isoDay(milliseconds - DAY);
}

/** The day to send as a `…Until` filter so that nothing at or before the instant is left out. */
export function dayUntil(milliseconds: number): string {
  return isoDay(milliseconds + DAY);
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
