import type { RateClass } from './client.ts';

const SEARCHES = new Set(['/issues', '/issues/count', '/wikis', '/wikis/count']);
const IMAGES = /^\/(space\/image|(projects\/[^/]+\/image)|((users|teams|groups)\/[^/]+\/icon))$/;

/** The allowance that a GET of this path is counted against (Nulab: "Rate limit"). */
export function rateClassOf(path: string): RateClass {
  if (SEARCHES.has(path)) return 'search';
  return IMAGES.test(path) ? 'icon' : 'read';
}
