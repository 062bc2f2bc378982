import type { Row } from '../../src/message/value.ts';
import type { Viewed } from '../../src/sandbox/world/personal.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { authored, instant, NONE, person } from '../tap/expected-columns.ts';
import { expectedRows } from '../tap/expected-rows.ts';
import type { Expectations } from './expected-families.ts';

/** Everything here is that of the owner of the space, whose key the tests use. */
export const personalExpectations: Expectations = {
  watchings: (world) =>
    [...world.watchings.values()]
      .filter(({ userId }) => userId === world.space.ownerId)
      .map(({ id, userId, issueId, note, alreadyRead, resourceAlreadyRead, created, updated }) => ({
        ...{ id, user_id: userId, issue_id: issueId, note, type: 'issue' },
        ...{ already_read: alreadyRead, resource_already_read: resourceAlreadyRead },
        last_content_updated: instant(world.issues.get(issueId)?.updated ?? 0),
        ...{ created: instant(created), updated: instant(updated), ...NONE },
      })),
  notifications: (world) => [...sent(world), ...toldOfIssues(world), ...toldOfPullRequests(world)],
  user_recently_viewed_issues: (world) =>
    viewed(world, 'issues', (id) => expectedRows(world, 'issues').find((row) => row.id === id), 'issue'),
  user_recently_viewed_projects: (world) =>
    viewed(world, 'projects', (id) => expectedRows(world, 'projects').find((row) => row.id === id), 'project'),
  user_recently_viewed_wiki_pages: (world) => viewed(world, 'wikis', (id) => wikiPageRow(world, id), 'wiki_page'),
};

function viewed(
  { space, recentlyViewed }: World,
  list: 'issues' | 'projects' | 'wikis',
  rowOf: (id: number) => Row | undefined,
  prefix: string,
): readonly Row[] {
  const views: readonly Viewed[] = recentlyViewed.get(space.ownerId)?.[list] ?? [];
  return views.flatMap(({ id, updated }) => {
    const { additional_fields: _, ...row } = rowOf(id) ?? {};
    const columns = Object.entries(row).map(([name, value]) => [`${prefix}_${name}`, value] as const);
    return [{ user_id: space.ownerId, ...Object.fromEntries(columns), updated: instant(updated), ...NONE }];
  });
}

function wikiPageRow(world: World, id: number): Row | undefined {
  const page = world.wikis.get(id);
  return page && { id, project_id: page.projectId, name: page.name, ...authored(world, page) };
}

const NOTHING = {
  ...{ issue_id: null, comment_id: null, repository_id: null, pull_request_id: null, pull_request_comment_id: null },
  ...{ document_id: null, document_comment_id: null, document_comment_reply_id: null },
};

function sent(world: World): readonly Row[] {
  return [...world.notifications.values()]
    .filter(({ userId }) => userId === world.space.ownerId)
    .map(({ about, ...notice }) => ({
      ...noticeColumns(world, notice, notice.projectId, notice.senderId, notice.created),
      issue_id: about.issueId ?? null,
      comment_id: about.commentId ?? null,
      repository_id: world.pullRequests.get(about.pullRequestId ?? 0)?.repositoryId ?? null,
      pull_request_id: about.pullRequestId ?? null,
      pull_request_comment_id: about.pullRequestCommentId ?? null,
      document_id: about.documentId ?? null,
      document_comment_id: about.documentCommentId ?? null,
    }));
}

function toldOfIssues(world: World): readonly Row[] {
  const histories = [...world.issues.heads()].flatMap(({ id }) => world.issues.history(id) ?? []);
  return histories.flatMap(({ issue, comments }) =>
    comments.flatMap(({ id, notifications, createdUserId, created }) =>
      notifications
        .filter(({ userId }) => userId === world.space.ownerId)
        .map((notice) => ({
          ...noticeColumns(world, notice, issue.projectId, createdUserId, created),
          issue_id: issue.id,
          comment_id: id,
        })),
    ),
  );
}

function toldOfPullRequests(world: World): readonly Row[] {
  return [...world.pullRequests.values()].flatMap((pull) =>
    pull.comments.flatMap(({ id, notifications, createdUserId, created }) =>
      notifications
        .filter(({ userId }) => userId === world.space.ownerId)
        .map((notice) => ({
          ...noticeColumns(world, notice, pull.projectId, createdUserId, created),
          repository_id: pull.repositoryId,
          pull_request_id: pull.id,
          pull_request_comment_id: id,
        })),
    ),
  );
}

interface Notice {
  readonly id: number;
  readonly reason: number;
  readonly alreadyRead: boolean;
  readonly resourceAlreadyRead: boolean;
}

function noticeColumns(world: World, notice: Notice, projectId: number, senderId: number, created: number): Row {
  const { id, reason, alreadyRead, resourceAlreadyRead } = notice;
  return {
    ...{ id, reason, already_read: alreadyRead, resource_already_read: resourceAlreadyRead, project_id: projectId },
    ...NOTHING,
    ...person(world, 'sender', senderId),
    created: instant(created),
    ...NONE,
  };
}
