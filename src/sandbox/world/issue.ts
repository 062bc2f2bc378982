import type { Attachment, Day, Star } from './records.ts';

/** What can be known of an issue without making its whole record: enough to find, filter and order it by time. */
export interface IssueHead {
  readonly id: number;
  readonly projectId: number;
  readonly keyId: number;
  readonly created: number;
  readonly updated: number;
  readonly parentIssueId: number | null;
}

/** The part of an issue that people edit. */
export interface IssueFields {
  readonly issueTypeId: number;
  readonly summary: string;
  readonly description: string;
  readonly resolutionId: number | null;
  readonly priorityId: number;
  readonly statusId: number;
  readonly assigneeId: number | null;
  readonly categoryIds: readonly number[];
  readonly versionIds: readonly number[];
  readonly milestoneIds: readonly number[];
  readonly startDate: Day | null;
  readonly dueDate: Day | null;
  readonly estimatedHours: number | null;
  readonly actualHours: number | null;
  readonly parentIssueId: number | null;
  /** Those that hold something; at most one for each custom field. */
  readonly customFields: readonly CustomFieldValue[];
}

export interface IssueRecord extends IssueHead, IssueFields {
  readonly parentIssueId: number | null;
  readonly createdUserId: number;
  readonly updatedUserId: number | null;
  readonly attachments: readonly Attachment[];
  readonly sharedFileIds: readonly number[];
  readonly externalFileLinks: readonly ExternalFileLink[];
  readonly stars: readonly Star[];
  readonly relatedIssueIds: readonly number[];
}

/** Text, number or day as it is; list fields by item ids, single ones too. */
export interface CustomFieldValue {
  /** Of the custom field. */
  readonly id: number;
  readonly value: string | number | readonly number[] | null;
  /** What was written besides the list's items. */
  readonly otherValue?: string | null;
}

export interface ExternalFileLink {
  readonly id: number;
  readonly type: string;
  readonly url: string;
  readonly title: string;
  readonly createdUserId: number;
  readonly created: number;
}

export interface CommentRecord {
  readonly id: number;
  readonly projectId: number;
  readonly issueId: number;
  /** Null where only fields were changed. */
  readonly content: string | null;
  readonly changeLog: readonly ChangeLogEntry[];
  readonly createdUserId: number;
  readonly created: number;
  readonly updated: number;
  readonly stars: readonly Star[];
  readonly notifications: readonly CommentNotification[];
}

/** As the API shows it: names and texts as they were at that time, never ids. */
export interface ChangeLogEntry {
  readonly field: string;
  readonly newValue: string | null;
  readonly originalValue: string | null;
  readonly attachmentInfo: { readonly id: number; readonly name: string } | null;
  readonly attributeInfo: { readonly id: number; readonly typeId: string } | null;
  readonly notificationInfo: { readonly type: string } | null;
}

export interface CommentNotification {
  readonly id: number;
  readonly userId: number;
  readonly reason: number;
  readonly alreadyRead: boolean;
  readonly resourceAlreadyRead: boolean;
}

/** An issue with all that has been written under it, oldest first. */
export interface IssueHistory {
  readonly issue: IssueRecord;
  readonly comments: readonly CommentRecord[];
}

export function customValueOf(issue: IssueFields, fieldId: number): CustomFieldValue | undefined {
  return issue.customFields.find(({ id }) => id === fieldId);
}
