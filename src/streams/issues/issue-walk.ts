import type { Query } from '../../backlog/client.ts';
import { readByOffset } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { daySince, dayUntil, instantOf, isoSecond } from '../instant.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import type { Issue } from './issue.ts';
import { type IssueCursor, issueCursorOf } from './issue-cursor.ts';

/** Reads the issues of a project: all of them in the order of their creation, or what changed since the cursor. */
export function walkIssues(reader: SpaceReader, slice: Slice, cursor: Cursor | undefined): AsyncGenerator<Page<Issue>> {
  const known = issueCursorOf(cursor);
  return known === undefined || known.scan ? scan(reader, slice, known?.scan) : changes(reader, slice, known);
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
  const pages = list(reader, slice, {
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
    yield pageOf(slice, fresh, { at: isoSecond(startDate ?? 0), scan: { created, started } });
  }
  if (resumed) yield* changes(reader, slice, { at: started });
  else yield { entries: [], cursor: { at: started }, complete: true };
}

/**
 * Changes, newest first, so that reading can stop at the first issue that is older than the cursor: the API filters by
 * whole days only, in a time zone that it does not tell. An interrupted reading has done a window of time; the next
 * one reads what is newer than the window, then what is older.
 */
async function* changes(reader: SpaceReader, slice: Slice, cursor: IssueCursor): AsyncGenerator<Page<Issue>> {
  const { lookback, startDate } = reader.settings;
  const now = isoSecond(reader.presentTime());
  const from = Math.max(
    Math.min(instantOf(cursor.at), instantOf(now)) - lookback,
    startDate ?? Number.NEGATIVE_INFINITY,
  );
  const { at, window } = cursor;
  if (window) {
    const joint = Math.max(from, instantOf(window.newest) - lookback);
    for await (const page of newestFirst(reader, slice, joint)) yield { ...pageOf(slice, page, cursor), again: true };
  }
  for await (const page of newestFirst(reader, slice, from, window && instantOf(window.oldest))) {
    const oldest = page.at(-1)?.updated;
    const done = oldest === undefined ? cursor : { at, window: { oldest, newest: now } };
    yield { ...pageOf(slice, page, done), again: true };
  }
  yield { entries: [], cursor: { at: now }, complete: true };
}

/** The issues that were changed from `from` on, up to `until` if it is given, both included. */
async function* newestFirst(
  reader: SpaceReader,
  slice: Slice,
  from: number,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Issue[]> {
  const updatedUntil = Number.isFinite(until) ? dayUntil(until) : undefined;
  for await (const page of list(reader, slice, {
    sort: 'updated',
    order: 'desc',
    updatedSince: daySince(from),
    updatedUntil,
  })) {
    yield page.filter(({ updated }) => instantOf(updated) >= from && instantOf(updated) <= until);
    if (page.some(({ updated }) => instantOf(updated) < from)) return;
  }
}

function list(reader: SpaceReader, slice: Slice, query: Query): AsyncIterable<readonly Issue[]> {
  return readByOffset<Issue>({
    fetchPage: (offset, count) => reader.get('/issues', { projectId: [Number(slice.id)], ...query, offset, count }),
    idOf: (issue) => issue.id,
  });
}

function pageOf(slice: Slice, issues: readonly Issue[], cursor: IssueCursor): Page<Issue> {
  const parents = slice.project ? { project_id: slice.project.id } : {};
  return { entries: issues.map((fields) => ({ fields, parents })), cursor };
}
