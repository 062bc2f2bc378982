import { starBody } from '../bodies/file-body.ts';
import { byId } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { Star } from '../world/records.ts';
import { existing, idAt } from './access.ts';
import { sweepIssues } from './issue-sweep.ts';
import { daysIn } from './space-day.ts';

export const starRoutes = [
  read('/users/:user/stars', (request) =>
    byId(receivedStars(request), request.query, ({ id }) => id).map((star) => starBody(request, star)),
  ),
  read('/users/:user/stars/count', (request) => {
    const { query, data } = request;
    const span = daysIn(data.space.timezone, query.day('since'), query.day('until'));
    const stars = receivedStars(request).filter(({ created }) => created >= span.from && created < span.to);
    return { count: stars.length };
  }),
];

/** What others gave for the user's issues, comments, pages and pull requests, by rising id. */
function receivedStars(request: ApiRequest): readonly Star[] {
  const { data } = request;
  const { id: userId } = existing(data.users.get(idAt(request, 'user')), 'user');
  const pages = [...data.wikis.values(), ...data.pullRequests.values()];
  const others = pages.filter(({ createdUserId }) => createdUserId === userId).flatMap(({ stars }) => stars);
  const replies = [...data.pullRequests.values()].flatMap(({ comments }) => comments);
  const starred = replies.filter(({ createdUserId }) => createdUserId === userId).flatMap(({ stars }) => stars);
  const all = [...(sweepIssues(data).stars.get(userId) ?? []), ...others, ...starred];
  return all.sort((one, other) => one.id - other.id);
}
