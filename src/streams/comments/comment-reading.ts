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
 * that deleted ones are found too; of issues that are to be read again it is whole in any case.
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
  const rereadFrom = commentsRereadFrom(reader) ?? Number.POSITIVE_INFINITY;
  let greatest = floor ?? 0;

  const isNew = (comment: Comment) =>
    instantOf(comment.created) >= since || (floor !== undefined && comment.id > floor);
  const isSettled = ({ created }: Comment) => instantOf(created) <= started;
  const isWanted = (comment: Comment) => isNew(comment) || instantOf(comment.updated) >= since;
  const note = (comments: readonly Comment[]) => {
    for (const comment of comments) if (isSettled(comment)) greatest = Math.max(greatest, comment.id);
  };

  return {
    concerns: ({ created, updated }) =>
      instantOf(updated) >= Math.min(since, rereadFrom) && !(skipUntouched && created === updated),
    async *read({ fields: issue }) {
      if (instantOf(issue.updated) >= rereadFrom && since > Number.NEGATIVE_INFINITY) {
        const all: Comment[] = [];
        for await (const { page } of pagesOf(reader, issue)) all.push(...page);
        note(all);
        yield { all: entriesUnder(issue, all) };
        return;
      }
      for await (const { page, isWhole } of pagesOf(reader, issue)) {
        note(page);
        yield isWhole ? { all: entriesUnder(issue, page) } : entriesUnder(issue, page.filter(isWanted));
        if (!page.every(isNew)) return;
      }
    },
    details: () => ({ comment_id: greatest }),
  };
}

/** Editing or deleting a comment leaves no sign, so that issues are asked again for as long as the setting says. */
export function commentsRereadFrom({ settings, presentTime }: SpaceReader): number | undefined {
  return settings.rereadComments > 0 ? presentTime() - settings.rereadComments : undefined;
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
