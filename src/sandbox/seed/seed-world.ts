import type { Clock } from '../../runtime/clock.ts';
import { ActivityLog } from '../world/activity-log.ts';
import { IdSequences } from '../world/id-sequences.ts';
import { IssueTable } from '../world/issue-table.ts';
import type { SpaceRecord } from '../world/records.ts';
import type { Licence } from '../world/space.ts';
import { mutationsOf } from '../world/world.ts';
import type { WorldData } from '../world/world-data.ts';
import { type Past, pastOf } from './past.ts';
import { seedUsers } from './people.ts';
import { type SeedProject, seedProjects } from './projects.ts';
import type { Scribe } from './scribe.ts';
import { seedDocuments } from './seed-documents.ts';
import { seedFiles } from './seed-files.ts';
import { seedGit } from './seed-git.ts';
import { seedBeginnings, seedFarewells, seedPersonalLists } from './seed-life.ts';
import { seedWikis } from './seed-wikis.ts';
import { seededActivities } from './seeded-activities.ts';
import { SeededIssues } from './seeded-issues.ts';
import { PAST, Timeline } from './timeline.ts';

/** How much the seeded space holds, in all projects together, which get equal shares. The same spec always gives the same space. */
export interface WorldSpec {
  /** Default 1. */
  readonly seed?: number;
  /** Default 2. */
  readonly projects?: number;
  /** Default 120. */
  readonly issues?: number;
  /** On average; from none to twice as many. Default 3. */
  readonly commentsPerIssue?: number;
  /** At least 2. Default 8. */
  readonly users?: number;
  /** Default 6. */
  readonly wikis?: number;
  /** Default 6. */
  readonly documents?: number;
  /** Default 6. */
  readonly pullRequests?: number;
  /** Default 6. */
  readonly sharedFiles?: number;
}

/** Three projects, one of them archived: small enough to be loaded in a second. */
export const DEMO: WorldSpec = {
  seed: 1,
  projects: 3,
  issues: 150,
  commentsPerIssue: 3,
  users: 8,
  wikis: 18,
  documents: 24,
  pullRequests: 18,
  sharedFiles: 15,
};

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
  const past = pastOf(timeline);
  const data: WorldData = {
    ...emptyStores(),
    clock: past.clock,
    ids: past.ids,
    space: seedSpace(users[0]?.id ?? 0),
    users: byId(users),
    projects: byId(projects.map(({ record }) => record)),
    masters: new Map(projects.map(({ record, masters }) => [record.id, masters])),
    issues: new IssueTable(issues),
    activities: new ActivityLog(seededActivities(issues, timeline)),
  };
  if (projects.length > 0) writePast(spec, scribeOf(spec, data, past, projects));
  return { ...data, clock, ids: new IdSequences(Math.max(1_000_000, timeline.lastId)) };
}

function scribeOf(spec: WorldSpec, data: WorldData, past: Past, projects: readonly SeedProject[]): Scribe {
  return {
    world: { ...data, ...mutationsOf(data) },
    past,
    seed: spec.seed ?? 1,
    projectCount: projects.length,
    projectFor: (index) => projects[index % projects.length] as SeedProject,
  };
}

function writePast(spec: WorldSpec, scribe: Scribe): void {
  seedBeginnings(scribe);
  seedFiles(scribe, spec.sharedFiles ?? 6);
  seedWikis(scribe, spec.wikis ?? 6);
  seedDocuments(scribe, spec.documents ?? 6);
  seedGit(scribe, spec.pullRequests ?? 6);
  seedFarewells(scribe);
  seedPersonalLists(scribe);
}

function emptyStores() {
  return {
    sharedFiles: new Map(),
    teams: new Map(),
    webhooks: new Map(),
    wikis: new Map(),
    documents: new Map(),
    repositories: new Map(),
    pullRequests: new Map(),
    watchings: new Map(),
    notifications: new Map(),
    recentlyViewed: new Map(),
    licence: LICENCE,
    notice: { content: 'メンテナンスのお知らせ: 日曜 2:00–4:00 🛠', updated: PAST.start },
  };
}

const LICENCE: Licence = {
  active: true,
  attribute: true,
  git: true,
  subversion: true,
  fileSharing: true,
  wikiAttachment: true,
  gantt: true,
  burndown: true,
  parentChildIssue: true,
  storageLimit: 107_374_182_400,
};

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

function byId<T extends { readonly id: number }>(records: readonly T[]): Map<number, T> {
  return new Map(records.map((record) => [record.id, record]));
}
