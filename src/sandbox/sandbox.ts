import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { EnvironmentError } from '../runtime/errors.ts';
import { registerSecret } from '../runtime/secrets.ts';
import { ROUTES } from './endpoints/routes.ts';
import { type ApiServer, serveApi } from './http/api-server.ts';
import { isControl, serveControl } from './http/control.ts';
import { type FaultRule, Faults } from './http/faults.ts';
import { RateBudgets, STANDARD_BUDGETS } from './http/rate-budgets.ts';
import type { RateClass } from './http/rate-class.ts';
import type { RequestLogEntry } from './http/request-log.ts';
import { createRouter } from './http/route.ts';
import { createKeyring } from './keyring.ts';
import { DEMO, seedWorld, type WorldSpec } from './seed/seed-world.ts';
import { mutationsOf, type World } from './world/world.ts';
import type { WorldData } from './world/world-data.ts';

export interface SandboxOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default `demo`. */
  readonly seed?: 'demo' | WorldSpec;
  /** Requests per user and window; default is what Nulab publishes for paid plans. */
  readonly budgets?: Partial<Record<RateClass, number>>;
  /** Default 60, as in Backlog; a smaller number scales time down. */
  readonly windowSeconds?: number;
  /** The key of the space's administrator. */
  readonly apiKey?: string;
  readonly faults?: readonly FaultRule[];
  /** How wrong the server's clock is, in seconds. */
  readonly skewSeconds?: number;
  /** `minId` and `maxId` leave out the record that they name. Default false. */
  readonly exclusiveIds?: boolean;
  readonly clock?: Clock;
}

export interface Sandbox {
  /** `http://127.0.0.1:…`, without a path. */
  readonly url: string;
  readonly apiKey: string;
  readonly world: World;
  readonly requests: readonly RequestLogEntry[];
  readonly faults: Faults;
  /** Everybody has a key. */
  keyOf(userId: number): string;
  /** Makes the server's clock wrong by so many seconds. */
  skew(seconds: number): void;
  close(): Promise<void>;
}

export const STANDARD_KEY = 'sandbox-key-for-anyone';

/** A Backlog space of its own, on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const apiKey = options.apiKey ?? STANDARD_KEY;
  registerSecret(apiKey);
  const data = seedWorld(options.seed === undefined || options.seed === 'demo' ? DEMO : options.seed, clock);
  const world: World = Object.assign(data, mutationsOf(data));
  const keyring = createKeyring(data, apiKey);
  let skewMs = (options.skewSeconds ?? 0) * 1000;
  const skew = (seconds: number) => {
    skewMs = seconds * 1000;
  };
  const api: ApiServer = {
    world,
    find: createRouter(ROUTES),
    budgets: new RateBudgets({ ...STANDARD_BUDGETS, ...options.budgets }, options.windowSeconds ?? 60),
    faults: new Faults(),
    requests: [],
    clock,
    keyOwner: keyring.ownerOf,
    now: () => clock.now() + skewMs,
    change: (action, values) => change(data, action, values),
    exclusiveIds: options.exclusiveIds ?? false,
  };
  for (const rule of options.faults ?? []) api.faults.add(rule);
  const { url, close } = await listen({ ...api, skew }, options.port ?? 0);
  return { url, apiKey, world, requests: api.requests, faults: api.faults, keyOf: keyring.keyOf, skew, close };
}

async function listen(
  server: ApiServer & { readonly skew: (seconds: number) => void },
  port: number,
): Promise<Pick<Sandbox, 'url' | 'close'>> {
  const http = createServer((request, response) => {
    const served = isControl(request) ? serveControl(server, request, response) : serveApi(server, request, response);
    served.catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => reject(cannotListen(port, cause)));
    http.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = http.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${taken}`, close };
}

function cannotListen(port: number, cause: Error): EnvironmentError {
  return new EnvironmentError({
    code: 'sandbox.cannot-listen',
    text: {
      en: `The sandbox cannot listen on port ${port}: ${cause.message}`,
      ja: `サンドボックスはポート ${port} で待ち受けできません: ${cause.message}`,
    },
    hint: {
      en: 'Choose another port, or 0 for any free one.',
      ja: '別のポートか、空きポートを使う 0 を指定してください。',
    },
    cause,
  });
}

function change(data: WorldData, action: string, values: readonly unknown[]): unknown {
  const mutations = mutationsOf(data) as unknown as Readonly<
    Record<string, (...values: readonly unknown[]) => unknown>
  >;
  const mutate = mutations[action];
  if (mutate === undefined)
    throw new RangeError(`No change ${action}. Known are: ${Object.keys(mutations).join(', ')}`);
  return mutate(...values);
}
