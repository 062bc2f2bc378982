import type { ApiAnswer } from './exchange.ts';

/** What the server says of one allowance. */
export interface BudgetReading {
  /** Requests per window. */
  readonly limit: number;
  /** What is left of them, for all keys of the user. */
  readonly remaining: number;
  /** End of the window in milliseconds of the server's clock; undefined when it was not told or cannot be true. */
  readonly reset: number | undefined;
}

/** A window that ends later than this is a mistake of the server's; Backlog's windows last one minute. */
const LONGEST_WINDOW = 600_000;
/** The `Date` header and the end of the window are rounded to seconds. */
const ROUNDING = 2000;

/** Reads the `X-RateLimit-…` headers; `serverNow` serves if the answer has no `Date`. */
export function readBudgetHeaders(headers: ApiAnswer['headers'], serverNow: number): BudgetReading | undefined {
  const date = Date.parse(headers.date ?? '');
  return toReading(
    {
      limit: toNumber(headers['x-ratelimit-limit']),
      remaining: toNumber(headers['x-ratelimit-remaining']),
      reset: toNumber(headers['x-ratelimit-reset']),
    },
    Number.isNaN(date) ? serverNow : date,
  );
}

/** Checks one entry of `GET /rateLimit`, or what the headers held: `reset` is in seconds, possibly with a fraction. */
export function toReading(entry: unknown, serverNow: number): BudgetReading | undefined {
  const { limit, remaining, reset } = (entry ?? {}) as Partial<Record<string, unknown>>;
  if (!isCount(limit) || !isCount(remaining)) return undefined;
  const end = typeof reset === 'number' ? Math.round(reset * 1000) : Number.NaN;
  const believable = end > serverNow - ROUNDING && end <= serverNow + LONGEST_WINDOW;
  return { limit, remaining, reset: believable ? end : undefined };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === '' ? undefined : Number(text);
}
