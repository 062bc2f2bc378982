import { API_ROOT } from './address.ts';
import { REDIRECTED, UNEXPECTED_ANSWER } from './answer-troubles.ts';
import type { ApiAnswer, ApiRequest, Exchange } from './exchange.ts';
import { troubleAt } from './trouble.ts';

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Follows redirects that stay on `origin` and below `/api/v2`. Nothing, least of all the key, goes anywhere else. */
export function withRedirects(exchange: Exchange, origin: string): Exchange {
  return async (request) => {
    let answer = await exchange(request);
    for (let hops = 0; REDIRECTS.has(answer.status); hops += 1) {
      if (hops === MOST_REDIRECTS) throw troubleAt(UNEXPECTED_ANSWER, request.path, 'too many redirects');
      answer = await exchange(redirected(request, answer, origin));
    }
    return answer;
  };
}

function redirected(request: ApiRequest, { headers }: ApiAnswer, origin: string): ApiRequest {
  const location = headers.location ?? '';
  const base = `${origin}${API_ROOT}${request.path}`;
  if (!URL.canParse(location, base)) throw troubleAt(UNEXPECTED_ANSWER, request.path, 'redirect without a target');
  const target = new URL(location, base);
  if (target.origin !== origin) throw troubleAt(REDIRECTED, request.path, target.host);
  if (!target.pathname.startsWith(`${API_ROOT}/`))
    throw troubleAt(REDIRECTED, request.path, target.host + target.pathname);
  target.searchParams.delete('apiKey');
  return { ...request, path: target.pathname.slice(API_ROOT.length), query: target.search.slice(1) };
}
