import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, type Stamp, stamp, touch } from './authorship.ts';
import type { DocumentComment, DocumentReply } from './document.ts';
import { documentId, save, tellOfDocument } from './document-mutations.ts';
import { found, foundIn, replaced, without } from './lookup.ts';
import type { WorldData } from './world-data.ts';

export interface NewRemark extends Authorship {
  readonly plain: string;
}

/** None of these moves the document's own `updated`; the feed is the only sign. */
export interface DocumentCommentMutations {
  addDocumentComment(documentId: string, remark: NewRemark): DocumentComment;
  updateDocumentComment(documentId: string, commentId: string, plain: string): DocumentComment;
  deleteDocumentComment(documentId: string, commentId: string): void;
  addDocumentReply(documentId: string, commentId: string, remark: NewRemark): DocumentReply;
  updateDocumentReply(documentId: string, commentId: string, replyId: string, plain: string): DocumentReply;
  deleteDocumentReply(documentId: string, commentId: string, replyId: string): void;
}

export function documentCommentMutations(data: WorldData): DocumentCommentMutations {
  return {
    addDocumentComment: (id, remark) => {
      const comment = { ...newRemark(data, remark), replies: [] };
      saveComments(data, id, (comments) => [...comments, comment]);
      tell(data, ACTIVITY.documentCommentCreated, id, comment);
      return comment;
    },
    updateDocumentComment: (id, commentId, plain) => {
      const comment = { ...commentOf(data, id, commentId), plain, ...touch(data, undefined) };
      saveComments(data, id, (comments) => replaced(comments, comment));
      tell(data, ACTIVITY.documentCommentUpdated, id, comment);
      return comment;
    },
    deleteDocumentComment: (id, commentId) => {
      const comment = commentOf(data, id, commentId);
      saveComments(data, id, (comments) => without(comments, commentId));
      tell(data, ACTIVITY.documentCommentDeleted, id, { ...comment, ...touch(data, undefined) });
    },
    ...replyMutations(data),
  };
}

type ReplyMutations = Pick<
  DocumentCommentMutations,
  'addDocumentReply' | 'updateDocumentReply' | 'deleteDocumentReply'
>;

function replyMutations(data: WorldData): ReplyMutations {
  const saveReplies = (
    id: string,
    commentId: string,
    edit: (replies: readonly DocumentReply[]) => readonly DocumentReply[],
  ) => {
    const comment = commentOf(data, id, commentId);
    saveComments(data, id, (comments) => replaced(comments, { ...comment, replies: edit(comment.replies) }));
  };
  return {
    addDocumentReply: (id, commentId, remark) => {
      const reply = newRemark(data, remark);
      saveReplies(id, commentId, (replies) => [...replies, reply]);
      tell(data, ACTIVITY.documentReplyCreated, id, reply);
      return reply;
    },
    updateDocumentReply: (id, commentId, replyId, plain) => {
      const before = foundIn(commentOf(data, id, commentId).replies, replyId, 'reply');
      const reply = { ...before, plain, ...touch(data, undefined) };
      saveReplies(id, commentId, (replies) => replaced(replies, reply));
      tell(data, ACTIVITY.documentReplyUpdated, id, reply);
      return reply;
    },
    deleteDocumentReply: (id, commentId, replyId) => {
      const reply = foundIn(commentOf(data, id, commentId).replies, replyId, 'reply');
      saveReplies(id, commentId, (replies) => without(replies, replyId));
      tell(data, ACTIVITY.documentReplyDeleted, id, { ...reply, ...touch(data, undefined) });
    },
  };
}

function newRemark(data: WorldData, { plain, ...authorship }: NewRemark): DocumentReply {
  return { id: documentId(data), plain, ...stamp(data, authorship) };
}

function commentOf(data: WorldData, id: string, commentId: string): DocumentComment {
  return foundIn(found(data.documents, id, 'document').comments, commentId, 'comment');
}

function saveComments(
  data: WorldData,
  id: string,
  edit: (comments: readonly DocumentComment[]) => readonly DocumentComment[],
): void {
  const document = found(data.documents, id, 'document');
  save(data, { ...document, comments: edit(document.comments) });
}

function tell(data: WorldData, type: ActivityType, id: string, remark: DocumentReply & Partial<Stamp>): void {
  const comment = { id: remark.id, plain: remark.plain };
  tellOfDocument(data, type, found(data.documents, id, 'document'), remark, { comment });
}
