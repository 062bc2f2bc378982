/**
 * What the sandbox remembers, in normal form: references are ids, instants are milliseconds since 1970 UTC, days are
 * `yyyy-MM-dd`. The bodies that the API shows are made from these records in `bodies/`.
 */
export type Day = string;

/** Backlog's role numbers of the classic plan; guests are 5 and 6. */
export const ROLE = { administrator: 1, normal: 2, reporter: 3, viewer: 4, guestReporter: 5, guestViewer: 6 } as const;

export interface UserRecord {
  readonly id: number;
  /** Null for people who sign in by a Nulab account only. */
  readonly userId: string | null;
  readonly name: string;
  readonly roleType: number;
  readonly lang: string | null;
  readonly mailAddress: string;
  readonly nulabAccount: NulabAccount | null;
  readonly keyword: string;
  readonly lastLoginTime: number | null;
}

export interface NulabAccount {
  readonly nulabId: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly iconUrl: string;
}

export interface SpaceRecord {
  readonly spaceKey: string;
  readonly name: string;
  readonly ownerId: number;
  readonly lang: string;
  readonly timezone: string;
  readonly reportSendTime: string;
  readonly textFormattingRule: 'backlog' | 'markdown';
  readonly created: number;
  readonly updated: number;
}

export interface Attachment {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly createdUserId: number;
  readonly created: number;
}

export interface Star {
  readonly id: number;
  readonly comment: string | null;
  readonly url: string;
  readonly title: string;
  readonly presenterId: number;
  readonly created: number;
}

export interface SharedFile {
  readonly id: number;
  readonly projectId: number;
  readonly type: 'file' | 'directory';
  /** With a slash at both ends; the root is `/`. */
  readonly dir: string;
  readonly name: string;
  readonly size: number | null;
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number | null;
  readonly updated: number | null;
}
