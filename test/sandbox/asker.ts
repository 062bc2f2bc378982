import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined if it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are checked by what tests expect of them
  readonly body: any;
}

/** Asks the sandbox over its socket, as this user; as the administrator if none is named. */
export function asker(sandbox: Sandbox, userId?: number): (path: string) => Promise<Reply> {
  const key = userId === undefined ? sandbox.apiKey : sandbox.keyOf(userId);
  return async (path) => {
    const response = await fetch(`${sandbox.url}/api/v2${path}`, { headers: { 'Backlog-API-Key': key } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A clock that stands where it is put. */
export function standingClock(start: number) {
  let time = start;
  return {
    now: () => time,
    async sleep(milliseconds: number) {
      time += milliseconds;
    },
    set(to: number) {
      time = to;
    },
  };
}

export const errorBody = (code: number) => ({
  errors: [{ message: expect.any(String) as unknown, code, moreInfo: '' }],
});
