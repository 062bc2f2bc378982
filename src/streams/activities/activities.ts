import { readFeed } from '../feed.ts';
import type { Resource } from '../resource.ts';
import { type Activity, activityRows } from './activity.ts';

const replication = {
  method: 'INCREMENTAL',
  key: 'id',
  changes: 'what was done since the last run',
  deletions: 'never happen',
} as const;

/** https://developer.nulab.com/docs/backlog/api/2/get-recent-updates/ */
const spaceUpdates: Resource<Activity> = {
  name: 'space_updates',
  sliceBy: 'space',
  replication: { ...replication, requests: '1 per 100 new activities' },
  streams: [activityRows('space_updates', true)],
  read: (reader, _, cursor) => readFeed(reader, '/space/activities', cursor),
};

/** https://developer.nulab.com/docs/backlog/api/2/get-project-recent-updates/; the space's feed has them too. */
const projectRecentUpdates: Resource<Activity> = {
  name: 'project_recent_updates',
  sliceBy: 'project',
  replication: { ...replication, requests: '1 per 100 new activities in each project with any' },
  streams: [activityRows('project_recent_updates', false)],
  feed: {},
  read: (reader, { id }, cursor) => readFeed(reader, `/projects/${id}/activities`, cursor),
};

export const activityResources: readonly Resource[] = [spaceUpdates, projectRecentUpdates];
