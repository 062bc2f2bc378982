import { ACTIVITY } from './activity.ts';
import { issueCommentedContent } from './activity-content.ts';
import { attachmentEntry } from './change-log.ts';
import { appendComment } from './comment-mutations.ts';
import type { ChangeLogEntry, ExternalFileLink, IssueRecord } from './issue.ts';
import { foundIn, without } from './lookup.ts';
import type { Attachment } from './records.ts';
import { historyOf, logActivity, now, type WorldData } from './world-data.ts';

/** What hangs on an issue: attachments, linked files, related issues. */
export interface IssueFileMutations {
  /** Both are edits: a comment with a change log tells of them. */
  addAttachment(issueId: number, file: { readonly name: string; readonly size: number }, userId?: number): Attachment;
  deleteAttachment(issueId: number, attachmentId: number, userId?: number): void;
  linkFile(issueId: number, sharedFileId: number): IssueRecord;
  unlinkFile(issueId: number, sharedFileId: number): IssueRecord;
  addExternalLink(issueId: number, link: Pick<ExternalFileLink, 'type' | 'url' | 'title'>): ExternalFileLink;
  relateIssues(issueId: number, otherId: number): void;
  unrelateIssues(issueId: number, otherId: number): void;
}

export function issueFileMutations(data: WorldData): IssueFileMutations {
  return {
    addAttachment: (issueId, file, userId = data.space.ownerId) => addAttachment(data, issueId, file, userId),
    deleteAttachment: (issueId, attachmentId, userId = data.space.ownerId) => {
      const { issue } = historyOf(data, issueId);
      const attachment = foundIn(issue.attachments, attachmentId, 'attachment');
      change(data, issueId, () => ({ attachments: without(issue.attachments, attachmentId) }));
      tellOfEdit(data, issueId, userId, attachmentEntry(attachment, 'removed'));
    },
    linkFile: (issueId, fileId) =>
      change(data, issueId, ({ sharedFileIds }) => ({ sharedFileIds: [...sharedFileIds, fileId] })),
    unlinkFile: (issueId, fileId) =>
      change(data, issueId, ({ sharedFileIds }) => ({ sharedFileIds: sharedFileIds.filter((id) => id !== fileId) })),
    addExternalLink: (issueId, given) => {
      const id = data.ids.next('externalFileLink');
      const link = { id, ...given, createdUserId: data.space.ownerId, created: now(data) };
      change(data, issueId, ({ externalFileLinks: links }) => ({ externalFileLinks: [...links, link] }));
      return link;
    },
    relateIssues: (one, other) => {
      for (const [id, related] of bothWays(one, other))
        change(data, id, ({ relatedIssueIds: ids }) => ({ relatedIssueIds: [...new Set([...ids, related])] }));
    },
    unrelateIssues: (one, other) => {
      for (const [id, related] of bothWays(one, other))
        change(data, id, ({ relatedIssueIds: ids }) => ({ relatedIssueIds: ids.filter((each) => each !== related) }));
    },
  };
}

function bothWays(one: number, other: number): readonly (readonly [number, number])[] {
  return [
    [one, other],
    [other, one],
  ];
}

function addAttachment(
  data: WorldData,
  issueId: number,
  file: { readonly name: string; readonly size: number },
  userId: number,
): Attachment {
  const attachment = { id: data.ids.next('attachment'), ...file, createdUserId: userId, created: now(data) };
  change(data, issueId, ({ attachments }) => ({ attachments: [...attachments, attachment] }));
  tellOfEdit(data, issueId, userId, attachmentEntry(attachment, 'added'));
  return attachment;
}

/** Writes the issue anew, without a comment and without moving `updated`. */
function change(data: WorldData, id: number, edit: (issue: IssueRecord) => Partial<IssueRecord>): IssueRecord {
  const { issue, comments } = historyOf(data, id);
  const changed = { ...issue, ...edit(issue) };
  data.issues.save({ issue: changed, comments });
  return changed;
}

function tellOfEdit(data: WorldData, issueId: number, createdUserId: number, entry: ChangeLogEntry): void {
  const comment = appendComment(data, issueId, { createdUserId }, [entry]);
  const { issue } = historyOf(data, issueId);
  const { projectId, created } = comment;
  const content = issueCommentedContent(issue, comment);
  logActivity(data, { projectId, type: ACTIVITY.issueUpdated, content, createdUserId, created });
}
