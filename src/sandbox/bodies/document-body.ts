import type { DocumentComment, DocumentRecord, DocumentReply } from '../world/document.ts';
import { attachmentBody, authorBody } from './file-body.ts';
import { instant } from './instant.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

export function documentBody(view: View, document: DocumentRecord): Body {
  const { id, projectId, title, plain, statusId, emoji, tags } = document;
  return {
    id,
    projectId,
    title,
    plain,
    json: richText(plain),
    statusId,
    emoji,
    attachments: document.attachments.map((attachment) => attachmentBody(view, attachment)),
    tags,
    ...authorBody(view, document),
  };
}

export function documentCommentBody(view: View, document: DocumentRecord, comment: DocumentComment): Body {
  return {
    id: comment.id,
    documentId: document.id,
    statusId: 1,
    commentType: 'comment',
    ...remarkBody(view, comment),
    replies: comment.replies.map((reply) => ({
      id: reply.id,
      documentId: document.id,
      commentId: comment.id,
      ...remarkBody(view, reply),
    })),
  };
}

function remarkBody(view: View, { plain, createdUserId, created, updatedUserId, updated }: DocumentReply): Body {
  return {
    content: richText(plain),
    plain,
    createdUserId,
    created: instant(created),
    updatedUserId,
    updated: instant(updated),
    createdUser: commentatorBody(view, createdUserId),
  };
}

/** Here alone people have a role of 255 and two keys that they have nowhere else. */
function commentatorBody(view: View, id: number): Body | null {
  const person = personBody(view, id);
  return person && { ...person, roleType: 255, uniqueId: `u${id}`, icon: null };
}

/** The text as ProseMirror keeps it, in JSON. */
function richText(plain: string): string {
  const paragraphs = plain.split('\r\n').map((text) => ({
    type: 'paragraph',
    content: text === '' ? [] : [{ type: 'text', text }],
  }));
  return JSON.stringify({ type: 'doc', content: paragraphs });
}
