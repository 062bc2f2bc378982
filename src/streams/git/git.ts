import { requireFeature } from '../feature.ts';
import { listResource } from '../list-resource.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, entriesOf, type Stream } from '../stream.ts';
import { type PullRequest, parentsOf } from './pull-request.ts';
import { pullRequestAttachments } from './pull-request-attachments.ts';
import { pullRequestComments } from './pull-request-comments.ts';
import { PULL_REQUEST_ACTIVITIES, walkPullRequests } from './pull-request-walk.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-git-repositories/ */
const repositories = listResource({
  name: 'repositories',
  sliceBy: 'project',
  streams: [{ name: 'repositories', selectedByDefault: false }],
  list: (reader, slice) => {
    requireFeature(slice, 'useGit');
    return reader.get<readonly ApiObject[]>(`/projects/${slice.id}/git/repositories`);
  },
});

const pullRequestRows: Stream<PullRequest> = {
  name: 'pull_requests',
  selectedByDefault: false,
  elsewhere: ['attachments', 'stars'],
  entries: ({ fields: { issue, ...fields }, parents }) => [
    { fields: { ...fields, issue: issue && { id: issue.id } }, parents },
  ],
};

const stars: Stream<PullRequest> = {
  name: 'pull_request_stars',
  selectedByDefault: false,
  partOf: { column: 'pull_request_id', field: 'id' },
  entries: ({ fields }) => entriesOf(fields.stars, parentsOf(fields)),
};

/** https://developer.nulab.com/docs/backlog/api/2/get-pull-request-list/ */
const pullRequests: Resource<PullRequest> = {
  name: 'pull_requests',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'pull requests with activities of types 18 to 21',
    deletions: 'not seen',
    requests: '1 per changed pull request, and 1 in each project with any; at first 1 per project, repository and 99',
  },
  streams: [pullRequestRows, stars],
  children: [pullRequestAttachments, pullRequestComments],
  feed: { changes: PULL_REQUEST_ACTIVITIES },
  read: walkPullRequests,
};

export const gitResources: readonly Resource[] = [repositories, pullRequests];
