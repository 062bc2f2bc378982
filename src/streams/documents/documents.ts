import { ONE_LOOK } from '../estimates.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, entriesOf, type Stream, type StreamName } from '../stream.ts';
import type { Document } from './document.ts';
import { documentComments } from './document-comments.ts';
import { estimateDocuments } from './document-estimate.ts';
import { documentsInTrash, documentTree } from './document-tree.ts';
import { documentsGroup, walkChangedDocuments, walkDocuments } from './document-walk.ts';

const DELETED = 37;

/** Created, deleted, renamed, edited, given a file, several created at once, mentioned. */
const CHANGES = [36, 38, 39, 46, 48, 49];

const documentRows: Stream<Document> = {
  name: 'documents',
  selectedByDefault: false,
  elsewhere: ['tags', 'attachments'],
  entries: ({ fields, parents }) => {
    const { json } = fields;
    return [{ fields: { ...fields, json: typeof json === 'object' && json ? JSON.stringify(json) : json }, parents }];
  },
};

/** A list that each document carries, as a table. */
function partOfDocument(
  name: StreamName,
  listOf: (document: Document) => readonly ApiObject[] | null | undefined,
): Stream<Document> {
  return {
    name,
    selectedByDefault: false,
    partOf: { column: 'document_id', field: 'id' },
    entries: ({ fields }) => entriesOf(listOf(fields), { document_id: fields.id, project_id: fields.projectId }),
  };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-document-list/ */
const documents: Resource<Document> = {
  name: 'documents',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'documents changed since the last run, newest first',
    deletions: 'activities of type 37, and the trash',
    requests: '1 per 99 changed documents of all projects together; at first 1 per 99 documents of each project',
  },
  streams: [
    documentRows,
    partOfDocument('document_tags', ({ tags }) => tags),
    partOfDocument('document_attachments', ({ attachments }) => attachments),
  ],
  feed: { changes: CHANGES, deletions: [DELETED], goneWith: documentsInTrash },
  read: walkDocuments,
  joint: { groupOf: documentsGroup, read: walkChangedDocuments, estimate: async () => ONE_LOOK },
  estimate: estimateDocuments,
};

export const documentResources: readonly Resource[] = [documents, documentTree, documentComments];
