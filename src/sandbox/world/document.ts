import type { Attachment } from './records.ts';
import type { Tag } from './wiki.ts';

export interface DocumentRecord {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly projectId: number;
  readonly title: string;
  readonly plain: string;
  readonly emoji: string | null;
  readonly statusId: number;
  readonly parentId: string | null;
  /** In the trash it is shown by the tree alone. */
  readonly trashed: boolean;
  readonly tags: readonly Tag[];
  readonly attachments: readonly Attachment[];
  readonly comments: readonly DocumentComment[];
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

export interface DocumentReply {
  readonly id: string;
  readonly plain: string;
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

export interface DocumentComment extends DocumentReply {
  readonly replies: readonly DocumentReply[];
}
