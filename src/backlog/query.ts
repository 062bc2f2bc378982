import type { Query, QueryValue } from './client.ts';

/**
 * The query string as Backlog reads it: lists as repeated `name[]=…`, but lists of custom field filters numbered,
 * because the API does not honour the plain form for these (as in Nulab's own client, backlog-js).
 */
export function encodeQuery(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const [key, text] of pairs(name, value)) parameters.append(key, text);
  }
  return parameters.toString();
}

function pairs(name: string, value: QueryValue | undefined): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  const numbered = name.startsWith('customField_');
  return value.map((item, index) => [numbered ? `${name}[${index}]` : `${name}[]`, String(item)]);
}
