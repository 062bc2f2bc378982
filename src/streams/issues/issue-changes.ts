import { daySince, dayUntil, instantOf, isoSecond } from '../instant.ts';
import type { Page, Place, Slice, SpaceReader } from '../resource.ts';
import type { Issue } from './issue.ts';
import { type IssueCursor, issueCursorOf } from './issue-cursor.ts';
import { issuePage, listIssues } from './issue-list.ts';

/** What is to be read of a project: what was changed from an instant on, in milliseconds. */
interface Stretch {
  readonly slice: Slice;
  readonly cursor: IssueCursor;
  readonly from: number;
}

/**
 * Changes in these projects, newest first, so that reading can stop at the first issue that is older than all cursors:
 * the API filters by whole days only, in a time zone that it does not tell. An interrupted reading has done a window of
 * time, the same in each project; the next one reads what is newer than the window, then what is older.
 */
export async function* walkChanges(
  reader: SpaceReader,
  places: readonly Place[],
): AsyncGenerator<readonly Page<Issue>[], void, undefined> {
  const now = isoSecond(reader.presentTime());
  const stretches = places.flatMap((place) => stretchOf(place, now, reader));
  const slices = stretches.map(({ slice }) => slice);
  const from = Math.min(...stretches.map((stretch) => stretch.from));
  const window = stretches[0]?.cursor.window;
  if (window) {
    const joint = Math.max(from, instantOf(window.newest) - reader.settings.lookback);
    for await (const issues of newestFirst(reader, slices, joint))
      yield stretches.map((stretch) => changesIn(stretch, issues, stretch.cursor));
  }
  for await (const issues of newestFirst(reader, slices, from, window && instantOf(window.oldest))) {
    const oldest = issues.at(-1)?.updated;
    const done = oldest === undefined ? {} : { window: { oldest, newest: now } };
    yield stretches.map((stretch) => changesIn(stretch, issues, { ...stretch.cursor, ...done }));
  }
  yield slices.map(() => ({ entries: [], cursor: { at: now }, complete: true }));
}

/** Projects of which nothing, or the same window, has been done; a first load is a project's own affair. */
export function changesGroup({ cursor }: Place): string | undefined {
  const known = issueCursorOf(cursor);
  if (known === undefined || known.scan) return undefined;
  return known.window ? `${known.window.oldest} ${known.window.newest}` : '';
}

function stretchOf({ slice, cursor }: Place, now: string, { settings }: SpaceReader): readonly Stretch[] {
  const known = issueCursorOf(cursor);
  if (known === undefined) return [];
  const { lookback, startDate } = settings;
  const from = Math.min(instantOf(known.at), instantOf(now)) - lookback;
  return [{ slice, cursor: known, from: Math.max(from, startDate ?? Number.NEGATIVE_INFINITY) }];
}

function changesIn({ slice, from }: Stretch, issues: readonly Issue[], cursor: IssueCursor): Page<Issue> {
  const own = issues.filter(({ projectId, updated }) => projectId === Number(slice.id) && instantOf(updated) >= from);
  return { ...issuePage(slice, own, cursor), again: true };
}

/** The issues that were changed from `from` on, up to `until` if it is given, both included. */
async function* newestFirst(
  reader: SpaceReader,
  slices: readonly Slice[],
  from: number,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Issue[]> {
  const updatedUntil = Number.isFinite(until) ? dayUntil(until) : undefined;
  for await (const page of listIssues(reader, slices, {
    sort: 'updated',
    order: 'desc',
    updatedSince: daySince(from),
    updatedUntil,
  })) {
    yield page.filter(({ updated }) => instantOf(updated) >= from && instantOf(updated) <= until);
    if (page.some(({ updated }) => instantOf(updated) < from)) return;
  }
}
