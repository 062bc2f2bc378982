import { AppError } from '../../runtime/errors.ts';

/** Backlog's own numbers (Nulab: "Error Response") with the status that each comes with. */
const KINDS = {
  internal: { number: 1, status: 500 },
  licence: { number: 2, status: 403 },
  unauthorizedOperation: { number: 5, status: 403 },
  noResource: { number: 6, status: 404 },
  invalidRequest: { number: 7, status: 400 },
  authentication: { number: 11, status: 401 },
  tooManyRequests: { number: 13, status: 429 },
} as const;

export type ApiErrorKind = keyof typeof KINDS;

/** An answer that refuses, as the real server words it. */
export class ApiError extends AppError {
  override readonly recovery = 'fatal';
  readonly status: number;
  readonly number: number;

  constructor(kind: ApiErrorKind, message: string) {
    super({ code: `sandbox.${kind}`, text: { en: message, ja: message } });
    this.status = KINDS[kind].status;
    this.number = KINDS[kind].number;
  }

  get body(): unknown {
    return errorBody(this.number, this.message);
  }
}

export function errorBody(code: number, message: string): unknown {
  return { errors: [{ message, code, moreInfo: '' }] };
}

export const noSuch = (what: string) => new ApiError('noResource', `No ${what}.`);
export const invalid = (parameter: string) => new ApiError('invalidRequest', `${parameter} is invalid.`);
export const refused = () => new ApiError('unauthorizedOperation', 'You do not have permission to do this.');
