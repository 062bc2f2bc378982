import type { AppError } from '../runtime/errors.ts';
import * as troubles from './answer-troubles.ts';
import type { ApiAnswer } from './exchange.ts';
import { type Trouble, troubleAt } from './trouble.ts';

/** Nulab, "Error response"; codes that only writing requests can meet are left out. */
const BY_CODE: ReadonlyMap<unknown, Trouble> = new Map([
  [1, troubles.SERVER_FAILED],
  [2, troubles.NOT_IN_PLAN],
  [3, troubles.LICENCE_EXPIRED],
  [4, troubles.IP_REFUSED],
  [5, troubles.FORBIDDEN],
  [6, troubles.NOT_FOUND],
  [7, troubles.BAD_REQUEST],
  [11, troubles.KEY_REFUSED],
  [12, troubles.MFA_REQUIRED],
  [13, troubles.RATE_LIMITED],
]);

const BY_STATUS: ReadonlyMap<number, Trouble> = new Map([
  [400, troubles.BAD_REQUEST],
  [401, troubles.KEY_REFUSED],
  [402, troubles.LICENCE_EXPIRED],
  [403, troubles.FORBIDDEN],
  [404, troubles.NOT_FOUND],
  [408, troubles.SERVER_FAILED],
]);

interface ApiFault {
  readonly code: unknown;
  readonly message: string;
}

/**
 * The error that an answer other than 200 means. Backlog does not publish which status goes with which code, so the
 * code decides where there is one, except that 429 and 5xx always mean to come again. A page with status 404 is no
 * proof that anything was deleted (invariant 5).
 */
export function errorOfAnswer(answer: ApiAnswer, path: string): AppError {
  const fault = faultOf(answer.body);
  const detail = [`HTTP ${answer.status}`, fault?.message].filter(Boolean).join(': ');
  return troubleAt(troubleOf(answer, fault), path, detail);
}

function troubleOf(answer: ApiAnswer, fault: ApiFault | undefined): Trouble {
  if (answer.status === 429) return troubles.RATE_LIMITED;
  if (answer.status >= 500) return troubles.SERVER_FAILED;
  const known = BY_CODE.get(fault?.code);
  if (known !== undefined) return known;
  if (answer.status === 404 && looksLikeHtml(answer)) return troubles.NOT_BACKLOG;
  return BY_STATUS.get(answer.status) ?? troubles.UNEXPECTED_ANSWER;
}

/** The error that an unreadable body of status 200 means. Nothing of the body is kept: it may hold anything. */
export function errorOfBody(answer: ApiAnswer, path: string): AppError {
  return troubleAt(looksLikeHtml(answer) ? troubles.PAGE_INSTEAD : troubles.TRUNCATED, path);
}

function looksLikeHtml({ headers, body }: ApiAnswer): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html|\?xml)/i.test(body);
}

/** The first entry of `{"errors":[{"message","code","moreInfo"}]}`; undefined for any other body. */
function faultOf(body: string): ApiFault | undefined {
  try {
    const { errors } = JSON.parse(body) as { errors?: readonly { code?: unknown; message?: unknown }[] };
    const first = Array.isArray(errors) ? errors[0] : undefined;
    return first && { code: first.code, message: typeof first.message === 'string' ? first.message : '' };
  } catch {
    return undefined;
  }
}
