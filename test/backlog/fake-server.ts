import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  /** Path and query of each request that arrived, the reading of `/rateLimit` left out. */
  readonly seen: readonly string[];
}

/** A server of this test alone; `/rateLimit` is not found there unless `limits` answers it. */
export async function startServer(answer: Answerer, limits: Answerer = refuse): Promise<FakeServer> {
  const seen: string[] = [];
  const listener: RequestListener = (request, response) => {
    if (request.url?.startsWith('/api/v2/rateLimit')) return limits(request, response);
    seen.push(request.url ?? '');
    answer(request, response);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, seen };
}

export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

export function apiError(response: ServerResponse, status: number, code: number, message = 'No such thing.'): void {
  json(response, { errors: [{ message, code, moreInfo: '' }] }, status);
}

function refuse(_request: IncomingMessage, response: ServerResponse): void {
  apiError(response, 404, 6);
}
