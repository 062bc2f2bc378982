import { abortable } from './abortable.ts';
import { type BudgetReading, readBudgetHeaders, toReading } from './budget-reading.ts';
import type { RateClass } from './client.ts';
import { RATE_CLASSES } from './client.ts';
import type { ApiAnswer, Exchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import { rateClassOf } from './rate-class.ts';
import type { RateWindow, Ticket } from './rate-window.ts';

/**
 * Holds every request back until its allowance has room, and learns the allowances from the answers. `learn` is for
 * servers whose answers do not tell: it settles before such an answer is handed on.
 */
export function withBudgets(exchange: Exchange, gate: Gate, learn: () => Promise<void>): Exchange {
  return async (request) => {
    const pass = await gate.enter(rateClassOf(request.path), request.signal);
    let answer: ApiAnswer | undefined;
    try {
      answer = await exchange(request);
      if (!tellsBudget(answer)) await abortable(learn(), request.signal);
      return answer;
    } finally {
      gate.leave(pass, (window, ticket, now) => settle(window, ticket, answer, now));
    }
  };
}

function tellsBudget({ status, headers }: ApiAnswer): boolean {
  return status !== 200 || readBudgetHeaders(headers, 0) !== undefined;
}

function settle(window: RateWindow, ticket: Ticket, answer: ApiAnswer | undefined, now: number): void {
  const reading = answer && readBudgetHeaders(answer.headers, now);
  window.settle(ticket, reading, now);
  if (answer?.status === 429) window.refuse(endOfRefusal(answer.headers, reading, now), now);
}

/** When a refused request may come again, in server time: as `Retry-After` says, else when the window ends. */
export function endOfRefusal(
  headers: ApiAnswer['headers'],
  reading: BudgetReading | undefined,
  now: number,
): number | undefined {
  const retryAfter = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return now + Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? reading?.reset : Math.max(now, date);
}

/** Learns the sizes of all allowances by one request. Whatever goes wrong here will be learnt from later answers. */
export async function learnBudgets(exchange: Exchange, gate: Gate, now: () => number): Promise<void> {
  const answer = await exchange({ path: '/rateLimit', query: '', headers: {}, signal: undefined }).catch(
    () => undefined,
  );
  if (answer?.status !== 200) return;
  const budgets = parseBudgets(answer.body);
  for (const rateClass of RATE_CLASSES) {
    const reading = toReading(budgets[rateClass], now());
    if (reading !== undefined) gate.windows[rateClass].learn(reading, now());
  }
}

function parseBudgets(body: string): Partial<Record<RateClass, unknown>> {
  try {
    return (JSON.parse(body) as { rateLimit?: Partial<Record<RateClass, unknown>> } | null)?.rateLimit ?? {};
  } catch {
    return {};
  }
}
