import type { Row } from '../../src/message/value.ts';
import type { PullRequest, PullRequestComment } from '../../src/sandbox/world/git.ts';
import { repositoryUrls } from '../../src/sandbox/world/web-address.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import {
  attachmentColumns,
  authored,
  type Columns,
  instant,
  NONE,
  person,
  starColumns,
} from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

const STATUS_NAMES = ['Open', 'Closed', 'Merged'];

export const gitExpectations: Expectations = {
  repositories: (world) =>
    [...world.repositories.values()].map((repository) => {
      const { id, projectId, name, description, displayOrder, pushedAt } = repository;
      const { httpUrl, sshUrl } = repositoryUrls(world.projects.get(projectId)?.projectKey ?? '', name);
      return {
        ...{ id, project_id: projectId, name, description, hook_url: null, http_url: httpUrl, ssh_url: sshUrl },
        ...{ display_order: displayOrder, pushed_at: optional(pushedAt) },
        ...authored(world, repository),
        ...NONE,
      };
    }),
  pull_requests: perPull((world, pull) => [
    {
      ...{ id: pull.id, project_id: pull.projectId, repository_id: pull.repositoryId, number: pull.number },
      ...{ summary: pull.summary, description: pull.description, base: pull.base, branch: pull.branch },
      ...{ status_id: pull.statusId, status_name: STATUS_NAMES[pull.statusId - 1] ?? null, issue_id: pull.issueId },
      ...person(world, 'assignee', pull.assigneeId),
      ...{ base_commit: pull.baseCommit, branch_commit: pull.branchCommit, merge_commit: pull.mergeCommit },
      ...{ close_at: optional(pull.closeAt), merge_at: optional(pull.mergeAt) },
      ...authored(world, pull),
      ...NONE,
    },
  ]),
  pull_request_stars: perPull((world, pull) =>
    pull.stars.map((star) => ({ ...parents(pull), ...starColumns(world, star) })),
  ),
  pull_request_attachments: perPull((world, pull) =>
    pull.attachments.map((attachment) => ({ ...parents(pull), ...attachmentColumns(world, attachment) })),
  ),
  pull_request_comments: perComment((world, comment, pull) => [
    {
      ...{ ...parents(pull), id: comment.id, content: comment.content },
      ...{ old_blob_id: comment.place?.oldBlobId ?? null, new_blob_id: comment.place?.newBlobId ?? null },
      ...{ file_path: comment.place?.filePath ?? null, position: comment.place?.position ?? null },
      ...person(world, 'created_user', comment.createdUserId),
      ...{ created: instant(comment.created), updated: instant(comment.updated), ...NONE },
    },
  ]),
  pull_request_comment_change_log: perComment((_, { id, changeLog }, pull) =>
    changeLog.map(({ field, newValue, originalValue }, position) => ({
      ...{ ...parents(pull), comment_id: id, position, field },
      ...{ new_value: newValue, original_value: originalValue, ...NONE },
    })),
  ),
  pull_request_comment_stars: perComment((world, { id, stars }, pull) =>
    stars.map((star) => ({ ...parents(pull), comment_id: id, ...starColumns(world, star) })),
  ),
  pull_request_comment_notifications: perComment((world, comment, pull) =>
    comment.notifications.map(({ id, userId, reason, alreadyRead, resourceAlreadyRead }) => ({
      ...{ ...parents(pull), comment_id: comment.id, id, reason },
      ...{ already_read: alreadyRead, resource_already_read: resourceAlreadyRead },
      ...person(world, 'user', userId),
      ...NONE,
    })),
  ),
};

function perPull(rows: (world: World, pull: PullRequest) => readonly Row[]) {
  return (world: World) => [...world.pullRequests.values()].flatMap((pull) => rows(world, pull));
}

function perComment(rows: (world: World, comment: PullRequestComment, pull: PullRequest) => readonly Row[]) {
  return perPull((world, pull) => pull.comments.flatMap((comment) => rows(world, comment, pull)));
}

function parents({ id, number, repositoryId, projectId }: PullRequest): Columns {
  return { pull_request_id: id, pull_request_number: number, repository_id: repositoryId, project_id: projectId };
}

function optional(milliseconds: number | null): string | null {
  return milliseconds === null ? null : instant(milliseconds);
}
