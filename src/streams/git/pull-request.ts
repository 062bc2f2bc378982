import type { ApiObject } from '../stream.ts';

/** The fields of a pull request that reading depends on; what is not named here is projected by name. */
export type PullRequest = ApiObject & {
  readonly id: number;
  readonly projectId: number;
  readonly repositoryId: number;
  readonly number: number;
  readonly updated: string;
  /** Lists give its id, the pull request itself gives the whole issue. */
  readonly issue?: ApiObject | null;
  readonly attachments?: readonly ApiObject[] | null;
  readonly stars?: readonly ApiObject[] | null;
};

/** What rows that hang on a pull request have from it. */
export function parentsOf({ id, number, repositoryId, projectId }: PullRequest) {
  return { pull_request_id: id, pull_request_number: number, repository_id: repositoryId, project_id: projectId };
}

/** Where the API keeps a pull request. */
export function pathOf({ projectId, repositoryId, number }: PullRequest): string {
  return `/projects/${projectId}/git/repositories/${repositoryId}/pullRequests/${number}`;
}
