import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { API_ROOT } from './address.ts';
import type { ApiAnswer, Exchange } from './exchange.ts';
import { errorOfNetwork } from './network-error.ts';

const unzip = promisify(gunzip);

/** The innermost exchange: one GET over a real connection. What fails here fails for the host, so errors name it. */
export function createTransport(dispatcher: Dispatcher, origin: string, userAgent: string): Exchange {
  const { host } = new URL(origin);
  return async ({ path, query, headers, signal }) => {
    signal?.throwIfAborted();
    try {
      const response = await dispatcher.request({
        origin,
        path: `${API_ROOT}${path}${query === '' ? '' : `?${query}`}`,
        method: 'GET',
        headers: { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': userAgent, ...headers },
        signal: signal ?? null,
      });
      return await readAnswer(response);
    } catch (cause) {
      signal?.throwIfAborted();
      throw errorOfNetwork(cause, `${host}${path}`);
    }
  };
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<ApiAnswer> {
  const single = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const zipped = /^(x-)?gzip$/i.test(single['content-encoding'] ?? '');
  const text = zipped ? (await unzip(await body.bytes())).toString('utf8') : await body.text();
  return { status: statusCode, headers: single, body: text };
}
