import type { View } from '../bodies/view.ts';
import type { Parameters } from './parameters.ts';
import type { RateState } from './rate-budgets.ts';
import type { RateClass } from './rate-class.ts';

/** One request, after sign-in: handlers are functions of it and of nothing else. */
export interface ApiRequest extends View {
  /** The variable parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Parameters;
  /** What is left of the user's budgets, this request counted. */
  readonly rates: Readonly<Record<RateClass, RateState>>;
}

export interface Route {
  /** Below `/api/v2`; `:name` stands for one segment, `*name` for all that are left. */
  readonly pattern: string;
  readonly rateClass: RateClass;
  /** Gives the body to be sent as JSON, or a `BinaryBody`; refuses by throwing an `ApiError`. */
  readonly handle: (request: ApiRequest) => unknown;
}

export class BinaryBody {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;

  constructor(name: string, type: string, bytes: Uint8Array) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
  }
}

export function read(pattern: string, handle: Route['handle']): Route {
  return { pattern, rateClass: 'read', handle };
}

export function search(pattern: string, handle: Route['handle']): Route {
  return { pattern, rateClass: 'search', handle };
}

export function icon(pattern: string, handle: Route['handle']): Route {
  return { pattern, rateClass: 'icon', handle };
}

export interface Match {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the first route of the list that fits. */
export function createRouter(routes: readonly Route[]): (path: string) => Match | undefined {
  const prepared = routes.map((route) => ({ route, parts: route.pattern.split('/') }));
  return (path) => {
    const segments = decoded(path);
    if (segments === undefined) return undefined;
    for (const { route, parts } of prepared) {
      const found = capture(parts, segments);
      if (found !== undefined) return { route, path: found };
    }
    return undefined;
  };
}

function decoded(path: string): readonly string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function capture(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    if (part.startsWith('*')) {
      found[part.slice(1)] = segments.slice(index).join('/');
      return found;
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) found[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return segments.length === parts.length ? found : undefined;
}
