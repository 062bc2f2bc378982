import { setMaxListeners } from 'node:events';
import type { Clock } from '../runtime/clock.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import { parseAddress } from './address.ts';
import type { BacklogClient, Query } from './client.ts';
import { createDispatcher } from './dispatcher.ts';
import { Gate } from './gate.ts';
import { CLOSED } from './network-error.ts';
import { encodeQuery } from './query.ts';
import { ServerClock, withServerClock } from './server-clock.ts';
import { createTransport } from './transport.ts';
import { troubleAt } from './trouble.ts';
import { UsageCounter, withCounting } from './usage-counter.ts';
import { describeUserAgent } from './user-agent.ts';
import { learnBudgets, withBudgets } from './with-budgets.ts';
import { withDecoding } from './with-decoding.ts';
import { type KeyPlace, withKey } from './with-key.ts';
import { withRedirects } from './with-redirects.ts';
import { withRetries } from './with-retries.ts';

export interface ClientSettings {
  /** With or without scheme; plain http for loopback hosts only. */
  readonly url: string;
  readonly apiKey: string;
  /** Default `header`. */
  readonly keyIn?: KeyPlace;
  /** The share of each allowance that this client may spend, 0 < share ≤ 1; default 0.9. */
  readonly budgetShare?: number;
  /** Requests in flight at once; default 4. */
  readonly concurrency?: number;
  /** For each phase of a request: until connected, until answered, between two pieces of the body. Default 60. */
  readonly timeoutSeconds?: number;
  readonly userAgent?: string;
}

export interface ClientTools {
  readonly clock: Clock;
  readonly log: Logger;
  /** In [0, 1); default `Math.random`. */
  readonly random?: () => number;
  /** Where proxies are named; default the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** No request is sent before the first `get`. Throws a ConfigurationError for an address or key that cannot be right. */
export function createClient(settings: ClientSettings, tools: ClientTools): BacklogClient {
  checkSettings(settings);
  const { budgetShare = 0.9, concurrency = 4, timeoutSeconds = 60, keyIn = 'header' } = settings;
  const { clock, log, random = Math.random, environment = process.env } = tools;
  const address = parseAddress(settings.url);
  const dispatcher = createDispatcher(
    address,
    { connections: concurrency, timeout: timeoutSeconds * 1000 },
    environment,
  );
  const serverClock = new ServerClock(clock);
  const gate = new Gate({ budgetShare, concurrency, clock, serverClock, log });
  const usage = new UsageCounter(() => gate.waitingUntil);

  const transport = createTransport(dispatcher, address.origin, settings.userAgent ?? describeUserAgent());
  const observed = withCounting(withServerClock(transport, serverClock, clock), usage);
  const signed = withRedirects(withKey(observed, settings.apiKey, keyIn), address.origin);
  const learn = once(() => learnBudgets(signed, gate, () => serverClock.now()));
  const read = withRetries(withDecoding(withBudgets(signed, gate, learn)), {
    clock,
    random,
    log,
    onRetry: () => usage.countRetry(),
  });
  return {
    host: address.host,
    usage,
    async get<T>(path: string, query: Query = {}, signal?: AbortSignal) {
      if (signal !== undefined) setMaxListeners(0, signal);
      return (await read({ path, query: encodeQuery(query), headers: {}, signal })) as T;
    },
    serverTime: () => serverClock.now(),
    async close() {
      gate.close(troubleAt(CLOSED, ''));
      await dispatcher.destroy();
    },
  };
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}

function checkSettings({ budgetShare = 0.9, concurrency = 4, timeoutSeconds = 60 }: ClientSettings): void {
  checkSetting('budgetShare', budgetShare, budgetShare > 0 && budgetShare <= 1);
  checkSetting('concurrency', concurrency, Number.isInteger(concurrency) && concurrency >= 1);
  checkSetting('timeoutSeconds', timeoutSeconds, timeoutSeconds > 0 && timeoutSeconds <= 3600);
}

function checkSetting(name: string, value: number, valid: boolean): void {
  if (valid) return;
  throw new ConfigurationError({
    code: 'backlog.bad-setting',
    path: name,
    text: { en: `${value} is out of range`, ja: `${value} は範囲外の値です` },
    hint: {
      en: 'budgetShare: above 0, at most 1; concurrency: a whole number from 1; timeoutSeconds: above 0, at most 3600.',
      ja: 'budgetShare: 0より大きく1以下、concurrency: 1以上の整数、timeoutSeconds: 0より大きく3600以下。',
    },
  });
}
