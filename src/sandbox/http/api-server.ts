import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../runtime/clock.ts';
import { redact } from '../../runtime/secrets.ts';
import type { UserRecord } from '../world/records.ts';
import type { World } from '../world/world.ts';
import { type Answer, answerOf, jsonAnswer, rateHeaders, send, sendHalf, textAnswer } from './answer.ts';
import { ApiError, errorBody, noSuch } from './api-error.ts';
import type { Fault, Faults } from './faults.ts';
import { Parameters } from './parameters.ts';
import type { RateBudgets } from './rate-budgets.ts';
import type { RateClass } from './rate-class.ts';
import type { RequestLogEntry } from './request-log.ts';
import type { Match } from './route.ts';

const ROOT = '/api/v2';

export interface ApiServer {
  readonly world: World;
  readonly find: (path: string) => Match | undefined;
  readonly budgets: RateBudgets;
  readonly faults: Faults;
  readonly requests: RequestLogEntry[];
  readonly clock: Clock;
  /** Whose key it is. */
  readonly keyOwner: (key: string) => UserRecord | undefined;
  /** The server's own time in milliseconds: the clock's, or wrong on purpose. */
  readonly now: () => number;
  readonly change: (action: string, values: readonly unknown[]) => unknown;
  readonly exclusiveIds: boolean;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly user: UserRecord | undefined;
  readonly match: Match | undefined;
  readonly rateClass: RateClass;
}

/** One request of the API from arrival to answer: fault, sign-in, budget, handler, log. */
export async function serveApi(server: ApiServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming = receive(server, request);
  const fault = server.faults.next(incoming.path);
  if (fault?.kind === 'slow') await server.clock.sleep(fault.milliseconds);
  if (fault?.kind === 'change') server.change(fault.action, fault.arguments);
  if (fault?.kind === 'reset') {
    log(server, incoming, 0);
    request.socket.destroy();
    return;
  }
  const answer = faultyAnswer(fault) ?? properAnswer(server, incoming);
  log(server, incoming, answer.status);
  const headers = headersFor(server, incoming, answer.status);
  if (fault?.kind === 'truncate') sendHalf(response, answer, headers);
  else send(response, answer, headers);
}

function receive(server: ApiServer, request: IncomingMessage): Incoming {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.startsWith(`${ROOT}/`) ? url.pathname.slice(ROOT.length) : url.pathname;
  const method = request.method ?? 'GET';
  const header = request.headers['backlog-api-key'];
  const key = typeof header === 'string' ? header : url.searchParams.get('apiKey');
  const match = method === 'GET' && path !== url.pathname ? server.find(path) : undefined;
  return {
    method,
    path,
    query: url.searchParams,
    user: key === null ? undefined : server.keyOwner(key),
    match,
    rateClass: method === 'GET' ? (match?.route.rateClass ?? 'read') : 'update',
  };
}

function properAnswer(server: ApiServer, { user, match, query, rateClass }: Incoming): Answer {
  try {
    if (user === undefined) throw new ApiError('authentication', 'Authentication failure.');
    if (!server.budgets.spend(user.id, rateClass, server.now()))
      throw new ApiError('tooManyRequests', 'Too many requests.');
    if (match === undefined) throw noSuch('such API');
    const parameters = new Parameters(query, server.exclusiveIds);
    const rates = server.budgets.states(user.id, server.now());
    return answerOf(
      match.route.handle({ data: server.world, viewer: user, path: match.path, query: parameters, rates }),
    );
  } catch (error) {
    if (error instanceof ApiError) return jsonAnswer(error.status, error.body);
    return jsonAnswer(500, errorBody(1, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

const HTML =
  '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>メンテナンス中です</h1></body></html>';

function faultyAnswer(fault: Fault | undefined): Answer | undefined {
  switch (fault?.kind) {
    case 'status':
      return jsonAnswer(fault.status, errorBody(fault.status === 429 ? 13 : 1, 'Refused on demand.'));
    case 'html':
      return textAnswer(fault.status ?? 503, 'text/html;charset=utf-8', HTML);
    case 'body':
      return textAnswer(fault.status ?? 200, 'application/json;charset=utf-8', fault.body);
    default:
      return undefined;
  }
}

/** A refusal with 429 says that nothing is left, even if it was made on demand. */
function headersFor(
  server: ApiServer,
  { user, rateClass }: Incoming,
  status: number,
): Readonly<Record<string, string>> {
  const now = server.now();
  const date = { Date: new Date(now).toUTCString() };
  if (user === undefined) return date;
  const state = server.budgets.state(user.id, rateClass, now);
  return { ...date, ...rateHeaders(status === 429 ? { ...state, remaining: 0 } : state) };
}

function log(server: ApiServer, incoming: Incoming, status: number): void {
  const query = new URLSearchParams(incoming.query);
  query.delete('apiKey');
  server.requests.push({
    method: incoming.method,
    path: incoming.path,
    query: redact(decodeURIComponent(query.toString())),
    rateClass: incoming.rateClass,
    status,
    userId: incoming.user?.id,
    time: server.now(),
  });
}
