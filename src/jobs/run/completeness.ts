import type { Message } from '../../message/message.ts';
import type { Query } from '../../replicate/query.ts';
import { isRestriction, PROJECT_COLUMN, type ReadFailure } from '../../tap/tap.ts';
import { namedInResult } from './named-part.ts';

/**
 * What a reading lacks of what a statement needs: the projects that may not be read, by their ids. Undefined if it
 * lacks more than that, so that nothing is known of what it did not bring (invariant 5).
 */
export type Lacking = readonly number[] | undefined;

export function lackingOf(failures: readonly ReadFailure[] | undefined): Lacking {
  if (!failures?.every(isOfProject)) return undefined;
  return [...new Set(failures.flatMap(({ project }) => project ?? []))];
}

/** What the plan, a role or the settings of one project forbid in every run: the other projects are complete. */
export function isOfProject(failure: ReadFailure): boolean {
  return isRestriction(failure) && failure.project !== undefined;
}

/**
 * Keeps what a table that is replaced holds of projects that could not be read. Undefined if its rows do not tell
 * their project.
 */
export function keepLacking(
  query: Query,
  table: string,
  version: number,
  lacking: readonly number[],
): readonly Message[] | undefined {
  if (lacking.length === 0) return [];
  const parents = lacking
    .map((id) => namedInResult(query, { [PROJECT_COLUMN]: id }))
    .filter((row) => row !== undefined);
  if (query.keyProperties.length === 0 || parents.length < lacking.length) return undefined;
  return [{ type: 'keep', stream: table, version, parents }];
}
