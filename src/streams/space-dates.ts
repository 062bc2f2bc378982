import { isInCalendar } from './instant.ts';

/**
 * Turns the timestamps in which the API wraps dates back into dates. Midnight UTC is the date as it stands; anything
 * else is midnight in the space's time zone, as older answers have it (`2014-07-23T15:00:00Z` is the 24th in Japan).
 * The time zone costs a request, so it is asked for only when such a value has been met.
 */
export interface SpaceDates {
  /** The date as `yyyy-MM-dd`, or undefined if the value is none that the calendar has, or cannot be told before `settle`. */
  dateOf(value: unknown): string | undefined;
  /** Learns what was lacking. True if it did, so that whatever was asked since the last call must be asked again. */
  settle(): Promise<boolean>;
}

const DATE = /^\d{4}-\d{2}-\d{2}(?=$|T00:00:00)/;

export function spaceDates(readTimeZone: () => Promise<string>): SpaceDates {
  let format: Intl.DateTimeFormat | undefined;
  let lacking = false;
  return {
    dateOf(value) {
      if (typeof value !== 'string' || !isInCalendar(value)) return undefined;
      const plain = DATE.exec(value)?.[0];
      if (plain !== undefined) return plain;
      const instant = Date.parse(value);
      if (Number.isNaN(instant)) return undefined;
      lacking ||= format === undefined;
      return format?.format(instant);
    },
    async settle() {
      if (!lacking) return false;
      format = dateFormatOf(await readTimeZone());
      lacking = false;
      return true;
    },
  };
}

/** Days in the time zone; in UTC if this machine does not know it. The Swedish way to write a date is ISO 8601's. */
function dateFormatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short' });
  }
}
