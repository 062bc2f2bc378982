import { commentBody, notificationBodies } from '../bodies/issue-body.ts';
import { byId } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { CommentRecord } from '../world/issue.ts';
import { existing, idAt, issueAt } from './access.ts';

export const commentRoutes = [
  read('/issues/:issue/comments', (request) => {
    const comments = [...issueAt(request).comments].sort((one, other) => one.id - other.id);
    return byId(comments, request.query, ({ id }) => id).map((comment) => commentBody(request, comment));
  }),
  read('/issues/:issue/comments/count', (request) => ({ count: issueAt(request).comments.length })),
  read('/issues/:issue/comments/:comment', (request) => commentBody(request, commentAt(request))),
  read('/issues/:issue/comments/:comment/notifications', (request) => notificationBodies(request, commentAt(request))),
];

function commentAt(request: ApiRequest): CommentRecord {
  const wanted = idAt(request, 'comment');
  return existing(
    issueAt(request).comments.find(({ id }) => id === wanted),
    'comment',
  );
}
