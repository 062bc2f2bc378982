import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import { RATE_CLASSES, type RateClass } from './client.ts';
import { RateWindow, type Ticket } from './rate-window.ts';
import type { ServerClock } from './server-clock.ts';

/** Leave to send one request; to be handed back with what the server said. */
export interface Pass {
  readonly rateClass: RateClass;
  readonly ticket: Ticket;
}

interface Waiter {
  readonly rateClass: RateClass;
  readonly admit: (ticket: Ticket) => void;
  readonly refuse: (reason: unknown) => void;
}

/** Shorter waits are not worth a line in the log. */
const WORTH_TELLING = 3000;

/**
 * Lets requests out: at most `concurrency` at a time, each only while its allowance has something left, and otherwise
 * in the order in which they came. A request that waits for its allowance holds no place, so the allowances are spent
 * side by side.
 */
export class Gate {
  readonly windows: Readonly<Record<RateClass, RateWindow>>;
  readonly #tools: GateTools;
  #waiters: readonly Waiter[] = [];
  #inFlight = 0;
  #alarm: { readonly at: number; readonly controller: AbortController } | undefined;
  readonly #told = new Map<RateClass, number>();

  constructor(tools: GateTools) {
    this.#tools = tools;
    this.windows = {
      read: new RateWindow(tools.budgetShare),
      search: new RateWindow(tools.budgetShare),
      icon: new RateWindow(tools.budgetShare),
      update: new RateWindow(tools.budgetShare),
    };
  }

  /** The local instant at which waiting requests will go on; undefined when none waits for an allowance. */
  get waitingUntil(): number | undefined {
    return this.#alarm?.at;
  }

  /** Resolves when the request may be sent; rejects with the signal's reason when that comes first. */
  enter(rateClass: RateClass, signal: AbortSignal | undefined): Promise<Pass> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => this.#withdraw(waiter, signal?.reason);
      const waiter: Waiter = {
        rateClass,
        admit: (ticket) => {
          signal?.removeEventListener('abort', abort);
          resolve({ rateClass, ticket });
        },
        refuse: (reason) => {
          signal?.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters = [...this.#waiters, waiter];
      this.#admitWaiters();
    });
  }

  /** Ends a request: `settle` tells its window what was heard. */
  leave(pass: Pass, settle: (window: RateWindow, ticket: Ticket, serverNow: number) => void): void {
    this.#inFlight -= 1;
    settle(this.windows[pass.rateClass], pass.ticket, this.#tools.serverClock.now());
    this.#admitWaiters();
  }

  /** Turns away all who wait. */
  close(reason: unknown): void {
    for (const waiter of this.#waiters) waiter.refuse(reason);
    this.#waiters = [];
    this.#setAlarm(undefined);
  }

  #withdraw(waiter: Waiter, reason: unknown): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
    waiter.refuse(reason);
    this.#admitWaiters();
  }

  #admitWaiters(): void {
    const staying: Waiter[] = [];
    const now = this.#tools.serverClock.now();
    for (const waiter of this.#waiters) {
      const ticket = this.#inFlight < this.#tools.concurrency ? this.windows[waiter.rateClass].take(now) : undefined;
      if (ticket === undefined) staying.push(waiter);
      else {
        this.#inFlight += 1;
        waiter.admit(ticket);
      }
    }
    this.#waiters = staying;
    this.#setAlarm(this.#nextRefill());
  }

  /** The first local instant at which an allowance that someone waits for is refilled. */
  #nextRefill(): number | undefined {
    if (this.#inFlight >= this.#tools.concurrency) return undefined;
    const waiting = new Set(this.#waiters.map(({ rateClass }) => rateClass));
    const refills = RATE_CLASSES.filter((rateClass) => waiting.has(rateClass)).flatMap((rateClass) => {
      const refill = this.windows[rateClass].refillsAt;
      return refill === undefined ? [] : [{ rateClass, at: this.#tools.serverClock.toLocal(refill) }];
    });
    for (const { rateClass, at } of refills) this.#tell(rateClass, at);
    return refills.length === 0 ? undefined : Math.min(...refills.map(({ at }) => at));
  }

  #setAlarm(at: number | undefined): void {
    if (at === this.#alarm?.at) return;
    this.#alarm?.controller.abort();
    this.#alarm = undefined;
    if (at === undefined) return;
    const controller = new AbortController();
    this.#alarm = { at, controller };
    this.#ring(at, controller.signal).catch(() => undefined);
  }

  async #ring(at: number, signal: AbortSignal): Promise<void> {
    await this.#tools.clock.sleep(Math.max(1, Math.ceil(at - this.#tools.clock.now())), signal);
    this.#alarm = undefined;
    this.#admitWaiters();
  }

  #tell(rateClass: RateClass, at: number): void {
    if (at - this.#tools.clock.now() < WORTH_TELLING || Math.abs(at - (this.#told.get(rateClass) ?? 0)) < WORTH_TELLING)
      return;
    this.#told.set(rateClass, at);
    const time = new Date(at).toISOString();
    this.#tools.log.info({
      en: `The ${rateClass} allowance of this minute is spent; going on at ${time}`,
      ja: `${rateClass} のリクエスト枠を使い切りました。${time} に再開します`,
    });
  }
}

export interface GateTools {
  readonly budgetShare: number;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly log: Logger;
}
