import type { CommentNotification } from './issue.ts';
import type { Attachment, Star } from './records.ts';

export interface Repository {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly description: string | null;
  readonly displayOrder: number;
  /** The greatest number that a pull request of it ever had. */
  readonly lastNumber: number;
  readonly pushedAt: number | null;
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

export const PULL_REQUEST_STATUSES = [
  { id: 1, name: 'Open' },
  { id: 2, name: 'Closed' },
  { id: 3, name: 'Merged' },
] as const;

/** The part of a pull request that people edit. */
export interface PullRequestFields {
  readonly summary: string;
  readonly description: string;
  readonly statusId: number;
  readonly assigneeId: number | null;
  readonly issueId: number | null;
}

export interface PullRequest extends PullRequestFields {
  readonly id: number;
  readonly projectId: number;
  readonly repositoryId: number;
  /** Counted from 1 in its repository. */
  readonly number: number;
  readonly base: string;
  readonly branch: string;
  readonly baseCommit: string | null;
  readonly branchCommit: string | null;
  readonly mergeCommit: string | null;
  readonly closeAt: number | null;
  readonly mergeAt: number | null;
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
  readonly attachments: readonly Attachment[];
  readonly stars: readonly Star[];
  readonly comments: readonly PullRequestComment[];
}

export interface PullRequestChange {
  readonly field: string;
  readonly newValue: string | null;
  readonly originalValue: string | null;
}

export interface PullRequestComment {
  readonly id: number;
  readonly content: string | null;
  readonly changeLog: readonly PullRequestChange[];
  /** Where in the code it was written, if it was. */
  readonly place: CodePlace | null;
  readonly createdUserId: number;
  readonly created: number;
  readonly updated: number;
  readonly stars: readonly Star[];
  readonly notifications: readonly CommentNotification[];
}

export interface CodePlace {
  readonly oldBlobId: string | null;
  readonly newBlobId: string;
  readonly filePath: string;
  readonly position: number;
}
