import { parseJson } from '../message/exact-json.ts';
import { errorOfAnswer, errorOfBody } from './answer-error.ts';
import type { ApiRequest, Exchange } from './exchange.ts';

/** Turns an answer into its decoded body (undefined for 204), or into the error that it means. */
export function withDecoding(exchange: Exchange): (request: ApiRequest) => Promise<unknown> {
  return async (request) => {
    const answer = await exchange(request);
    if (answer.status === 204) return undefined;
    if (answer.status !== 200) throw errorOfAnswer(answer, request.path);
    try {
      return parseJson(answer.body);
    } catch {
      throw errorOfBody(answer, request.path);
    }
  };
}
