import type { ServerResponse } from 'node:http';
import type { RateState } from './rate-budgets.ts';
import { BinaryBody } from './route.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, type: 'application/json;charset=utf-8', bytes: Buffer.from(JSON.stringify(body)) };
}

export function textAnswer(status: number, type: string, text: string): Answer {
  return { status, type, bytes: Buffer.from(text) };
}

export function answerOf(body: unknown): Answer {
  if (!(body instanceof BinaryBody)) return jsonAnswer(200, body);
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(body.name)}`;
  return { status: 200, type: body.type, bytes: body.bytes, headers: { 'Content-Disposition': disposition } };
}

export function rateHeaders({ limit, remaining, reset }: RateState): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(reset),
  };
}

export function send(response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  response.writeHead(answer.status, headersOf(answer, headers));
  response.end(answer.bytes);
}

/** Promises the whole length, sends half of it and cuts the connection. */
export function sendHalf(response: ServerResponse, answer: Answer, headers: Readonly<Record<string, string>>): void {
  response.writeHead(answer.status, headersOf(answer, headers));
  response.write(answer.bytes.subarray(0, answer.bytes.length >> 1), () => response.destroy());
}

function headersOf(answer: Answer, headers: Readonly<Record<string, string>>): Record<string, string | number> {
  return { 'Content-Type': answer.type, 'Content-Length': answer.bytes.length, ...answer.headers, ...headers };
}
