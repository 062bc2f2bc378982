import type { ActivityRecord } from '../world/activity.ts';
import { projectOf } from '../world/world-data.ts';
import { instant } from './instant.ts';
import { projectBody } from './project-body.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

/** `notifications` is empty in lists (since 2022-02-09); only an activity's own page fills it. */
export function activityBody(view: View, activity: ActivityRecord, notifications: readonly Body[] = []): Body {
  const { id, projectId, type, content, createdUserId, created } = activity;
  return {
    id,
    project: projectBody(projectOf(view.data, projectId)),
    type,
    content,
    notifications,
    createdUser: personBody(view, createdUserId),
    created: instant(created),
  };
}
