import type { Row, Value } from '../../message/value.ts';
import type { Query } from '../../replicate/query.ts';
import { PROJECT_COLUMN } from '../../tap/tap.ts';

/** Whether rows of the result name the project that they belong to. */
export function tellsProject({ columns }: Pick<Query, 'columns'>): boolean {
  return columns.some(({ origin }) => origin?.column === PROJECT_COLUMN);
}

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
