import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { ConfigurationError } from '../runtime/errors.ts';
import { registerSecret } from '../runtime/secrets.ts';
import type { SpaceAddress } from './address.ts';

interface PoolSettings {
  readonly connections: number;
  /** Milliseconds for each phase: to connect, until the headers, between two pieces of the body. */
  readonly timeout: number;
}

/** A connection that is not there within this time will not come. */
const LONGEST_CONNECT = 15_000;

/**
 * The connections of one client. They go through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (or their
 * lower-case forms) name, but never for a loopback address.
 */
export function createDispatcher(
  address: SpaceAddress,
  { connections, timeout }: PoolSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Dispatcher {
  const options = {
    connections,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { timeout: Math.min(timeout, LONGEST_CONNECT) },
  };
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  const httpsProxy = read('HTTPS_PROXY') || read('HTTP_PROXY');
  if (address.loopback || httpsProxy === '') return new Agent(options);
  checkProxy(httpsProxy);
  return new EnvHttpProxyAgent({ ...options, httpProxy: httpsProxy, httpsProxy, noProxy: read('NO_PROXY') });
}

function checkProxy(proxy: string): void {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  registerSecret(url?.password);
  registerSecret(url && decodeURIComponent(url.password));
  if (url !== undefined && /^https?:$/.test(url.protocol)) return;
  throw new ConfigurationError({
    code: 'backlog.bad-proxy',
    text: {
      en: 'The proxy in HTTPS_PROXY or HTTP_PROXY is not an http address',
      ja: 'HTTPS_PROXYまたはHTTP_PROXYのプロキシがhttpのアドレスではありません',
    },
    hint: { en: 'Write it as http://proxy.example:8080', ja: 'http://proxy.example:8080 の形式で指定してください' },
  });
}
