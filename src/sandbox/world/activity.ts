/** The numbers of Backlog's activity types (Nulab: "Get Recent Updates"), by what happened. */
export const ACTIVITY = {
  issueCreated: 1,
  issueUpdated: 2,
  issueCommented: 3,
  issueDeleted: 4,
  wikiCreated: 5,
  wikiUpdated: 6,
  wikiDeleted: 7,
  fileAdded: 8,
  fileUpdated: 9,
  fileDeleted: 10,
  subversionCommitted: 11,
  gitPushed: 12,
  repositoryCreated: 13,
  issuesUpdated: 14,
  userJoined: 15,
  userLeft: 16,
  commentNotified: 17,
  pullRequestCreated: 18,
  pullRequestUpdated: 19,
  pullRequestCommented: 20,
  pullRequestDeleted: 21,
  versionCreated: 22,
  versionUpdated: 23,
  versionDeleted: 24,
  teamJoined: 25,
  teamLeft: 26,
  statusDeleted: 34,
  issueDatesUpdated: 35,
  documentCreated: 36,
  documentDeleted: 37,
  documentRenamed: 38,
  documentEdited: 39,
  documentCommentCreated: 40,
  documentCommentUpdated: 41,
  documentCommentDeleted: 42,
  documentReplyCreated: 43,
  documentReplyUpdated: 44,
  documentReplyDeleted: 45,
  documentFileAdded: 46,
  issuesCreated: 47,
  documentsCreated: 48,
  documentMentioned: 49,
} as const;

export type ActivityType = (typeof ACTIVITY)[keyof typeof ACTIVITY];

export interface ActivityRecord {
  readonly id: number;
  readonly projectId: number;
  readonly type: ActivityType;
  /** As the API shows it: keys in snake case, shape by type. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly createdUserId: number;
  readonly created: number;
}
