import type { Attachment, Star } from './records.ts';

export interface Tag {
  readonly id: number;
  readonly name: string;
}

export interface WikiPage {
  readonly id: number;
  readonly projectId: number;
  /** A path: `Guide/Setup` lies under `Guide`. */
  readonly name: string;
  readonly content: string;
  readonly tags: readonly Tag[];
  readonly attachments: readonly Attachment[];
  readonly sharedFileIds: readonly number[];
  readonly stars: readonly Star[];
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
  /** Oldest first; the last is the page as it is. */
  readonly versions: readonly WikiVersion[];
}

/** Numbered from 1 in each page. */
export interface WikiVersion {
  readonly version: number;
  readonly name: string;
  readonly content: string;
  readonly createdUserId: number;
  readonly created: number;
}
