import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Call, Opening, Reply } from './operations.ts';
import { DRIVER_MISSING, errorOf } from './plain-error.ts';
import { driverMissing, threadEnded } from './thread-errors.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** So much garbage may pile up in the thread, in megabytes: few of its objects live longer than a batch (invariant 10). */
const YOUNG_MEGABYTES = 4;

/**
 * A database on a thread of its own, so that the next rows are read while it writes these. It keeps the process alive
 * only while it has something to do.
 */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: Error | undefined;

  private constructor(opening: Opening) {
    this.#worker = new Worker(createRequire(import.meta.url).resolve('#sqlite-thread'), {
      workerData: opening,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('messageerror', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(undefined));
  }

  /** Rejects as the driver does, or with an `EnvironmentError` if there is no driver. */
  static async open(opening: Opening): Promise<DatabaseThread> {
    const thread = new DatabaseThread(opening);
    await thread.#reply();
    return thread;
  }

  /** Rejects as the driver does, or with an `EnvironmentError` if the thread is no more. */
  async call(call: Call, transfer: readonly ArrayBuffer[]): Promise<unknown> {
    if (this.#ended !== undefined) throw this.#ended;
    this.#worker.postMessage(call, transfer);
    return this.#reply();
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  #reply(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === 1) this.#worker.ref();
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if (!('error' in reply)) waiting?.resolve(reply.value);
    else
      waiting?.reject(reply.error.code === DRIVER_MISSING ? driverMissing(errorOf(reply.error)) : errorOf(reply.error));
  }

  #end(cause: unknown): void {
    this.#ended ??= threadEnded(cause);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}
