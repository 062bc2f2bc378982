/** The four allowances that Backlog counts per user and minute (Nulab: "Rate limit"; sizes come from the server). */
export const RATE_CLASSES = ['read', 'search', 'icon', 'update'] as const;

export type RateClass = (typeof RATE_CLASSES)[number];

export type QueryValue = string | number | boolean | readonly (string | number)[];

/** Lists become repeated `name[]=…`; the names here are without brackets. */
export type Query = Readonly<Record<string, QueryValue | undefined>>;

/** What the client has done so far; read by progress displays and reports. */
export interface ClientUsage {
  /** Requests that reached the server, refused and failed ones included. */
  readonly requests: Readonly<Record<RateClass, number>>;
  /** Answers with status 429. Zero in normal work. */
  readonly refused: number;
  readonly retries: number;
  /** Set while requests wait for a budget to be refilled: the instant in milliseconds. */
  readonly waitingUntil: number | undefined;
}

/** Reads one Backlog space with one user's key: authenticated, within the budgets, retried, decoded. */
export interface BacklogClient {
  /** Host name (and port, if it is not the standard one), for example `example.backlog.com`. */
  readonly host: string;
  readonly usage: ClientUsage;
  /**
   * The decoded JSON body of `GET {host}/api/v2{path}`. The shape is the caller's claim: bodies are not checked
   * against it. Rejects with an `AppError` whose recovery says what to do.
   */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  /** The time at the server, in milliseconds: our clock corrected by the `Date` header of its answers. */
  serverTime(): number;
  /** Ends idle connections; the client is unusable afterwards. */
  close(): Promise<void>;
}
