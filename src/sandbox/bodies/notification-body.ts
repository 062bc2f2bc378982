import type { NotificationRecord } from '../world/personal.ts';
import { projectOf } from '../world/world-data.ts';
import { documentBody, documentCommentBody } from './document-body.ts';
import { pullRequestCommentBody, pullRequestDetailBody, repositoryBody } from './git-body.ts';
import { instant } from './instant.ts';
import { commentBody, issueBody } from './issue-body.ts';
import { projectBody } from './project-body.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

/** What it is about is told as far as it is still there. */
export function notificationBody(view: View, notification: NotificationRecord): Body {
  const { id, alreadyRead, reason, resourceAlreadyRead, projectId, senderId, created } = notification;
  return {
    id,
    alreadyRead,
    reason,
    resourceAlreadyRead,
    project: projectBody(projectOf(view.data, projectId)),
    ...issueParts(view, notification),
    ...pullRequestParts(view, notification),
    ...documentParts(view, notification),
    sender: personBody(view, senderId),
    created: instant(created),
  };
}

function issueParts(view: View, { about }: NotificationRecord): Body {
  const history = about.issueId === undefined ? undefined : view.data.issues.history(about.issueId);
  const comment = history?.comments.find(({ id }) => id === about.commentId);
  return {
    issue: history === undefined ? null : issueBody(view, history.issue),
    comment: comment === undefined ? null : commentBody(view, comment),
  };
}

function pullRequestParts(view: View, { about }: NotificationRecord): Body {
  const pull = about.pullRequestId === undefined ? undefined : view.data.pullRequests.get(about.pullRequestId);
  const repository = pull && view.data.repositories.get(pull.repositoryId);
  const comment = pull?.comments.find(({ id }) => id === about.pullRequestCommentId);
  return {
    repository: repository === undefined ? null : repositoryBody(view, repository),
    pullRequest: pull === undefined ? null : pullRequestDetailBody(view, pull),
    pullRequestComment: comment === undefined ? null : pullRequestCommentBody(view, comment),
  };
}

function documentParts(view: View, { about }: NotificationRecord): Body {
  const document = about.documentId === undefined ? undefined : view.data.documents.get(about.documentId);
  const comment = document?.comments.find(({ id }) => id === about.documentCommentId);
  return {
    document: document === undefined ? null : documentBody(view, document),
    documentComment: document && comment ? documentCommentBody(view, document, comment) : null,
  };
}
