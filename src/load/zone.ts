import { ConfigurationError } from '../runtime/errors.ts';

/** A time zone: what the clocks of a place show. All times in milliseconds. */
export interface Zone {
  /**
   * The instant at which the clocks show this local time, given as if it were UTC. A time that they show twice is the
   * first one; one that they skip is as long after the gap as it is after the gap's beginning.
   */
  instantOf(local: number): number;
}

const DAY = 86_400_000;

/** So many days are remembered; then all are forgotten (invariant 10). */
const MOST_DAYS = 20_000;

/**
 * The zone of this IANA name, such as `Asia/Tokyo`.
 *
 * @throws ConfigurationError `config.invalid`
 */
export function zoneNamed(name: string): Zone {
  const offsetAt = offsetsOf(name);
  const days = new Map<number, number | undefined>();
  const offsetOn = (day: number): number | undefined => {
    if (days.has(day)) return days.get(day);
    const [before, after] = [offsetAt((day - 1) * DAY), offsetAt((day + 2) * DAY)];
    const offset = before === after ? before : undefined;
    if (days.size >= MOST_DAYS) days.clear();
    days.set(day, offset);
    return offset;
  };
  return {
    instantOf(local) {
      const offset = offsetOn(Math.floor(local / DAY));
      return local - (offset ?? offsetNear(local, offsetAt));
    },
  };
}

type OffsetAt = (instant: number) => number;

/** Near a change of the clocks: the offset before it, unless the local time only exists behind it. */
function offsetNear(local: number, offsetAt: OffsetAt): number {
  const [before, after] = [offsetAt(local - 2 * DAY), offsetAt(local + 2 * DAY)];
  const fits = (offset: number) => offsetAt(local - offset) === offset;
  return fits(before) || !fits(after) ? before : after;
}

function offsetsOf(name: string): OffsetAt {
  const format = formatOf(name);
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    const local = new Date(0);
    local.setUTCFullYear(year, part('month') - 1, part('day'));
    local.setUTCHours(part('hour'), part('minute'), part('second'));
    return local.getTime() - Math.floor(instant / 1000) * 1000;
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      ...{ era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch (cause) {
    throw new ConfigurationError({
      code: 'config.invalid',
      path: 'timezone',
      text: { en: `there is no time zone "${name}"`, ja: `タイムゾーン「${name}」は存在しません` },
      hint: {
        en: 'Give the name of a zone in the IANA database, such as Asia/Tokyo, Europe/Berlin or UTC.',
        ja: 'Asia/Tokyo や UTC など、IANA データベースのタイムゾーン名を指定してください。',
      },
      cause,
    });
  }
}
