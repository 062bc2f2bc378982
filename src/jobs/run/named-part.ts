import type { Row, Value } from '../../message/value.ts';
import type { Query } from '../../replicate/query.ts';

/** Columns of the one stream with their values, as the result calls them; undefined if it lacks one of them. */
export function namedInResult({ columns }: Pick<Query, 'columns'>, part: Row): Row | undefined {
  const named: Record<string, Value> = {};
  for (const [property, value] of Object.entries(part)) {
    const column = columns.find(({ origin }) => origin?.column === property);
    if (column === undefined) return undefined;
    named[column.name] = value;
  }
  return named;
}
