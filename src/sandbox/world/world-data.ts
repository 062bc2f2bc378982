import type { Clock } from '../../runtime/clock.ts';
import type { ActivityRecord } from './activity.ts';
import type { ActivityLog } from './activity-log.ts';
import type { NameBook } from './change-log.ts';
import type { DocumentRecord } from './document.ts';
import type { PullRequest, Repository } from './git.ts';
import type { Ids } from './id-sequences.ts';
import type { IssueHistory } from './issue.ts';
import type { IssueTable } from './issue-table.ts';
import type { NotificationRecord, RecentlyViewed, Watching } from './personal.ts';
import type { ProjectMasters, ProjectRecord } from './project.ts';
import type { SharedFile, SpaceRecord, UserRecord } from './records.ts';
import type { Licence, SpaceNotification, Team, Webhook } from './space.ts';
import type { WikiPage } from './wiki.ts';

/** Everything the sandbox knows. Records are never changed in place: a change puts a new record under the same id. */
export interface WorldData {
  /** Dates what is done from now on; the seeded past does not depend on it. */
  readonly clock: Pick<Clock, 'now'>;
  readonly space: SpaceRecord;
  readonly users: Map<number, UserRecord>;
  readonly projects: Map<number, ProjectRecord>;
  /** By project id. */
  readonly masters: Map<number, ProjectMasters>;
  readonly issues: IssueTable;
  readonly sharedFiles: Map<number, SharedFile>;
  readonly teams: Map<number, Team>;
  readonly webhooks: Map<number, Webhook>;
  readonly wikis: Map<number, WikiPage>;
  readonly documents: Map<string, DocumentRecord>;
  readonly repositories: Map<number, Repository>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly watchings: Map<number, Watching>;
  readonly notifications: Map<number, NotificationRecord>;
  /** By user id. */
  readonly recentlyViewed: Map<number, RecentlyViewed>;
  licence: Licence;
  notice: SpaceNotification;
  readonly activities: ActivityLog;
  readonly ids: Ids;
}

export function mastersOf(data: WorldData, projectId: number): ProjectMasters {
  const masters = data.masters.get(projectId);
  if (masters === undefined) throw new RangeError(`no project ${projectId}`);
  return masters;
}

export function projectOf(data: WorldData, projectId: number): ProjectRecord {
  const project = data.projects.get(projectId);
  if (project === undefined) throw new RangeError(`no project ${projectId}`);
  return project;
}

export function namesOf(data: WorldData, projectId: number): NameBook {
  return {
    masters: mastersOf(data, projectId),
    userName: (id) => data.users.get(id)?.name,
    issueKey: (id) => {
      const issue = data.issues.get(id);
      return issue && `${projectOf(data, issue.projectId).projectKey}-${issue.keyId}`;
    },
  };
}

export function historyOf(data: WorldData, id: number): IssueHistory {
  const history = data.issues.history(id);
  if (history === undefined) throw new RangeError(`no issue ${id}`);
  return history;
}

/** The time in whole seconds, as Backlog keeps it. */
export function now(data: WorldData): number {
  return Math.floor(data.clock.now() / 1000) * 1000;
}

export function logActivity(data: WorldData, activity: Omit<ActivityRecord, 'id'>): void {
  data.activities.add({ id: data.ids.next('activity'), ...activity });
}
