import type { Cursor } from '../../message/state.ts';
import { daySince, instantOf, isoSecond } from '../instant.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import type { Issue } from './issue.ts';
import { walkChanges } from './issue-changes.ts';
import { type IssueCursor, issueCursorOf } from './issue-cursor.ts';
import { issuePage, listIssues } from './issue-list.ts';

/** Reads the issues of a project: all of them in the order of their creation, or what changed since the cursor. */
export function walkIssues(reader: SpaceReader, slice: Slice, cursor: Cursor | undefined): AsyncGenerator<Page<Issue>> {
  const known = issueCursorOf(cursor);
  return known === undefined || known.scan
    ? scan(reader, slice, known?.scan)
    : ofOne(walkChanges(reader, [{ slice, cursor }]));
}

/**
 * The first load. `created` never changes, so changes made meanwhile do not move issues about, and an interrupted scan
 * goes on from a time instead of an offset. What changes after the scan has begun is left to the next run, hence the
 * cursor that stops at its start (invariant 2); after a resumed one it is read at once.
 */
async function* scan(reader: SpaceReader, slice: Slice, resumed: IssueCursor['scan']): AsyncGenerator<Page<Issue>> {
  const started = resumed?.started ?? isoSecond(reader.presentTime());
  const { startDate } = reader.settings;
  const createdFrom = instantOf(resumed?.created);
  const changedFrom = startDate ?? Number.NEGATIVE_INFINITY;
  const pages = listIssues(reader, [slice], {
    sort: 'created',
    order: 'asc',
    createdSince: daySince(createdFrom),
    updatedSince: daySince(changedFrom),
  });
  for await (const page of pages) {
    const fresh = page.filter(
      (issue) => instantOf(issue.created) >= createdFrom && instantOf(issue.updated) >= changedFrom,
    );
    const created = page.at(-1)?.created ?? started;
    yield issuePage(slice, fresh, { at: isoSecond(startDate ?? 0), scan: { created, started } });
  }
  if (resumed) yield* ofOne(walkChanges(reader, [{ slice, cursor: { at: started } }]));
  else yield { entries: [], cursor: { at: started }, complete: true };
}

/** Of a walk in a single project. */
async function* ofOne<T>(steps: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const pages of steps) yield* pages;
}
