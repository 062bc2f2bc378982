import { createClient } from '../../src/backlog/create-client.ts';
import type { SelectedStream } from '../../src/message/catalog.ts';
import type { Message } from '../../src/message/message.ts';
import type { TapState } from '../../src/message/state.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { createLogger, type LogLine, silentLogger } from '../../src/runtime/log.ts';
import type { RequestLogEntry } from '../../src/sandbox/http/request-log.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { readCustomFields, readStreams, type TapReport, type TapSettings } from '../../src/tap/tap.ts';
import type { Replica } from './replica.ts';

/** A clock that stands still until it is told to go on; sleeping moves it. */
export class TestClock implements Clock {
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  advance(minutes: number): void {
    this.#now += minutes * 60_000;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
  }
}

export interface ReadingOptions {
  readonly streams: readonly (string | SelectedStream)[];
  readonly settings?: TapSettings;
  readonly state?: TapState | undefined;
  /** Default: the administrator's. */
  readonly apiKey?: string;
  readonly signal?: AbortSignal;
  /** Asks for columns for custom fields. */
  readonly customFields?: 'name' | 'id' | undefined;
}

export interface Reading {
  readonly messages: readonly Message[];
  readonly report: TapReport;
  readonly log: readonly LogLine[];
}

export interface TestSpace extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly clock: TestClock;
  /** Reads to the end. */
  read(options: ReadingOptions): Promise<Reading>;
  /** Reads with the replica's state into the replica, and stops after so many messages if that is given. */
  readInto(replica: Replica, options: ReadingOptions, messages?: number): Promise<void>;
  /** What was asked of these paths since the last call. */
  requestsOf(path: RegExp): readonly RequestLogEntry[];
}

export async function openSpace(options: SandboxOptions = {}): Promise<TestSpace> {
  const clock = new TestClock('2026-06-15T12:00:00Z');
  const budgets = { read: 1_000_000, search: 1_000_000 };
  const sandbox = await startSandbox({ budgets, clock, ...options });
  let seen = 0;

  async function* stream(reading: ReadingOptions, log = silentLogger): AsyncGenerator<readonly Message[], TapReport> {
    const { streams, settings = {}, state, apiKey = sandbox.apiKey, signal, customFields: naming } = reading;
    const selection = streams.map((each) => (typeof each === 'string' ? { name: each } : each));
    const client = createClient({ url: sandbox.url, apiKey }, { clock, log, environment: {} });
    try {
      const { projectKeys } = settings;
      const customFields = naming && (await readCustomFields({ client, naming, projectKeys, log }));
      return yield* readStreams({
        client,
        selection,
        settings,
        clock,
        log,
        ...(state && { state }),
        ...(signal && { signal }),
        ...(customFields && { customFields }),
      });
    } finally {
      await client.close();
    }
  }

  return {
    sandbox,
    clock,
    async read(reading) {
      const log: LogLine[] = [];
      const messages: Message[] = [];
      const groups = stream(
        reading,
        createLogger('debug', (line) => log.push(line)),
      );
      for (;;) {
        const { done, value } = await groups.next();
        if (done) return { messages, report: value, log };
        messages.push(...value);
      }
    },
    async readInto(replica, reading, limit = Number.POSITIVE_INFINITY) {
      let left = limit;
      for await (const group of stream({ ...reading, state: replica.state })) {
        for (const message of group) {
          if (left-- <= 0) return replica.rollBack();
          replica.apply(message);
        }
      }
    },
    requestsOf(path) {
      const fresh = sandbox.requests.slice(seen);
      seen = sandbox.requests.length;
      return fresh.filter((request) => path.test(request.path));
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}
