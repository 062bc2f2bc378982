/** Somebody follows an issue. */
export interface Watching {
  readonly id: number;
  readonly userId: number;
  readonly issueId: number;
  readonly note: string | null;
  readonly alreadyRead: boolean;
  readonly resourceAlreadyRead: boolean;
  readonly created: number;
  readonly updated: number;
}

/** Something that somebody was told of, besides the notices of issue comments, which the comments hold. */
export interface NotificationRecord {
  readonly id: number;
  readonly userId: number;
  readonly reason: number;
  readonly alreadyRead: boolean;
  readonly resourceAlreadyRead: boolean;
  readonly projectId: number;
  readonly senderId: number;
  readonly created: number;
  readonly about: NotificationSubject;
}

export interface NotificationSubject {
  readonly issueId?: number;
  readonly commentId?: number;
  readonly pullRequestId?: number;
  readonly pullRequestCommentId?: number;
  readonly documentId?: string;
  readonly documentCommentId?: string;
}

/** What somebody looked at, newest first, each thing once. */
export interface RecentlyViewed {
  readonly issues: readonly Viewed[];
  readonly projects: readonly Viewed[];
  readonly wikis: readonly Viewed[];
}

export interface Viewed {
  readonly id: number;
  readonly updated: number;
}

export const NOTIFICATION_REASON = {
  assigned: 1,
  commented: 2,
  issueCreated: 3,
  issueUpdated: 4,
  fileAttached: 5,
  projectJoined: 6,
  other: 9,
  pullRequestAssigned: 10,
  pullRequestCommented: 11,
  pullRequestCreated: 12,
  pullRequestUpdated: 13,
  documentCommented: 14,
  documentReplied: 15,
  documentMentioned: 17,
} as const;
