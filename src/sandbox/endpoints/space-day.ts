const DAY_MS = 86_400_000;

/** Milliseconds from the first to the last instant of a day in the zone; the end is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The days from `since` to `until` in the zone, both included; open where one is absent. */
export function daysIn(timeZone: string, since: string | undefined, until: string | undefined): Span {
  return {
    from: since === undefined ? Number.NEGATIVE_INFINITY : startOfDay(since, timeZone),
    to: until === undefined ? Number.POSITIVE_INFINITY : startOfDay(nextDay(until), timeZone),
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(day);
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone);
}

/** How far the zone is ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}
