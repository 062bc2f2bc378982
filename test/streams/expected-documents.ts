import type { Row } from '../../src/message/value.ts';
import type { DocumentRecord, DocumentReply } from '../../src/sandbox/world/document.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { attachmentColumns, authored, type Columns, instant, NONE, person } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const documentExpectations: Expectations = {
  documents: perDocument((world, document) => [
    {
      ...{ id: document.id, project_id: document.projectId, title: document.title, plain: document.plain },
      ...{ json: proseMirror(document.plain), status_id: document.statusId, emoji: document.emoji },
      child_document_ids: null,
      ...authored(world, document),
      ...NONE,
    },
  ]),
  document_tree: ({ documents }) =>
    [...documents.values()].map((document) => {
      const parent = parentOf(documents, document);
      const beside = [...documents.values()].filter(
        (each) =>
          each.projectId === document.projectId &&
          each.trashed === document.trashed &&
          parentOf(documents, each) === parent,
      );
      return {
        ...{ project_id: document.projectId, id: document.id, parent_id: parent?.id ?? null },
        ...{ position: beside.indexOf(document), depth: depthOf(documents, document), trashed: document.trashed },
        ...{ name: document.title, emoji: document.emoji ?? '', emoji_type: 'emoji', status_id: document.statusId },
        ...{ updated: instant(document.updated), ...NONE },
      };
    }),
  document_tags: perDocument((_, document) =>
    document.tags.map(({ id, name }) => ({ ...parents(document), id, name, ...NONE })),
  ),
  document_attachments: perDocument((world, document) =>
    document.attachments.map((attachment) => ({ ...parents(document), ...attachmentColumns(world, attachment) })),
  ),
  document_comments: perDocument((world, document) =>
    document.comments.map((comment) => ({
      ...{ ...parents(document), status_id: 1, comment_type: 'comment' },
      ...remarkColumns(world, comment),
    })),
  ),
  document_comment_replies: perDocument((world, document) =>
    document.comments.flatMap(({ id, replies }) =>
      replies.map((reply) => ({ ...parents(document), comment_id: id, ...remarkColumns(world, reply) })),
    ),
  ),
};

type Documents = World['documents'];

function perDocument(rows: (world: World, document: DocumentRecord) => readonly Row[]) {
  return (world: World) =>
    [...world.documents.values()].filter(({ trashed }) => !trashed).flatMap((document) => rows(world, document));
}

function parents({ id, projectId }: DocumentRecord): Columns {
  return { document_id: id, project_id: projectId };
}

/** The trash has a tree of its own. */
function parentOf(documents: Documents, { parentId, trashed }: DocumentRecord): DocumentRecord | undefined {
  const parent = parentId === null ? undefined : documents.get(parentId);
  return parent?.trashed === trashed ? parent : undefined;
}

function depthOf(documents: Documents, document: DocumentRecord): number {
  const parent = parentOf(documents, document);
  return parent ? depthOf(documents, parent) + 1 : 0;
}

function remarkColumns(world: World, remark: DocumentReply): Columns {
  const { id, plain, createdUserId, created, updatedUserId, updated } = remark;
  return {
    ...{ id, plain, content: proseMirror(plain) },
    ...person(world, 'created_user', createdUserId),
    created_user_role_type: 255,
    created: instant(created),
    updated_user_id: updatedUserId,
    updated: instant(updated),
    ...NONE,
  };
}

function proseMirror(plain: string): string {
  const paragraphs = plain.split('\r\n').map((text) => ({
    type: 'paragraph',
    content: text === '' ? [] : [{ type: 'text', text }],
  }));
  return JSON.stringify({ type: 'doc', content: paragraphs });
}
