import { createHash } from 'node:crypto';
import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, type Stamp, stamp, touch } from './authorship.ts';
import type { DocumentRecord } from './document.ts';
import { found } from './lookup.ts';
import type { Attachment } from './records.ts';
import type { Tag } from './wiki.ts';
import { logActivity, type WorldData } from './world-data.ts';

export interface NewDocument extends Authorship {
  readonly projectId: number;
  readonly title: string;
  readonly plain: string;
  readonly emoji?: string | null;
  readonly parentId?: string | null;
  readonly tags?: readonly string[];
}

export interface DocumentMutations {
  createDocument(document: NewDocument): DocumentRecord;
  /** One entry of the feed tells of all; they must be of one project. */
  createDocuments(documents: readonly NewDocument[]): readonly DocumentRecord[];
  updateDocument(
    id: string,
    changes: { readonly title?: string; readonly plain?: string },
    userId?: number,
  ): DocumentRecord;
  /** Moves it to another place in the tree, without a sign in the feed. */
  moveDocument(id: string, parentId: string | null): DocumentRecord;
  /** Puts it and what lies under it into the trash. */
  trashDocument(id: string): void;
  /** For good, together with what lies under it. */
  deleteDocument(id: string): void;
  addDocumentAttachment(id: string, file: { readonly name: string; readonly size: number }): Attachment;
  mentionInDocument(id: string, userId: number): void;
}

export function documentMutations(data: WorldData): DocumentMutations {
  return {
    createDocument: (given) => {
      const document = write(data, given);
      if (given.created === undefined) tellOfDocument(data, ACTIVITY.documentCreated, document);
      return document;
    },
    createDocuments: (given) => createDocuments(data, given),
    updateDocument: (id, changes, userId) => updateDocument(data, id, changes, userId),
    moveDocument: (id, parentId) => save(data, { ...found(data.documents, id, 'document'), parentId }),
    trashDocument: (id) => {
      const document = found(data.documents, id, 'document');
      for (const below of withAllBelow(data, id)) save(data, { ...below, trashed: true });
      tellOfDocument(data, ACTIVITY.documentDeleted, document, touch(data, undefined));
    },
    deleteDocument: (id) => {
      const document = found(data.documents, id, 'document');
      for (const below of withAllBelow(data, id)) data.documents.delete(below.id);
      if (!document.trashed) tellOfDocument(data, ACTIVITY.documentDeleted, document, touch(data, undefined));
    },
    addDocumentAttachment: (id, file) => addAttachment(data, id, file),
    mentionInDocument: (id, userId) =>
      tellOfDocument(data, ACTIVITY.documentMentioned, found(data.documents, id, 'document'), touch(data, userId)),
  };
}

export function save(data: WorldData, document: DocumentRecord): DocumentRecord {
  data.documents.set(document.id, document);
  return document;
}

/** 32 hexadecimal digits that look like those of Backlog. */
export function documentId(data: WorldData): string {
  return createHash('sha256')
    .update(`document ${data.ids.next('document')}`)
    .digest('hex')
    .slice(0, 32);
}

export function tellOfDocument(
  data: WorldData,
  type: ActivityType,
  document: DocumentRecord,
  { updatedUserId, updated }: Pick<Stamp, 'updatedUserId' | 'updated'> = document,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const { projectId, id, title } = document;
  const content = { id, title, ...more };
  logActivity(data, { projectId, type, content, createdUserId: updatedUserId, created: updated });
}

function write(data: WorldData, given: NewDocument): DocumentRecord {
  const { projectId, title, plain, emoji = null, parentId = null, tags = [], ...authorship } = given;
  return save(data, {
    id: documentId(data),
    projectId,
    title,
    plain,
    emoji,
    statusId: 1,
    parentId,
    trashed: false,
    tags: tags.map((name) => tagNamed(data, projectId, name)),
    attachments: [],
    comments: [],
    ...stamp(data, authorship),
  });
}

function tagNamed(data: WorldData, projectId: number, name: string): Tag {
  const documents = [...data.documents.values()].filter((document) => document.projectId === projectId);
  const known = documents.flatMap((document) => document.tags).find((tag) => tag.name === name);
  return known ?? { id: data.ids.next('tag'), name };
}

function createDocuments(data: WorldData, given: readonly NewDocument[]): readonly DocumentRecord[] {
  const documents = given.map((each) => write(data, each));
  const [first] = documents;
  if (first === undefined) return [];
  const { projectId, createdUserId, created } = first;
  const content = { documents: documents.map(({ id, title }) => ({ id, title })) };
  logActivity(data, { projectId, type: ACTIVITY.documentsCreated, content, createdUserId, created });
  return documents;
}

function updateDocument(
  data: WorldData,
  id: string,
  changes: { readonly title?: string; readonly plain?: string },
  userId?: number,
): DocumentRecord {
  const before = found(data.documents, id, 'document');
  const document = save(data, { ...before, ...changes, ...touch(data, userId) });
  if (document.title !== before.title) tellOfDocument(data, ACTIVITY.documentRenamed, document);
  if (document.plain !== before.plain) tellOfDocument(data, ACTIVITY.documentEdited, document);
  return document;
}

function addAttachment(
  data: WorldData,
  id: string,
  file: { readonly name: string; readonly size: number },
): Attachment {
  const document = found(data.documents, id, 'document');
  const { createdUserId, created, updatedUserId, updated } = stamp(data, {});
  const attachment = { id: data.ids.next('attachment'), ...file, createdUserId, created };
  save(data, { ...document, attachments: [...document.attachments, attachment], updatedUserId, updated });
  tellOfDocument(data, ACTIVITY.documentFileAdded, document, { updatedUserId, updated });
  return attachment;
}

function withAllBelow(data: WorldData, id: string): readonly DocumentRecord[] {
  const children = [...data.documents.values()].filter(({ parentId }) => parentId === id);
  return [found(data.documents, id, 'document'), ...children.flatMap((child) => withAllBelow(data, child.id))];
}
