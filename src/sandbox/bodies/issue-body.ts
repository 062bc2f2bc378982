import { PRIORITIES, RESOLUTIONS } from '../world/change-log.ts';
import { type CommentRecord, type CustomFieldValue, customValueOf, type IssueRecord } from '../world/issue.ts';
import { type CustomField, FIELD_TYPE } from '../world/project.ts';
import { mastersOf, projectOf } from '../world/world-data.ts';
import { attachmentBody, linkedFiles, starBody } from './file-body.ts';
import { day, instant } from './instant.ts';
import { versionBody } from './project-body.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

/** The whole issue: lists show it as complete as its own page does. */
export function issueBody(view: View, issue: IssueRecord): Body {
  const { data } = view;
  const masters = mastersOf(data, issue.projectId);
  const fields = data.licence.attribute ? masters.customFields : [];
  const versions = (ids: readonly number[]) => masters.versions.filter(({ id }) => ids.includes(id)).map(versionBody);
  return {
    id: issue.id,
    projectId: issue.projectId,
    issueKey: `${projectOf(data, issue.projectId).projectKey}-${issue.keyId}`,
    keyId: issue.keyId,
    issueType: find(masters.issueTypes, issue.issueTypeId),
    summary: issue.summary,
    description: issue.description,
    resolution: find(RESOLUTIONS, issue.resolutionId),
    priority: find(PRIORITIES, issue.priorityId),
    status: find(masters.statuses, issue.statusId),
    assignee: personBody(view, issue.assigneeId),
    category: masters.categories.filter(({ id }) => issue.categoryIds.includes(id)),
    versions: versions(issue.versionIds),
    milestone: versions(issue.milestoneIds),
    startDate: day(issue.startDate),
    dueDate: day(issue.dueDate),
    estimatedHours: issue.estimatedHours,
    actualHours: issue.actualHours,
    parentIssueId: issue.parentIssueId,
    createdUser: personBody(view, issue.createdUserId),
    created: instant(issue.created),
    updatedUser: personBody(view, issue.updatedUserId),
    updated: instant(issue.updated),
    customFields: fields.filter((field) => applies(field, issue)).map((field) => fieldBody(field, issue)),
    attachments: issue.attachments.map((attachment) => attachmentBody(view, attachment)),
    sharedFiles: linkedFiles(view, issue.sharedFileIds),
    externalFileLinks: issue.externalFileLinks.map(({ createdUserId, created, ...link }) => ({
      ...link,
      createdUser: personBody(view, createdUserId),
      created: instant(created),
    })),
    stars: issue.stars.map((star) => starBody(view, star)),
  };
}

export function commentBody(view: View, comment: CommentRecord): Body {
  const { createdUserId, created, updated, stars, notifications, changeLog, ...plain } = comment;
  return {
    ...plain,
    changeLog: comment.content !== null && changeLog.length === 0 ? null : changeLog,
    createdUser: personBody(view, createdUserId),
    created: instant(created),
    updated: instant(updated),
    stars: stars.map((star) => starBody(view, star)),
    notifications: notificationBodies(view, comment),
  };
}

export function notificationBodies(view: View, comment: CommentRecord): readonly Body[] {
  return comment.notifications.map(({ userId, ...plain }) => ({ ...plain, user: personBody(view, userId) }));
}

function applies({ applicableIssueTypes }: CustomField, { issueTypeId }: IssueRecord): boolean {
  return applicableIssueTypes.length === 0 || applicableIssueTypes.includes(issueTypeId);
}

function fieldBody(field: CustomField, issue: IssueRecord): Body {
  const held = customValueOf(issue, field.id);
  const { id, typeId: fieldTypeId, name } = field;
  const other = field.list?.allowInput ? { otherValue: held?.otherValue ?? null } : {};
  return { id, fieldTypeId, name, value: shownValue(field, held?.value ?? null), ...other };
}

function shownValue(field: CustomField, value: CustomFieldValue['value']): unknown {
  if (field.list === undefined) return field.typeId === FIELD_TYPE.date && value !== null ? day(String(value)) : value;
  const ids = Array.isArray(value) ? value : [];
  const chosen = field.list.items.filter(({ id }) => ids.includes(id));
  const many = field.typeId === FIELD_TYPE.multipleList || field.typeId === FIELD_TYPE.checkbox;
  return many ? chosen : (chosen[0] ?? null);
}

function find<T extends { readonly id: number }>(list: readonly T[], id: number | null): T | null {
  return list.find((item) => item.id === id) ?? null;
}
