import { attachmentBody } from '../bodies/file-body.ts';
import {
  pullRequestCommentBody,
  pullRequestDetailBody,
  pullRequestListBody,
  repositoryBody,
} from '../bodies/git-body.ts';
import { byId, byOffset } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { PullRequest, Repository } from '../world/git.ts';
import { existing, idAt, projectAt } from './access.ts';
import { download } from './binaries.ts';
import { requireFeature } from './features.ts';

const REPOSITORIES = '/projects/:project/git/repositories';
const PULL_REQUESTS = `${REPOSITORIES}/:repository/pullRequests`;

export const gitRoutes = [
  read(REPOSITORIES, (request) => repositoriesOf(request).map((repository) => repositoryBody(request, repository))),
  read(`${REPOSITORIES}/:repository`, (request) => repositoryBody(request, repositoryAt(request))),
  read(PULL_REQUESTS, (request) =>
    byOffset(pullRequestsOf(request), request.query.page()).map((pull) => pullRequestListBody(request, pull)),
  ),
  read(`${PULL_REQUESTS}/count`, (request) => ({ count: pullRequestsOf(request).length })),
  read(`${PULL_REQUESTS}/:number`, (request) => pullRequestDetailBody(request, pullRequestAt(request))),
  read(`${PULL_REQUESTS}/:number/comments`, (request) => {
    const comments = byId(pullRequestAt(request).comments, request.query, ({ id }) => id);
    return comments.map((comment) => pullRequestCommentBody(request, comment));
  }),
  read(`${PULL_REQUESTS}/:number/comments/count`, (request) => ({ count: pullRequestAt(request).comments.length })),
  read(`${PULL_REQUESTS}/:number/attachments`, (request) =>
    pullRequestAt(request).attachments.map((attachment) => attachmentBody(request, attachment)),
  ),
  read(`${PULL_REQUESTS}/:number/attachments/:attachment`, (request) =>
    download(request, pullRequestAt(request).attachments),
  ),
];

function repositoriesOf(request: ApiRequest): readonly Repository[] {
  const project = projectAt(request);
  requireFeature(request, project, 'git');
  return [...request.data.repositories.values()].filter(({ projectId }) => projectId === project.id);
}

function repositoryAt(request: ApiRequest): Repository {
  const idOrName = request.path.repository ?? '';
  const repository = repositoriesOf(request).find(({ id, name }) => String(id) === idOrName || name === idOrName);
  return existing(repository, 'repository');
}

/** Newest first. Values of one filter are alternatives. */
function pullRequestsOf(request: ApiRequest): readonly PullRequest[] {
  const repository = repositoryAt(request);
  const passes = (name: string, value: number | null) => {
    const wanted = request.query.integers(name);
    return wanted.length === 0 || (value !== null && wanted.includes(value));
  };
  return [...request.data.pullRequests.values()]
    .filter(({ repositoryId }) => repositoryId === repository.id)
    .filter((pull) => passes('statusId', pull.statusId) && passes('assigneeId', pull.assigneeId))
    .filter((pull) => passes('issueId', pull.issueId) && passes('createdUserId', pull.createdUserId))
    .sort((one, other) => other.number - one.number);
}

function pullRequestAt(request: ApiRequest): PullRequest {
  const repository = repositoryAt(request);
  const number = idAt(request, 'number');
  const pulls = [...request.data.pullRequests.values()];
  return existing(
    pulls.find((pull) => pull.repositoryId === repository.id && pull.number === number),
    'pull request',
  );
}
