import { changedSince } from '../changed-since.ts';
import { isObject } from '../column-value.ts';
import { instantOf } from '../instant.ts';
import type { ChildResource } from '../resource.ts';
import type { ApiObject, Entry, Stream } from '../stream.ts';
import type { Issue } from './issue.ts';

/** A list that only a request of its own tells, whole, for each issue. */
function listOfIssue(stream: Stream, path: string): ChildResource<Issue> {
  return {
    name: stream.name,
    partOf: { column: 'issue_id', field: 'id' },
    replication: {
      method: 'INCREMENTAL',
      key: 'updated',
      changes: 'the whole list of each changed issue',
      deletions: 'what the list of a changed issue lacks',
      requests: '1 per changed issue, beside those of `issues`',
    },
    streams: [stream],
    open(reader, cursor) {
      const since = changedSince(reader, cursor);
      return {
        concerns: ({ updated }) => instantOf(updated) >= since,
        async *read({ fields: issue }) {
          const parents = { issue_id: issue.id, project_id: issue.projectId };
          const list = await reader.get<readonly ApiObject[]>(`/issues/${issue.id}/${path}`);
          yield { all: list.map((fields): Entry => ({ fields, parents })) };
        },
        details: () => ({}),
      };
    },
  };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-issue-participant-list/ */
const participants = listOfIssue(
  {
    name: 'issue_participants',
    selectedByDefault: false,
    elsewhere: ['lastLoginTime', 'nulabAccount', 'keyword'],
  },
  'participants',
);

/** The API gives whole issues; `issues` has them, so that only what names the other one stays. */
const relatedIssues = listOfIssue(
  {
    name: 'issue_related_issues',
    selectedByDefault: false,
    entries: ({ fields, parents }) => [{ fields: { type: fields.type, ...namesOf(fields) }, parents }],
  },
  'relatedIssues',
);

function namesOf({ id, issueKey, summary, status }: ApiObject): ApiObject {
  const statusId = isObject(status) ? status.id : undefined;
  return {
    relatedIssueId: id,
    relatedIssueKey: issueKey,
    relatedIssueSummary: summary,
    relatedIssueStatusId: statusId,
  };
}

export const issueLists: readonly ChildResource<Issue>[] = [participants, relatedIssues];
