import type { Query } from '../../backlog/client.ts';
import { readByOffset } from '../../backlog/paging.ts';
import type { Page, Slice, SpaceReader } from '../resource.ts';
import type { Issue } from './issue.ts';
import type { IssueCursor } from './issue-cursor.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-issue-list/; a project that is out of reach fails it for all. */
export function listIssues(
  reader: SpaceReader,
  slices: readonly Slice[],
  query: Query,
): AsyncIterable<readonly Issue[]> {
  const projectId = slices.map(({ id }) => Number(id));
  return readByOffset<Issue>({
    fetchPage: (offset, count) => reader.get('/issues', { projectId, ...query, offset, count }),
    idOf: (issue) => issue.id,
  });
}

export function issuePage(slice: Slice, issues: readonly Issue[], cursor: IssueCursor): Page<Issue> {
  const parents = slice.project ? { project_id: slice.project.id } : {};
  return { entries: issues.map((fields) => ({ fields, parents })), cursor };
}
