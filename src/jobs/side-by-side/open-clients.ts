import { parseAddress } from '../../backlog/address.ts';
import type { BacklogClient, ClientUsage, RateClass } from '../../backlog/client.ts';
import { rateClassOf } from '../../backlog/rate-class.ts';
import type { SourceConnection } from '../../replicate/source-connection.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/log.ts';
import { clientOf, type Environment } from './client-of.ts';

/** A job's source, and where what its client has to say is told. */
export interface JobSource {
  readonly source: SourceConnection;
  readonly log: Logger;
}

export interface Clients extends AsyncDisposable {
  /** For one of the sources that they were opened for. */
  clientFor(source: SourceConnection): BacklogClient;
}

/**
 * A client for each space and key: jobs that read with the same one spend the same allowances, so they must share what
 * is known of these. The smallest share that one of them names holds for all.
 */
export function openClients(sources: readonly JobSource[], environment: Environment, clock: Clock): Clients {
  const byAccount = new Map<string, readonly [JobSource, ...JobSource[]]>();
  for (const each of sources) {
    const key = accountOf(each.source);
    const [first = each, ...others] = byAccount.get(key) ?? [];
    byAccount.set(key, first === each ? [each] : [first, ...others, each]);
  }
  const opened = [...byAccount.values()].map((users) => ({ users, client: openFor(users, environment, clock) }));
  return {
    clientFor(source) {
      const account = opened.find(({ users }) => users.some((user) => user.source === source));
      if (account === undefined) throw new RangeError('no client was opened for this source');
      return account.users.length > 1 ? withOwnUsage(account.client) : account.client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(({ client }) => client.close()));
    },
  };
}

function accountOf({ url, apiKey }: SourceConnection): string {
  return `${parseAddress(url).origin}\n${apiKey}`;
}

function openFor(users: readonly [JobSource, ...JobSource[]], environment: Environment, clock: Clock): BacklogClient {
  const [first] = users;
  const shares = users.flatMap(({ source }) => source.budgetShare ?? []);
  const source = { ...first.source, ...(shares.length > 0 && { budgetShare: Math.min(...shares) }) };
  return clientOf(source, environment, clock, first.log);
}

/** The client as one of its users sees it: what that one has asked for, each request counted once. */
function withOwnUsage(client: BacklogClient): BacklogClient {
  const requests: Record<RateClass, number> = { read: 0, search: 0, icon: 0, update: 0 };
  const usage: ClientUsage = {
    requests,
    get refused() {
      return client.usage.refused;
    },
    get retries() {
      return client.usage.retries;
    },
    get waitingUntil() {
      return client.usage.waitingUntil;
    },
  };
  return {
    host: client.host,
    usage,
    get(path, query, signal) {
      requests[rateClassOf(path)] += 1;
      return client.get(path, query, signal);
    },
    serverTime: () => client.serverTime(),
    close: async () => undefined,
  };
}
