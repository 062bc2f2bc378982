import { comments } from '../comments/comments.ts';
import type { ItemId, Resource, Slice, SpaceReader } from '../resource.ts';
import {
  type ApiObject,
  type Entry,
  entriesOf,
  type Link,
  numberedEntriesOf,
  type Stream,
  type StreamName,
} from '../stream.ts';
import { customFieldValues } from './custom-field-values.ts';
import type { Issue } from './issue.ts';
import { changesGroup, walkChanges } from './issue-changes.ts';
import { countIssues, estimateChanges, estimateIssues } from './issue-estimate.ts';
import { issueLists } from './issue-lists.ts';
import { walkIssues } from './issue-walk.ts';

const issueRows: Stream<Issue> = {
  name: 'issues',
  selectedByDefault: true,
  elsewhere: [
    'category',
    'milestone',
    'versions',
    'attachments',
    'sharedFiles',
    'externalFileLinks',
    'stars',
    'issueType.templateSummary',
    'issueType.templateDescription',
  ],
};

const OF_ISSUE: Link = { column: 'issue_id', field: 'id' };

/** A list that each issue carries, as a table. */
function partOfIssue(
  name: StreamName,
  listOf: (issue: Issue) => readonly ApiObject[] | null | undefined,
): Stream<Issue> {
  return {
    name,
    selectedByDefault: true,
    partOf: OF_ISSUE,
    entries: ({ fields }) => entriesOf(listOf(fields), parentsOf(fields)),
  };
}

const externalFileLinks: Stream<Issue> = {
  name: 'issue_external_file_links',
  selectedByDefault: true,
  partOf: OF_ISSUE,
  entries: ({ fields }: Entry<Issue>) => numberedEntriesOf(fields.externalFileLinks, parentsOf(fields)),
};

function parentsOf(issue: Issue) {
  return { issue_id: issue.id, project_id: issue.projectId };
}

const ISSUE_DELETED = 4;
const IDS_AT_ONCE = 100;

async function stillThere(reader: SpaceReader, _: Slice, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>> {
  const found = new Set<ItemId>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const asked = ids.slice(start, start + IDS_AT_ONCE);
    for (const { id } of await reader.get<readonly Issue[]>('/issues', { id: asked, count: IDS_AT_ONCE }))
      found.add(id);
  }
  return found;
}

/** https://developer.nulab.com/docs/backlog/api/2/get-issue-list/ gives whole issues, so all of this is one walk. */
export const issues: Resource<Issue> = {
  name: 'issues',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'issues changed since the last run, newest first',
    deletions: 'activities of type 4, confirmed by a look at the issue',
    requests: '1 per 99 changed issues of all projects together; at first 1 per 99 issues of each project',
  },
  streams: [
    issueRows,
    partOfIssue('issue_categories', (issue) => issue.category),
    partOfIssue('issue_milestones', (issue) => issue.milestone),
    partOfIssue('issue_versions', (issue) => issue.versions),
    partOfIssue('issue_attachments', (issue) => issue.attachments),
    partOfIssue('issue_linked_shared_files', (issue) => issue.sharedFiles),
    partOfIssue('issue_stars', (issue) => issue.stars),
    externalFileLinks,
    customFieldValues,
  ],
  children: [comments, ...issueLists],
  feed: { deletions: [ISSUE_DELETED], stillThere },
  read: walkIssues,
  joint: { groupOf: changesGroup, read: walkChanges, estimate: estimateChanges },
  estimate: estimateIssues,
  count: countIssues,
};
