import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, items, without } from './items.ts';
import { perProject } from './project-items.ts';

/** Wiki pages and documents. */
export const pageItems: ItemSources = {
  WikiPages: perWiki((page) => items([without(page, 'tags', 'attachments', 'sharedFiles', 'stars')])),
  WikiPageTags: perWiki((page) => items(inside(page, 'tags'), wikiParents(page))),
  WikiPageAttachments: perWiki((page) => items(inside(page, 'attachments'), wikiParents(page))),
  WikiPageLinkedSharedFiles: perWiki((page) => items(inside(page, 'sharedFiles'), wikiParents(page))),
  WikiPageStars: perWiki((page) => items(inside(page, 'stars'), wikiParents(page))),
  WikiPageHistory: async (api) =>
    each(await wikis(api), async ({ id, projectId }) =>
      items(await api.allById(`/wikis/${id}/history`, 'version'), { projectId }),
    ),
  Documents: perDocument((document) => items([without(document, 'tags', 'attachments')])),
  DocumentTags: perDocument((document) => items(inside(document, 'tags'), documentParents(document))),
  DocumentAttachments: perDocument((document) => items(inside(document, 'attachments'), documentParents(document))),
  DocumentTree: perProject(async (api, { id }) => {
    const tree = await api.get('/documents/tree', { projectIdOrKey: Number(id) });
    const root = { projectId: id, depth: 0 };
    return [
      ...nodesBelow(tree.activeTree as Body, { ...root, trashed: false }),
      ...nodesBelow(tree.trashTree as Body, { ...root, trashed: true }),
    ];
  }),
  DocumentComments: perDocumentComment((comment, document) => [
    { body: remark(without(comment, 'replies')), parents: documentParents(document) },
  ]),
  DocumentCommentReplies: perDocumentComment((comment, document) =>
    items(inside(comment, 'replies').map(remark), documentParents(document)),
  ),
};

/** The list has neither content nor files. */
function wikis(api: Api): Promise<readonly Body[]> {
  return perProjectBodies(api, async (id) =>
    each(await api.list('/wikis', { projectIdOrKey: id }), async (page) => [await api.get(`/wikis/${page.id}`)]),
  );
}

function documents(api: Api): Promise<readonly Body[]> {
  return perProjectBodies(api, (id) => api.all('/documents', { 'projectId[]': id, sort: 'created', order: 'asc' }));
}

async function perProjectBodies(api: Api, find: (id: number) => Promise<readonly Body[]>): Promise<readonly Body[]> {
  return each(await api.projects(), ({ id }) => find(Number(id)));
}

function perWiki(rows: (page: Body) => readonly Item[]) {
  return async (api: Api) => (await wikis(api)).flatMap(rows);
}

function perDocument(rows: (document: Body) => readonly Item[]) {
  return async (api: Api) => (await documents(api)).flatMap(rows);
}

function perDocumentComment(rows: (comment: Body, document: Body) => readonly Item[]) {
  return async (api: Api) =>
    each(await documents(api), async (document) =>
      (await api.list(`/documents/${document.id}/comments`)).flatMap((comment) => rows(comment, document)),
    );
}

function wikiParents({ id, projectId }: Body): Body {
  return { wikiPageId: id, projectId };
}

function documentParents({ id, projectId }: Body): Body {
  return { documentId: id, projectId };
}

/** People have two more fields here; the id of who wrote it is told twice. */
function remark(body: Body): Body {
  const author = without(body.createdUser as Body, 'uniqueId', 'icon');
  return { ...without(body, 'createdUserId'), createdUser: author };
}

/** A tree as rows that name their parent; the two roots are none. */
function nodesBelow(node: Body, place: Body, parentId: unknown = null): readonly Item[] {
  return inside(node, 'children').flatMap((child, position) => [
    { body: without(child, 'children'), parents: { ...place, position, parentId } },
    ...nodesBelow(child, { ...place, depth: Number(place.depth) + 1 }, child.id),
  ]);
}
