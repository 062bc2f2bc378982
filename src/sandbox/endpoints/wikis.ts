import { attachmentBody, linkedFiles, starBody } from '../bodies/file-body.ts';
import { wikiBody, wikiListBody, wikiVersionBody } from '../bodies/wiki-body.ts';
import { invalid, noSuch } from '../http/api-error.ts';
import { byId } from '../http/paging.ts';
import { type ApiRequest, read, search } from '../http/route.ts';
import type { ProjectRecord } from '../world/project.ts';
import type { WikiPage } from '../world/wiki.ts';
import { wikiTags } from '../world/wiki-mutations.ts';
import { existing, idAt, isJoined, projectAt } from './access.ts';
import { download } from './binaries.ts';
import { requireFeature } from './features.ts';

export const wikiRoutes = [
  search('/wikis', (request) => pagesOf(request).map((page) => wikiListBody(request, page))),
  search('/wikis/count', (request) => ({ count: pagesOf(request).length })),
  read('/wikis/tags', (request) => wikiTags(request.data, wikiProject(request).id)),
  read('/wikis/:wiki', (request) => wikiBody(request, wikiAt(request))),
  read('/wikis/:wiki/attachments', (request) =>
    wikiAt(request).attachments.map((attachment) => attachmentBody(request, attachment)),
  ),
  read('/wikis/:wiki/attachments/:attachment', (request) => download(request, wikiAt(request).attachments)),
  read('/wikis/:wiki/history', (request) => {
    const { id, versions } = wikiAt(request);
    const page = byId(versions, request.query, ({ version }) => version);
    return page.map((version) => wikiVersionBody(request, id, version));
  }),
  read('/wikis/:wiki/sharedFiles', (request) => linkedFiles(request, wikiAt(request).sharedFileIds)),
  read('/wikis/:wiki/stars', (request) => wikiAt(request).stars.map((star) => starBody(request, star))),
];

function wikiProject(request: ApiRequest): ProjectRecord {
  const idOrKey = request.query.text('projectIdOrKey');
  if (idOrKey === undefined) throw invalid('projectIdOrKey');
  const project = projectAt(request, idOrKey);
  requireFeature(request, project, 'wiki');
  return project;
}

/** All pages at once: the list has no pages of its own. */
function pagesOf(request: ApiRequest): readonly WikiPage[] {
  const project = wikiProject(request);
  const keyword = request.query.text('keyword')?.toLowerCase() ?? '';
  return [...request.data.wikis.values()]
    .filter(({ projectId }) => projectId === project.id)
    .filter(({ name, content }) => `${name}\n${content}`.toLowerCase().includes(keyword));
}

function wikiAt(request: ApiRequest): WikiPage {
  const page = existing(request.data.wikis.get(idAt(request, 'wiki')), 'wiki');
  const project = existing(request.data.projects.get(page.projectId), 'wiki');
  if (!isJoined(request, project)) throw noSuch('wiki');
  requireFeature(request, project, 'wiki');
  return page;
}
