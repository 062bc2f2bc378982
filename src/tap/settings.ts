import { ConfigurationError } from '../runtime/errors.ts';
import type { ReadSettings } from '../streams/resource.ts';

export interface TapSettings {
  /** Keys or ids, keys in any case; all projects that the API key sees, if absent or empty. */
  readonly projectKeys?: readonly string[];
  /** ISO date (then midnight UTC) or instant: issues that were last changed before it are left out. */
  readonly startDate?: string;
  /** How far before a bookmark everything is read again, because rows can become visible late; default 5. */
  readonly lookbackMinutes?: number;
  /** Spare the request for comments of issues whose last change is their creation; default true. */
  readonly skipUntouched?: boolean;
  /** Leave out projects without any activity since the last run; default true. */
  readonly detectChanges?: boolean;
}

const MINUTE = 60_000;

export function readSettingsOf(settings: TapSettings): ReadSettings {
  const { startDate, lookbackMinutes = 5, skipUntouched = true, detectChanges = true } = settings;
  return {
    startDate: startDate === undefined ? undefined : startDateOf(startDate),
    lookback: lookbackMinutes * MINUTE,
    skipUntouched,
    detectChanges,
  };
}

function startDateOf(text: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new ConfigurationError({
    code: 'config.bad-date',
    path: 'start_date',
    text: { en: `${text} is not a date`, ja: `${text} は日付ではありません` },
    hint: {
      en: 'Write a date such as 2026-04-01, or an instant such as 2026-04-01T00:00:00Z.',
      ja: '2026-04-01 のような日付か、2026-04-01T00:00:00Z のような日時で指定してください。',
    },
  });
}
