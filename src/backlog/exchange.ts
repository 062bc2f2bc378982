/** One GET below `/api/v2`, before or after the decorators have added to it. */
export interface ApiRequest {
  /** Begins with a slash, without `/api/v2`. */
  readonly path: string;
  /** Percent-encoded, without the question mark; may be empty. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/**
 * Sends a request and hears the answer, whatever its status. Rejects with an `AppError` when there was no answer, or
 * with the signal's reason. The client is made of decorators of this one function.
 */
export type Exchange = (request: ApiRequest) => Promise<ApiAnswer>;
