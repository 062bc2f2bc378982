import type { Clock } from '../../runtime/clock.ts';
import { ActivityLog } from '../world/activity-log.ts';
import { IdSequences } from '../world/id-sequences.ts';
import { IssueTable } from '../world/issue-table.ts';
import type { SharedFile, SpaceRecord } from '../world/records.ts';
import type { WorldData } from '../world/world-data.ts';
import { seedUsers } from './people.ts';
import { type SeedProject, seedProjects } from './projects.ts';
import { seededActivities } from './seeded-activities.ts';
import { SeededIssues, seededFileId } from './seeded-issues.ts';
import { PAST, Timeline } from './timeline.ts';

/** How much the seeded space holds. The same spec always gives the same space. */
export interface WorldSpec {
  /** Default 1. */
  readonly seed?: number;
  /** Default 2. */
  readonly projects?: number;
  /** In all projects together, which get equal shares. Default 120. */
  readonly issues?: number;
  /** On average; from none to twice as many. Default 3. */
  readonly commentsPerIssue?: number;
  /** At least 2. Default 8. */
  readonly users?: number;
}

/** Three projects, one of them archived: small enough to be loaded in a second. */
export const DEMO: WorldSpec = { seed: 1, projects: 3, issues: 150, commentsPerIssue: 3, users: 8 };

export function seedWorld(spec: WorldSpec, clock: Pick<Clock, 'now'>): WorldData {
  const commentsPerIssue = spec.commentsPerIssue ?? 3;
  const timeline = new Timeline(spec.issues ?? 120, Math.ceil(2 * commentsPerIssue));
  const users = seedUsers(spec.users ?? 8);
  const projects = seedProjects(spec.projects ?? 2, users);
  const issues = new SeededIssues({
    seed: spec.seed ?? 1,
    timeline,
    projects,
    userNames: new Map(users.map(({ id, name }) => [id, name])),
    commentsPerIssue,
  });
  return {
    clock,
    space: seedSpace(users[0]?.id ?? 0),
    users: byId(users),
    projects: byId(projects.map(({ record }) => record)),
    masters: new Map(projects.map(({ record, masters }) => [record.id, masters])),
    issues: new IssueTable(issues),
    sharedFiles: byId(projects.map(seedFile)),
    activities: new ActivityLog(seededActivities(issues, timeline)),
    ids: new IdSequences(Math.max(1_000_000, timeline.lastId)),
  };
}

function seedSpace(ownerId: number): SpaceRecord {
  return {
    spaceKey: 'sandbox',
    name: '砂場 Sandbox 🏖',
    ownerId,
    lang: 'ja',
    timezone: 'Asia/Tokyo',
    reportSendTime: '08:00:00',
    textFormattingRule: 'markdown',
    created: PAST.start - 86_400_000,
    updated: PAST.start,
  };
}

function seedFile({ record }: SeedProject): SharedFile {
  return {
    id: seededFileId(record.id),
    projectId: record.id,
    type: 'file',
    dir: '/',
    name: '仕様書 v1.0.pdf',
    size: 204_800,
    createdUserId: record.memberIds[0] ?? 0,
    created: PAST.start,
    updatedUserId: null,
    updated: null,
  };
}

function byId<T extends { readonly id: number }>(records: readonly T[]): Map<number, T> {
  return new Map(records.map((record) => [record.id, record]));
}
