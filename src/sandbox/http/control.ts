import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonAnswer, send } from './answer.ts';
import type { FaultRule, Faults } from './faults.ts';
import { countRequests, type RequestLogEntry } from './request-log.ts';

/** What another process may do to a running sandbox; it listens on the loopback address only. */
export interface ControlServer {
  readonly faults: Faults;
  readonly requests: RequestLogEntry[];
  readonly change: (action: string, values: readonly unknown[]) => unknown;
  readonly skew: (seconds: number) => void;
}

type Control = (server: ControlServer, body: Readonly<Record<string, unknown>>) => unknown;

/**
 * `POST /sandbox/changes` `{action, arguments}` calls one of the world's `Mutations` and answers with what it gives;
 * `POST /sandbox/faults` adds a `FaultRule`; `POST /sandbox/clock` `{skewSeconds}` makes the server's clock wrong;
 * `GET /sandbox/requests` tells `{counts, entries}`; `DELETE` on faults and requests forgets them.
 */
const CONTROLS: Readonly<Record<string, Control>> = {
  'POST /sandbox/changes': ({ change }, body) => change(String(body.action), listOf(body.arguments)) ?? null,
  'POST /sandbox/faults': ({ faults }, body) => faults.add(body as unknown as FaultRule) ?? null,
  'DELETE /sandbox/faults': ({ faults }) => faults.clear() ?? null,
  'POST /sandbox/clock': ({ skew }, body) => skew(Number(body.skewSeconds)) ?? null,
  'GET /sandbox/requests': ({ requests }) => ({ counts: countRequests(requests), entries: requests }),
  'DELETE /sandbox/requests': ({ requests }) => requests.splice(0).length,
};

export function isControl(request: IncomingMessage): boolean {
  return request.url?.startsWith('/sandbox/') ?? false;
}

export async function serveControl(
  server: ControlServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const control = CONTROLS[`${request.method} ${request.url}`];
  if (control === undefined) {
    send(response, jsonAnswer(404, { message: `Known are: ${Object.keys(CONTROLS).join(', ')}` }), {});
    return;
  }
  try {
    send(response, jsonAnswer(200, control(server, await bodyOf(request))), {});
  } catch (error) {
    send(response, jsonAnswer(400, { message: error instanceof Error ? error.message : String(error) }), {});
  }
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
