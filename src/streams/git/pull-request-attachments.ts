import type { ChildResource } from '../resource.ts';
import { type ApiObject, entriesOf } from '../stream.ts';
import { type PullRequest, parentsOf, pathOf } from './pull-request.ts';

/**
 * https://developer.nulab.com/docs/backlog/api/2/get-list-of-pull-request-attachment/; asked only where the pull
 * request itself does not tell.
 */
export const pullRequestAttachments: ChildResource<PullRequest> = {
  name: 'pull_request_attachments',
  partOf: { column: 'pull_request_id', field: 'id' },
  requestsEach: 0,
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'all files of changed pull requests',
    deletions: 'what a changed pull request lacks',
    requests: 'those of `pull_requests`; 1 more per changed pull request whose files are not in the list',
  },
  streams: [{ name: 'pull_request_attachments', selectedByDefault: false }],
  open: (reader) => ({
    concerns: () => true,
    async *read({ fields: pull }) {
      const files = pull.attachments ?? (await reader.get<readonly ApiObject[]>(`${pathOf(pull)}/attachments`));
      yield { all: entriesOf(files, parentsOf(pull)) };
    },
    details: () => ({}),
  }),
};
