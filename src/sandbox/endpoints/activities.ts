import { activityBody } from '../bodies/activity-body.ts';
import { notificationBodies } from '../bodies/issue-body.ts';
import type { Body } from '../bodies/view.ts';
import { noSuch } from '../http/api-error.ts';
import { take } from '../http/paging.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { ActivityRecord } from '../world/activity.ts';
import type { ActivityFilter } from '../world/activity-log.ts';
import { existing, idAt, joinedProjects, projectAt } from './access.ts';

export const activityRoutes = [
  read('/space/activities', (request) => feed(request, { projectIds: visibleProjects(request) })),
  read('/projects/:project/activities', (request) => feed(request, { projectIds: new Set([projectAt(request).id]) })),
  read('/users/:user/activities', (request) => {
    const createdUserId = existing(request.data.users.get(idAt(request, 'user')), 'user').id;
    return feed(request, { projectIds: visibleProjects(request), createdUserId });
  }),
  read('/activities/:activity', (request) => {
    const activity = existing(request.data.activities.get(idAt(request, 'activity')), 'activity');
    if (!visibleProjects(request).has(activity.projectId)) throw noSuch('activity');
    return activityBody(request, activity, toldOf(request, activity));
  }),
];

function feed(request: ApiRequest, whose: ActivityFilter): readonly Body[] {
  const { query, data } = request;
  const types = query.integers('activityTypeId');
  const filter = { ...whose, types: types.length === 0 ? undefined : new Set(types) };
  const page = take(data.activities.select(query.idRange(), filter), query.count());
  return page.map((activity) => activityBody(request, activity));
}

function visibleProjects(request: ApiRequest): ReadonlySet<number> {
  return new Set(joinedProjects(request).map(({ id }) => id));
}

/** Who was told of the comment that the activity is about. */
function toldOf(request: ApiRequest, { content }: ActivityRecord): readonly Body[] {
  const { id, comment } = content as { readonly id?: unknown; readonly comment?: { readonly id?: unknown } };
  const comments = typeof id === 'number' ? request.data.issues.history(id)?.comments : undefined;
  const about = comments?.find((each) => each.id === comment?.id);
  return about === undefined ? [] : notificationBodies(request, about);
}
