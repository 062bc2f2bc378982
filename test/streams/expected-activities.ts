import type { Row, Value } from '../../src/message/value.ts';
import type { ActivityRecord } from '../../src/sandbox/world/activity.ts';
import type { Star } from '../../src/sandbox/world/records.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { instant, NONE, person, starColumns } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const activityExpectations: Expectations = {
  space_updates: (world) => allActivities(world).map((activity) => activityRow(world, activity)),
  project_recent_updates: (world) => allActivities(world).map((activity) => activityRow(world, activity)),
  user_recent_updates: (world) =>
    allActivities(world).map((activity) => ({ ...activityRow(world, activity), user_id: activity.createdUserId })),
  user_received_stars: (world) =>
    [...allStarred(world)].flatMap(({ createdUserId, stars }) =>
      stars.map((star) => ({ user_id: createdUserId, ...starColumns(world, star) })),
    ),
};

function allActivities({ activities }: World): readonly ActivityRecord[] {
  return [...activities.select({ min: 0, max: Number.POSITIVE_INFINITY, order: 'asc' }, {})];
}

interface Starred {
  readonly createdUserId: number;
  readonly stars: readonly Star[];
}

function* allStarred({ issues, wikis, pullRequests }: World): Iterable<Starred> {
  for (const { id } of issues.heads()) {
    const history = issues.history(id);
    if (history) yield* [history.issue, ...history.comments];
  }
  yield* wikis.values();
  for (const pull of pullRequests.values()) yield* [pull, ...pull.comments];
}

function activityRow(world: World, { id, projectId, type, content, createdUserId, created }: ActivityRecord): Row {
  return {
    ...{ id, project_id: projectId, type, content: content as Value },
    ...person(world, 'created_user', createdUserId),
    created: instant(created),
    ...NONE,
  };
}
