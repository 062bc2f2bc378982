import type { RateClass } from './rate-class.ts';

export interface RequestLogEntry {
  readonly method: string;
  /** Below `/api/v2`. */
  readonly path: string;
  /** Without the key. */
  readonly query: string;
  readonly rateClass: RateClass;
  /** 0 if the connection was cut instead. */
  readonly status: number;
  readonly userId: number | undefined;
  /** Milliseconds on the server's clock. */
  readonly time: number;
}

export interface RequestCounts {
  readonly total: number;
  readonly byClass: Readonly<Record<RateClass, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
}

export function countRequests(entries: readonly RequestLogEntry[]): RequestCounts {
  const byClass = { read: 0, search: 0, icon: 0, update: 0 };
  const byStatus: Record<string, number> = {};
  for (const { rateClass, status } of entries) {
    byClass[rateClass] += 1;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  }
  return { total: entries.length, byClass, byStatus };
}
