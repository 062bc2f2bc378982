import { notificationBody } from '../bodies/notification-body.ts';
import { byId } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { CommentNotification } from '../world/issue.ts';
import type { NotificationRecord } from '../world/personal.ts';
import { joinedProjects } from './access.ts';
import { type Notice, sweepIssues } from './issue-sweep.ts';

export const notificationRoutes = [
  read('/notifications', (request) => {
    const senderId = request.query.integer('senderId');
    const wanted = ownNotifications(request).filter((each) => senderId === undefined || each.senderId === senderId);
    return byId(wanted, request.query, ({ id }) => id).map((each) => notificationBody(request, each));
  }),
  read('/notifications/count', (request) => {
    const [read, seen] = [request.query.flag('alreadyRead'), request.query.flag('resourceAlreadyRead')];
    const counted = ownNotifications(request)
      .filter(({ alreadyRead }) => read === undefined || alreadyRead === read)
      .filter(({ resourceAlreadyRead }) => seen === undefined || resourceAlreadyRead === seen);
    return { count: counted.length };
  }),
];

/** Notices of comments are kept with the comments; all others have records of their own. By rising id. */
function ownNotifications(request: ApiRequest): readonly NotificationRecord[] {
  const { data, viewer } = request;
  const joined = new Set(joinedProjects(request).map(({ id }) => id));
  const own = [...data.notifications.values()].filter(({ userId }) => userId === viewer.id);
  const notices = (sweepIssues(data).notices.get(viewer.id) ?? []).map(fromNotice);
  return [...own, ...notices, ...pullRequestNotices(request)]
    .filter(({ projectId }) => joined.has(projectId))
    .sort((one, other) => one.id - other.id);
}

function fromNotice({ notification, issue, comment }: Notice): NotificationRecord {
  const about = { issueId: issue.id, commentId: comment.id };
  return notice(notification, issue.projectId, comment, about);
}

function pullRequestNotices({ data, viewer }: ApiRequest): readonly NotificationRecord[] {
  return [...data.pullRequests.values()].flatMap((pull) =>
    pull.comments.flatMap((comment) =>
      comment.notifications
        .filter(({ userId }) => userId === viewer.id)
        .map((told) => {
          const about = { pullRequestId: pull.id, pullRequestCommentId: comment.id };
          return notice(told, pull.projectId, comment, about);
        }),
    ),
  );
}

function notice(
  told: CommentNotification,
  projectId: number,
  { createdUserId, created }: { readonly createdUserId: number; readonly created: number },
  about: NotificationRecord['about'],
): NotificationRecord {
  return { ...told, projectId, senderId: createdUserId, created, about };
}
