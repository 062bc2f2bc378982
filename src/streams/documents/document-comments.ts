import type { ChildResource, Resource } from '../resource.ts';
import { type ApiObject, type Entry, entriesOf, type Stream } from '../stream.ts';
import { COMMENT_ACTIVITIES, documentIn, walkCommentedDocuments } from './commented-documents.ts';
import { estimateCommentedDocuments } from './document-estimate.ts';
import { documentsInTrash } from './document-tree.ts';

const DOCUMENT_DELETED = 37;

type DocumentComment = ApiObject & {
  readonly id: string;
  readonly replies?: readonly ApiObject[] | null;
};

/** People look different here than elsewhere: they have two more fields, which `users` has too. */
const OF_PEOPLE = ['createdUser.uniqueId', 'createdUser.icon'];

const comments: Stream<DocumentComment> = {
  name: 'document_comments',
  selectedByDefault: false,
  elsewhere: ['replies', ...OF_PEOPLE],
};

const replies: Stream<DocumentComment> = {
  name: 'document_comment_replies',
  selectedByDefault: false,
  elsewhere: OF_PEOPLE,
  entries: ({ fields, parents }) => entriesOf(fields.replies, { ...parents, comment_id: fields.id }),
};

const replication = {
  method: 'INCREMENTAL',
  key: 'updated',
  changes: 'all comments of documents with activities of types 40 to 45',
  deletions: 'what a document with such an activity lacks',
  requests: '1 per document with changed comments; at first 1 per document and, in each project, per 99 of them',
} as const;

/** https://developer.nulab.com/docs/backlog/api/2/get-document-comments/ gives all comments with their replies. */
const commentsOfDocument: ChildResource<ApiObject, DocumentComment> = {
  name: 'document_comments',
  partOf: { column: 'document_id', field: 'id' },
  replication,
  streams: [comments, replies],
  open: (reader) => ({
    concerns: () => true,
    async *read({ fields: { id }, parents }) {
      const list = await reader.get<readonly DocumentComment[]>(`/documents/${id}/comments`);
      const of = { ...parents, document_id: String(id) };
      yield { all: list.map((fields): Entry<DocumentComment> => ({ fields, parents: of })) };
    },
    details: () => ({}),
  }),
};

export const documentComments: Resource = {
  name: 'commented_documents',
  sliceBy: 'project',
  replication,
  streams: [],
  children: [commentsOfDocument],
  feed: { changes: COMMENT_ACTIVITIES, itemIn: documentIn, deletions: [DOCUMENT_DELETED], goneWith: documentsInTrash },
  read: walkCommentedDocuments,
  estimate: estimateCommentedDocuments,
};
