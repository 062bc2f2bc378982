/** What the plan allows, as `/space/licence` spells it. Zero means no limit. */
export interface Licence {
  readonly active: boolean;
  /** Custom fields. */
  readonly attribute: boolean;
  readonly git: boolean;
  readonly subversion: boolean;
  readonly fileSharing: boolean;
  readonly wikiAttachment: boolean;
  readonly gantt: boolean;
  readonly burndown: boolean;
  readonly parentChildIssue: boolean;
  readonly storageLimit: number;
}

export interface SpaceNotification {
  readonly content: string;
  readonly updated: number | null;
}

export interface Team {
  readonly id: number;
  readonly name: string;
  readonly memberIds: readonly number[];
  readonly displayOrder: number | null;
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

export interface Webhook {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly description: string | null;
  readonly hookUrl: string;
  readonly allEvent: boolean;
  readonly activityTypeIds: readonly number[];
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}
