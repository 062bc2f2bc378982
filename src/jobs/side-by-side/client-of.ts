import type { BacklogClient } from '../../backlog/client.ts';
import { createClient } from '../../backlog/create-client.ts';
import type { SourceConnection } from '../../replicate/source-connection.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/log.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The client that a job file's source connection describes. A proxy named there stands in for the environment's. */
export function clientOf(source: SourceConnection, environment: Environment, clock: Clock, log: Logger): BacklogClient {
  const { url, apiKey, timeoutSeconds, budgetShare, userAgent, proxyUrl } = source;
  const settings = {
    url,
    apiKey,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(budgetShare === undefined ? {} : { budgetShare }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
  const proxies = proxyUrl === undefined ? environment : { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl };
  return createClient(settings, { clock, log, environment: proxies });
}
