import { documentBody, documentCommentBody } from '../bodies/document-body.ts';
import { instant } from '../bodies/instant.ts';
import type { Body } from '../bodies/view.ts';
import { invalid, noSuch } from '../http/api-error.ts';
import { byOffset } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { DocumentRecord } from '../world/document.ts';
import type { ProjectRecord } from '../world/project.ts';
import { existing, isJoined, joinedProjects, projectAt } from './access.ts';
import { download } from './binaries.ts';
import { hasFeature, requireFeature } from './features.ts';

export const documentRoutes = [
  read('/documents', (request) => {
    if (request.query.integer('offset') === undefined) throw invalid('offset');
    const page = request.query.page();
    return byOffset(listDocuments(request), page).map((document) => documentBody(request, document));
  }),
  read('/documents/count', (request) => ({ count: activeIn(request, documentProject(request)).length })),
  read('/documents/tree', (request) => documentTree(request, documentProject(request))),
  read('/documents/:document', (request) => documentBody(request, documentAt(request))),
  read('/documents/:document/attachments/:attachment', (request) => download(request, documentAt(request).attachments)),
  read('/documents/:document/comments', (request) => {
    const document = documentAt(request);
    return document.comments.map((comment) => documentCommentBody(request, document, comment));
  }),
];

/** Of all joined projects that use documents; a project that is named but not visible is refused. */
function listDocuments(request: ApiRequest): readonly DocumentRecord[] {
  const { query } = request;
  const named = query.integers('projectId').map((id) => projectAt(request, String(id)));
  for (const project of named) requireFeature(request, project, 'document');
  const joined = joinedProjects(request).filter((project) => hasFeature(request, project, 'document'));
  const keyword = query.text('keyword')?.toLowerCase() ?? '';
  const key = query.oneOf('sort', ['created', 'updated']) ?? 'updated';
  const ascending = (named.length > 0 ? named : joined)
    .flatMap((project) => activeIn(request, project))
    .filter(({ title, plain }) => `${title}\n${plain}`.toLowerCase().includes(keyword))
    .sort((one, other) => one[key] - other[key] || (one.id < other.id ? -1 : 1));
  return query.order() === 'asc' ? ascending : ascending.reverse();
}

function documentProject(request: ApiRequest): ProjectRecord {
  const idOrKey = request.query.text('projectIdOrKey');
  if (idOrKey === undefined) throw invalid('projectIdOrKey');
  const project = projectAt(request, idOrKey);
  requireFeature(request, project, 'document');
  return project;
}

function documentAt(request: ApiRequest): DocumentRecord {
  const document = existing(request.data.documents.get(request.path.document ?? ''), 'document');
  const project = existing(request.data.projects.get(document.projectId), 'document');
  if (!isJoined(request, project)) throw noSuch('document');
  requireFeature(request, project, 'document');
  return document;
}

function documentsIn({ data }: ApiRequest, project: ProjectRecord): readonly DocumentRecord[] {
  return [...data.documents.values()].filter(({ projectId }) => projectId === project.id);
}

function activeIn(request: ApiRequest, project: ProjectRecord): readonly DocumentRecord[] {
  return documentsIn(request, project).filter(({ trashed }) => !trashed);
}

function documentTree(request: ApiRequest, project: ProjectRecord): Body {
  const documents = documentsIn(request, project);
  const active = documents.filter(({ trashed }) => !trashed);
  const trash = documents.filter(({ trashed }) => trashed);
  return {
    projectId: project.id,
    activeTree: { id: 'Active', children: rootsOf(active).map((root) => node(root, active)) },
    trashTree: { id: 'Trash', children: rootsOf(trash).map((root) => node(root, trash)) },
  };
}

/** Documents whose parent is none of the others. */
function rootsOf(documents: readonly DocumentRecord[]): readonly DocumentRecord[] {
  const ids = new Set(documents.map(({ id }) => id));
  return documents.filter(({ parentId }) => parentId === null || !ids.has(parentId));
}

function node(document: DocumentRecord, all: readonly DocumentRecord[]): Body {
  const { id, title, emoji, statusId, updated } = document;
  const children = all.filter(({ parentId }) => parentId === id).map((child) => node(child, all));
  return { id, name: title, emoji: emoji ?? '', emojiType: 'emoji', statusId, updated: instant(updated), children };
}
