import { attachmentBody, linkedFiles } from '../bodies/file-body.ts';
import { issueBody } from '../bodies/issue-body.ts';
import { people } from '../bodies/user-body.ts';
import type { Body } from '../bodies/view.ts';
import { byOffset } from '../http/paging.ts';
import { type ApiRequest, read, search } from '../http/route.ts';
import type { IssueHistory } from '../world/issue.ts';
import { existing, issueAt } from './access.ts';
import { download } from './binaries.ts';
import { childSummary } from './child-summary.ts';
import { findIssues } from './issue-search.ts';

export const issueRoutes = [
  search('/issues', listIssues),
  search('/issues/count', (request) => ({ count: findIssues(request).length })),
  read('/issues/:issue', (request) => expanded(request, issueAt(request).issue.id)),
  read('/issues/:issue/attachments', (request) =>
    issueAt(request).issue.attachments.map((attachment) => attachmentBody(request, attachment)),
  ),
  read('/issues/:issue/attachments/:attachment', (request) => download(request, issueAt(request).issue.attachments)),
  read('/issues/:issue/participants', (request) => participants(request, issueAt(request))),
  read('/issues/:issue/sharedFiles', (request) => linkedFiles(request, issueAt(request).issue.sharedFileIds)),
  read('/issues/:issue/relatedIssues', (request) =>
    issueAt(request).issue.relatedIssueIds.map((id) => ({ ...expanded(request, id), type: 'RELATES' })),
  ),
];

function listIssues(request: ApiRequest): readonly Body[] {
  const page = request.query.page();
  return byOffset(findIssues(request), page).map(({ id }) => expanded(request, id));
}

function expanded(request: ApiRequest, id: number): Body {
  const body = issueBody(request, existing(request.data.issues.get(id), 'issue'));
  if (!request.query.texts('expand').includes('childIssueSummary')) return body;
  return { ...body, childIssueSummary: childSummary(request.data, id) };
}

/** Everybody who wrote the issue, is to do it, or commented on it. */
function participants(request: ApiRequest, { issue, comments }: IssueHistory): readonly Body[] {
  const ids = [issue.createdUserId, issue.assigneeId, ...comments.map(({ createdUserId }) => createdUserId)];
  return people(request, ids);
}
