import { PULL_REQUEST_STATUSES, type PullRequest, type PullRequestComment, type Repository } from '../world/git.ts';
import { repositoryUrls } from '../world/web-address.ts';
import { projectOf } from '../world/world-data.ts';
import { attachmentBody, authorBody, starBody } from './file-body.ts';
import { instant, optionalInstant } from './instant.ts';
import { issueBody } from './issue-body.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

export function repositoryBody(view: View, repository: Repository): Body {
  const { id, projectId, name, description, displayOrder, pushedAt } = repository;
  return {
    id,
    projectId,
    name,
    description,
    hookUrl: null,
    ...repositoryUrls(projectOf(view.data, projectId).projectKey, name),
    displayOrder,
    pushedAt: optionalInstant(pushedAt),
    ...authorBody(view, repository),
  };
}

/** In lists the issue is an id and nothing else. */
export function pullRequestListBody(view: View, pull: PullRequest): Body {
  return pullRequestBody(view, pull, pull.issueId === null ? null : { id: pull.issueId });
}

export function pullRequestDetailBody(view: View, pull: PullRequest): Body {
  const issue = pull.issueId === null ? undefined : view.data.issues.get(pull.issueId);
  return pullRequestBody(view, pull, issue === undefined ? null : issueBody(view, issue));
}

function pullRequestBody(view: View, pull: PullRequest, issue: Body | null): Body {
  const { id, projectId, repositoryId, number, summary, description, base, branch } = pull;
  return {
    id,
    projectId,
    repositoryId,
    number,
    summary,
    description,
    base,
    branch,
    status: PULL_REQUEST_STATUSES.find((status) => status.id === pull.statusId),
    assignee: personBody(view, pull.assigneeId),
    issue,
    baseCommit: pull.baseCommit,
    branchCommit: pull.branchCommit,
    mergeCommit: pull.mergeCommit,
    closeAt: optionalInstant(pull.closeAt),
    mergeAt: optionalInstant(pull.mergeAt),
    ...authorBody(view, pull),
    attachments: pull.attachments.map((attachment) => attachmentBody(view, attachment)),
    stars: pull.stars.map((star) => starBody(view, star)),
  };
}

export function pullRequestCommentBody(view: View, comment: PullRequestComment): Body {
  const { id, content, changeLog, place, createdUserId, created, updated, stars, notifications } = comment;
  return {
    id,
    content,
    changeLog,
    oldBlobId: place?.oldBlobId ?? null,
    newBlobId: place?.newBlobId ?? null,
    filePath: place?.filePath ?? null,
    position: place?.position ?? null,
    createdUser: personBody(view, createdUserId),
    created: instant(created),
    updated: instant(updated),
    stars: stars.map((star) => starBody(view, star)),
    notifications: notifications.map(({ userId, ...plain }) => ({ ...plain, user: personBody(view, userId) })),
  };
}
