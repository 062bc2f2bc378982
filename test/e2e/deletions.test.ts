import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../../src/message/value.ts';
import { pascalName, snakeName } from '../../src/replicate/names.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { offeredStreams } from '../../src/tap/tap.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace } from '../tap/test-space.ts';
import { Api } from './api/api.ts';
import { differences, except } from './api/difference.ts';
import { type PlainRow, plain } from './api/expected-row.ts';
import { query } from './database.ts';
import { quietComment, shownDeletions, silentDeletions } from './doomed.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';
import { startRicherDemo } from './richer-demo.ts';

/** All that endpoints give, but for what changes with every request. */
const TABLES = offeredStreams()
  .map(({ name }) => pascalName(name))
  .filter((table) => table !== 'RateLimits' && table !== 'IssueHistory');

/** Tables of things that are deleted for themselves. */
const DELETED_FROM = [
  ...['Users', 'Teams', 'ProjectTeams', 'ProjectUsers', 'ProjectWebhooks', 'ProjectSharedFiles', 'Watchings'],
  ...['ProjectStatuses', 'ProjectIssueTypes', 'ProjectCategories', 'ProjectVersionMilestones', 'ProjectCustomFields'],
  ...['Issues', 'IssueAttachments', 'IssueComments', 'WikiPages', 'Documents', 'DocumentComments'],
  ...['DocumentCommentReplies', 'Repositories', 'PullRequests'],
];

/** The last things that somebody looked at: what is out of sight is not among them any more. */
const RECENT = ['UserRecentlyViewedIssues', 'UserRecentlyViewedProjects', 'UserRecentlyViewedWikiPages'];

let sandbox: Sandbox;
let folder: JobFolder;

beforeEach(async () => {
  sandbox = await startRicherDemo(90);
  folder = new JobFolder();
  const statements = TABLES.map((table) => `REPLICATE ${table};`).join('\n');
  folder.write(FLAVOURS.java(`APIKey=${sandbox.apiKey};URL=${sandbox.url};`, folder.database), statements);
});

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

const stored = (table: string): readonly PlainRow[] => query(folder.database, `SELECT * FROM [${table}]`).map(plain);
const unlikeApi = () => differences(new Api(sandbox), TABLES, stored);

/** Where rows went, and how many. */
function lost(before: ReadonlyMap<string, readonly PlainRow[]>): Record<string, number> {
  const counts = TABLES.map((table) => [table, except(before.get(table) ?? [], stored(table)).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const everything = () => new Map(TABLES.map((table) => [table, stored(table)]));

describe('the run after deletions', { timeout: 120_000 }, () => {
  it('removes exactly what was deleted where the API shows it', async () => {
    const deletions = shownDeletions(sandbox.world);
    await folder.sync();
    expect(await unlikeApi()).toEqual({});
    const before = everything();

    for (const remove of deletions) remove();
    await folder.sync();

    expect(await unlikeApi()).toEqual({});
    expect(Object.keys(lost(before))).toEqual(expect.arrayContaining(DELETED_FROM));
  });

  it('loses nothing where the API shows nothing', async () => {
    const deletions = [...silentDeletions(sandbox.world), quietComment(sandbox.world)];
    await folder.sync();
    const before = everything();

    for (const remove of deletions) remove();
    await folder.sync();

    for (const [table, { stale, lacking }] of Object.entries(await unlikeApi())) {
      expect(except(stale, before.get(table) ?? []), table).toEqual([]);
      expect(idsOf(except(lacking, stale)), table).toEqual(table === 'Issues' ? idsOf(stale) : []);
    }
  });

  it('deletes nothing of a project that is out of sight', async () => {
    const { world } = sandbox;
    const [project] = world.projects.values();
    if (!project) throw new Error('the space has no project');
    for (const teamId of project.teamIds) world.removeProjectTeam(project.id, teamId);
    await folder.sync();
    const before = everything();

    world.leaveProject(project.id, world.space.ownerId);
    expect((await new Api(sandbox).projects()).map(({ id }) => id)).not.toContain(project.id);
    await folder.sync();
    await folder.sync();

    expect(Object.keys(lost(before)).filter((table) => !RECENT.includes(table))).toEqual([]);
  });
});

describe('a reconciling reading', () => {
  it('finds the deletions that the API does not show', async () => {
    const space = await openSpace();
    try {
      const replica = new Replica();
      const streams = offeredStreams().map(({ name }) => name);
      const deletions = silentDeletions(space.sandbox.world);
      await space.readInto(replica, { streams });
      space.clock.advance(60);

      for (const remove of deletions) remove();
      await space.readInto(replica, { streams, settings: { reconcile: true } });

      const held = (table: string) => replica.rows(snakeName(table)).map(withoutUnderscores);
      expect(await differences(new Api(space.sandbox), TABLES, held)).toEqual({});
    } finally {
      await space[Symbol.asyncDispose]();
    }
  });
});

function idsOf(rows: readonly PlainRow[]): readonly (string | undefined)[] {
  return rows.map(({ id }) => id).sort();
}

function withoutUnderscores(row: Row): PlainRow {
  return plain(Object.fromEntries(Object.entries(row).map(([column, value]) => [column.replaceAll('_', ''), value])));
}
