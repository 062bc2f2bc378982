import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import { Alarm } from './alarm.ts';
import type { RateClass } from './client.ts';
import { RateWindow, type Ticket } from './rate-window.ts';
import type { ServerClock } from './server-clock.ts';

/** Leave to send one request; to be handed back with what the server said. */
interface Pass {
  readonly rateClass: RateClass;
  readonly ticket: Ticket;
}

interface GateTools {
  readonly budgetShare: number;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly log: Logger;
}

interface Waiter {
  readonly rateClass: RateClass;
  readonly admit: (ticket: Ticket) => void;
  readonly refuse: (reason: unknown) => void;
}

interface Refill {
  readonly rateClass: RateClass;
  /** Milliseconds of the local clock. */
  readonly at: number;
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
  readonly #alarm: Alarm;
  #waiters: readonly Waiter[] = [];
  #inFlight = 0;
  readonly #told = new Map<RateClass, number>();

  constructor(tools: GateTools) {
    const open = () => new RateWindow(tools.budgetShare);
    this.#tools = tools;
    this.#alarm = new Alarm(tools.clock, () => this.#admitWaiters());
    this.windows = { read: open(), search: open(), icon: open(), update: open() };
  }

  /** The local instant at which waiting requests will go on; undefined when none waits for an allowance. */
  get waitingUntil(): number | undefined {
    return earliest(this.#refills());
  }

  /** Resolves when the request may be sent; rejects with the signal's reason when that comes first. */
  enter(rateClass: RateClass, signal: AbortSignal | undefined): Promise<Pass> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => this.#withdraw(waiter, signal?.reason);
      const done = () => signal?.removeEventListener('abort', abort);
      const waiter: Waiter = {
        rateClass,
        admit: (ticket) => {
          done();
          resolve({ rateClass, ticket });
        },
        refuse: (reason) => {
          done();
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
    this.#alarm.set(undefined);
  }

  #withdraw(waiter: Waiter, reason: unknown): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
    waiter.refuse(reason);
    this.#admitWaiters();
  }

  #admitWaiters(): void {
    const now = this.#tools.serverClock.now();
    this.#waiters = this.#waiters.filter((waiter) => !this.#admit(waiter, now));
    const refills = this.#refills();
    for (const refill of refills) this.#tell(refill);
    this.#alarm.set(this.#hasPlace ? earliest(refills) : undefined);
  }

  #admit({ rateClass, admit }: Waiter, now: number): boolean {
    const ticket = this.#hasPlace ? this.windows[rateClass].take(now) : undefined;
    if (ticket === undefined) return false;
    this.#inFlight += 1;
    admit(ticket);
    return true;
  }

  get #hasPlace(): boolean {
    return this.#inFlight < this.#tools.concurrency;
  }

  /** When the spent allowances that someone waits for are refilled. */
  #refills(): readonly Refill[] {
    const awaited = new Set(this.#waiters.map(({ rateClass }) => rateClass));
    return [...awaited].flatMap((rateClass) => {
      const refill = this.windows[rateClass].refillsAt;
      return refill === undefined ? [] : [{ rateClass, at: Math.ceil(this.#tools.serverClock.toLocal(refill)) }];
    });
  }

  /** Once for each wait. */
  #tell({ rateClass, at }: Refill): void {
    const told = this.#told.get(rateClass) ?? Number.NEGATIVE_INFINITY;
    if (at - this.#tools.clock.now() < WORTH_TELLING || at - told < WORTH_TELLING) return;
    this.#told.set(rateClass, at);
    const time = new Date(at).toISOString();
    this.#tools.log.info({
      en: `The allowance of ${rateClass} requests is spent; going on at ${time}`,
      ja: `${rateClass}リクエストの枠を使い切りました。${time} に再開します`,
    });
  }
}

function earliest(refills: readonly Refill[]): number | undefined {
  return refills.length === 0 ? undefined : Math.min(...refills.map(({ at }) => at));
}
