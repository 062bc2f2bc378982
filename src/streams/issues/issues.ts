import { comments } from '../comments/comments.ts';
import type { Resource } from '../resource.ts';
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

/** https://developer.nulab.com/docs/backlog/api/2/get-issue-list/ gives whole issues, so all of this is one walk. */
export const issues: Resource<Issue> = {
  name: 'issues',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'issues changed since the last run, newest first',
    deletions: 'not seen',
    requests: '1 per 100 changed issues, at least 1 per project',
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
  children: [comments],
  read: walkIssues,
};
