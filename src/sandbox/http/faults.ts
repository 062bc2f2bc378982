/** What goes wrong. */
export type Fault =
  /** Refused with this status and an error body; 429 with code 13. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection is cut before anything is answered. */
  | { readonly kind: 'reset' }
  /** The right answer, cut off in the middle. */
  | { readonly kind: 'truncate' }
  /** A page for people, as a proxy or a maintenance window would send. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The right answer, but late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Another body than the right one. */
  | { readonly kind: 'body'; readonly body: string; readonly status?: number }
  /** The right answer, but the world changes just before it; see `Mutations`. */
  | { readonly kind: 'change'; readonly action: string; readonly arguments: readonly unknown[] };

export interface FaultRule {
  /** Below `/api/v2`, with `*` for any characters. Default: every path. */
  readonly path?: string;
  /** The first matching request that is hit, counted from 1. Default 1. */
  readonly nth?: number;
  /** How many matching requests are hit. Default 1. */
  readonly times?: number;
  readonly fault: Fault;
}

/** Rules in the order of arrival; the first that applies to a request decides, but all count it. */
export class Faults {
  #rules: { readonly rule: FaultRule; readonly fits: RegExp; seen: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, fits: glob(rule.path ?? '*'), seen: 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** Counts the request and tells what is to go wrong with it. */
  next(path: string): Fault | undefined {
    let fault: Fault | undefined;
    for (const entry of this.#rules) {
      if (!entry.fits.test(path)) continue;
      entry.seen += 1;
      const first = entry.rule.nth ?? 1;
      if (entry.seen >= first && entry.seen < first + (entry.rule.times ?? 1)) fault ??= entry.rule.fault;
    }
    return fault;
  }
}

function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
