import type { Activity } from '../activities/activity.ts';
import { isObject } from '../column-value.ts';
import { exactly } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import { listResource } from '../list-resource.ts';
import { readEach } from '../read-each.ts';
import type { ItemId, Resource, Slice, SpaceReader } from '../resource.ts';
import { entriesOf, type Stream } from '../stream.ts';
import { type PullRequest, parentsOf } from './pull-request.ts';
import { pullRequestAttachments } from './pull-request-attachments.ts';
import { pullRequestComments } from './pull-request-comments.ts';
import { estimatePullRequests } from './pull-request-estimate.ts';
import { DELETED_OR_MERGED, PULL_REQUEST_ACTIVITIES, pathIn, walkPullRequests } from './pull-request-walk.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-git-repositories/ */
const repositories: Resource = {
  ...listResource({
    name: 'repositories',
    sliceBy: 'project',
    streams: [{ name: 'repositories', selectedByDefault: false }],
    list: (reader, slice) => {
      requireFeature(slice, 'useGit');
      return reader.repositories(slice.id);
    },
  }),
  estimate: async (reader, { id }) => exactly({ read: reader.knowsRepositories(id) ? 0 : 1 }),
};

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

/** The activities behind the ids are looked up again, since an id alone is no address; of the others, nothing is known. */
async function stillThere(reader: SpaceReader, slice: Slice, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>> {
  const told = await reader.get<readonly Activity[]>('/space/activities', {
    activityTypeId: [DELETED_OR_MERGED],
    order: 'desc',
    count: 100,
  });
  const alive = new Set(ids);
  for (const activity of told) {
    const [path, id] = [pathIn(activity), idIn(activity)];
    if (path === undefined || id === undefined || !alive.has(id)) continue;
    const found = await readEach([path], (each) => reader.get<PullRequest>(each), { reader, slices: [slice] });
    if (found.length === 0) alive.delete(id);
  }
  return alive;
}

function idIn({ content }: Activity): number | undefined {
  return isObject(content) && typeof content.id === 'number' ? content.id : undefined;
}

/** https://developer.nulab.com/docs/backlog/api/2/get-pull-request-list/ */
const pullRequests: Resource<PullRequest> = {
  name: 'pull_requests',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'pull requests with activities of types 18 to 21',
    deletions: 'activities of type 21, confirmed by a look at the pull request',
    requests: '1 per changed pull request; at first 1 per project, repository and 99',
  },
  streams: [pullRequestRows, stars],
  children: [pullRequestAttachments, pullRequestComments],
  feed: { changes: PULL_REQUEST_ACTIVITIES, itemIn: pathIn, deletions: [DELETED_OR_MERGED], stillThere },
  read: walkPullRequests,
  estimate: estimatePullRequests,
};

/** A first reading of pull requests asks for the repositories, so a plan learns from it that these are known then. */
export const gitResources: readonly Resource[] = [pullRequests, repositories];
