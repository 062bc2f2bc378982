import { instant } from '../bodies/instant.ts';
import { issueBody } from '../bodies/issue-body.ts';
import { projectBody } from '../bodies/project-body.ts';
import type { Body } from '../bodies/view.ts';
import { wikiListBody } from '../bodies/wiki-body.ts';
import { byOffset } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { Viewed, Watching } from '../world/personal.ts';
import { viewedBy } from '../world/personal-mutations.ts';
import { existing, idAt, joinedProjects } from './access.ts';

export const personalRoutes = [
  read('/users/myself/recentlyViewedIssues', (request) =>
    recent(request, viewedBy(request.data, request.viewer.id).issues, 'issue', (id) => {
      const issue = request.data.issues.get(id);
      return issue && visible(request, issue.projectId) ? issueBody(request, issue) : undefined;
    }),
  ),
  read('/users/myself/recentlyViewedProjects', (request) =>
    recent(request, viewedBy(request.data, request.viewer.id).projects, 'project', (id) => {
      const project = request.data.projects.get(id);
      return project && visible(request, id) ? projectBody(project) : undefined;
    }),
  ),
  read('/users/myself/recentlyViewedWikis', (request) =>
    recent(request, viewedBy(request.data, request.viewer.id).wikis, 'page', (id) => {
      const page = request.data.wikis.get(id);
      return page && visible(request, page.projectId) ? wikiListBody(request, page) : undefined;
    }),
  ),
  read('/users/:user/watchings', (request) =>
    byOffset(watchingsOf(request), request.query.page()).map((watching) => watchingBody(request, watching)),
  ),
  read('/users/:user/watchings/count', (request) => {
    const alreadyRead = request.query.flag('alreadyRead');
    const counted = watchingsOf(request).filter(
      (each) => alreadyRead === undefined || each.alreadyRead === alreadyRead,
    );
    return { count: counted.length };
  }),
  read('/watchings/:watching', (request) =>
    watchingBody(request, existing(request.data.watchings.get(idAt(request, 'watching')), 'watching')),
  ),
];

function visible(request: ApiRequest, projectId: number): boolean {
  return joinedProjects(request).some(({ id }) => id === projectId);
}

/** Newest first unless asked otherwise; what is gone or out of sight is left out. */
function recent(
  request: ApiRequest,
  viewed: readonly Viewed[],
  name: string,
  bodyOf: (id: number) => Body | undefined,
): readonly Body[] {
  const there = viewed.flatMap(({ id, updated }) => {
    const body = bodyOf(id);
    return body === undefined ? [] : [{ [name]: body, updated: instant(updated) }];
  });
  return byOffset(request.query.order() === 'desc' ? there : there.reverse(), request.query.page());
}

const SORTS = ['created', 'updated', 'issueUpdated'] as const;

function watchingsOf(request: ApiRequest): readonly Watching[] {
  const { query, data } = request;
  const userId = existing(data.users.get(idAt(request, 'user')), 'user').id;
  const read = query.flag('resourceAlreadyRead');
  const issueIds = query.integers('issueId');
  const sort = query.oneOf('sort', SORTS) ?? 'issueUpdated';
  const timeOf = (watching: Watching) =>
    sort === 'issueUpdated' ? (data.issues.get(watching.issueId)?.updated ?? 0) : watching[sort];
  const ascending = [...data.watchings.values()]
    .filter((watching) => watching.userId === userId)
    .filter(({ resourceAlreadyRead }) => read === undefined || resourceAlreadyRead === read)
    .filter(({ issueId }) => issueIds.length === 0 || issueIds.includes(issueId))
    .sort((one, other) => timeOf(one) - timeOf(other) || one.id - other.id);
  return query.order() === 'asc' ? ascending : ascending.reverse();
}

function watchingBody(request: ApiRequest, watching: Watching): Body {
  const { id, resourceAlreadyRead, alreadyRead, note, created, updated } = watching;
  const issue = request.data.issues.get(watching.issueId);
  return {
    id,
    resourceAlreadyRead,
    alreadyRead,
    note,
    type: 'issue',
    issue: issue === undefined ? null : issueBody(request, issue),
    lastContentUpdated: issue === undefined ? null : instant(issue.updated),
    created: instant(created),
    updated: instant(updated),
  };
}
