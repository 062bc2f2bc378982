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
  /** How long lists that are read whole may wait for their next reading; default 0, which is each run. */
  readonly mastersEveryHours?: number;
  /** Read everything again whose deletion only activities tell, and remove what is not there any more. */
  readonly reconcile?: boolean;
  /** The same whenever it was last done so many days ago; default 0, which is never. */
  readonly reconcileEveryDays?: number;
  /**
   * Whether that includes what takes a request for each issue, page, document or pull request, above all comments;
   * default true. Without it those stay with the items that are still there.
   */
  readonly reconcileComments?: boolean;
  /** Read all comments again of issues that were updated in the last so many days; default 0, which is none. */
  readonly rereadCommentsDays?: number;
  /**
   * Who takes the messages knows neither `keep` nor `activatePart`, so that nothing less than a table can be replaced;
   * default false.
   */
  readonly wholeTables?: boolean;
}

/**
 * What is read again to find what gave no sign: all `items`, while what hangs on them stays with those that are there;
 * or `everything`.
 */
export type Depth = 'items' | 'everything';

/** How often what is read; in milliseconds. */
export interface Cycles {
  readonly masters: number;
  readonly reconcile: boolean;
  readonly reconciliation: number;
  readonly depth: Depth;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function readSettingsOf(settings: TapSettings): ReadSettings {
  const { startDate, lookbackMinutes = 5, skipUntouched = true, detectChanges = true } = settings;
  const { rereadCommentsDays = 0 } = settings;
  return {
    startDate: startDate === undefined ? undefined : startDateOf(startDate),
    lookback: lookbackMinutes * MINUTE,
    skipUntouched,
    detectChanges,
    rereadComments: rereadCommentsDays * DAY,
  };
}

export function cyclesOf(settings: TapSettings): Cycles {
  const { mastersEveryHours = 0, reconcile = false, reconcileEveryDays = 0, reconcileComments = true } = settings;
  return {
    masters: mastersEveryHours * HOUR,
    reconcile,
    reconciliation: reconcileEveryDays * DAY,
    depth: reconcileComments ? 'everything' : 'items',
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
