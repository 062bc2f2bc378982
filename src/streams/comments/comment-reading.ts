import { readById } from '../../backlog/paging.ts';
import type { Cursor } from '../../message/state.ts';
import { instantOf } from '../instant.ts';
import type { Issue } from '../issues/issue.ts';
import { issueCursorOf } from '../issues/issue-cursor.ts';
import type { ChildReading, Details, SpaceReader } from '../resource.ts';
import type { Entry } from '../stream.ts';
import type { Comment } from './comment.ts';

/** The most that the API gives at once. */
const PAGE_SIZE = 100;

/**
 * Reads the comments of an issue from the newest down, as far as they are new. A comment is new if its id is above the
 * greatest one of the last run, or if it is younger than the cursor; the first also finds comments that were imported
 * with an old date. Edited ones are found on the pages that are read anyway. A list that fits into one page is whole, so
 * that deleted ones are found too.
 */
export function openComments(
  reader: SpaceReader,
  cursor: Cursor | undefined,
  own: Details,
): ChildReading<Issue, Comment> {
  const { lookback, skipUntouched } = reader.settings;
  const known = issueCursorOf(cursor);
  const since = known && !known.scan ? instantOf(known.at) - lookback : Number.NEGATIVE_INFINITY;
  const floor = typeof own.comment_id === 'number' ? own.comment_id : undefined;
  const started = reader.presentTime();
  let greatest = floor ?? 0;

  const isNew = (comment: Comment) =>
    instantOf(comment.created) >= since || (floor !== undefined && comment.id > floor);
  const isSettled = ({ created }: Comment) => instantOf(created) <= started;
  const isWanted = (comment: Comment) => isNew(comment) || instantOf(comment.updated) >= since;

  return {
    concerns: ({ created, updated }) => instantOf(updated) >= since && !(skipUntouched && created === updated),
    async *read({ fields: issue }) {
      for await (const { page, isWhole } of pagesOf(reader, issue)) {
        greatest = Math.max(greatest, ...page.filter(isSettled).map(({ id }) => id));
        yield isWhole ? { all: entriesUnder(issue, page) } : entriesUnder(issue, page.filter(isWanted));
        if (!page.every(isNew)) return;
      }
    },
    details: () => ({ comment_id: greatest }),
  };
}

function entriesUnder(issue: Issue, comments: readonly Comment[]): readonly Entry<Comment>[] {
  const parents = { issue_id: issue.id, project_id: issue.projectId };
  return comments.map((fields) => ({ fields, parents }));
}

/** Pages from the newest comment down; the first tells whether it is all there is. */
async function* pagesOf(reader: SpaceReader, issue: Issue) {
  let isFirst = true;
  for await (const page of list(reader, issue)) {
    yield { page, isWhole: isFirst && page.length < PAGE_SIZE };
    isFirst = false;
  }
  if (isFirst) yield { page: [], isWhole: true };
}

function list(reader: SpaceReader, issue: Issue): AsyncIterable<readonly Comment[]> {
  return readById<Comment>({
    fetchPage: (bound, count) => reader.get(`/issues/${issue.id}/comments`, { order: 'desc', maxId: bound, count }),
    idOf: (comment) => comment.id,
    pageSize: PAGE_SIZE,
  });
}
