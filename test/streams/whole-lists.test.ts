import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectedRows } from '../tap/expected-rows.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 20, sharedFiles: 6 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectWorld(streams: readonly string[]): void {
  for (const stream of streams) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

async function readAgain(streams: readonly string[]): Promise<void> {
  space.clock.advance(60);
  space.requestsOf(/./);
  await space.readInto(replica, { streams });
}

test('shared files are found in directories of any depth and name, page by page', async () => {
  const streams = ['project_shared_files'];
  const { world } = space.sandbox;
  const [project] = [...world.projects.values()];
  const projectId = project?.id ?? 0;
  const deep = { projectId, dir: '/設計 100% & co?/a#b/', size: 1 };
  for (let number = 0; number < 250; number++) world.addSharedFile({ ...deep, name: `${number}.txt` });
  await space.readInto(replica, { streams });
  expectWorld(streams);
  const last = [...world.sharedFiles.values()].at(-1);
  world.deleteSharedFile(last?.id ?? 0);
  await readAgain(streams);
  expectWorld(streams);
});

test('teams and their members are replaced by what there is', async () => {
  const streams = ['teams', 'team_members', 'project_teams', 'project_team_members', 'project_administrators'];
  await space.readInto(replica, { streams });
  expectWorld(streams);
  const { world } = space.sandbox;
  const [team] = [...world.teams.values()];
  const [project] = [...world.projects.values()];
  if (!team || !project) throw new Error('the seed has no team');
  world.teams.set(team.id, { ...team, memberIds: team.memberIds.slice(1) });
  for (let id = 1000; id < 1250; id++) world.teams.set(id, { ...team, id, name: `team ${id}` });
  world.addProjectTeam(project.id, 1000);
  await readAgain(streams);
  expectWorld(streams);
});

test('what an administrator alone may see is a warning for others', async () => {
  const { world } = space.sandbox;
  const administrators = new Set([...world.projects.values()].flatMap(({ administratorIds }) => administratorIds));
  const normal = [...world.users.values()].find(({ id, roleType }) => roleType === 2 && !administrators.has(id));
  const streams = ['teams', 'project_webhooks', 'project_disk_usage', 'space_disk_usage', 'licenses'];
  const { report } = await space.read({ streams, apiKey: space.sandbox.keyOf(normal?.id ?? 0) });
  expect(report.failures.map(({ error }) => error.recovery)).toEqual(report.failures.map(() => 'skippable'));
  expect(new Set(report.failures.map(({ streams: [stream] }) => stream))).toEqual(
    new Set(['teams', 'project_webhooks', 'project_disk_usage', 'space_disk_usage']),
  );
  expect(report.rows.get('licenses')).toBe(1);
});

describe('participants and related issues', () => {
  const streams = ['issue_participants', 'issue_related_issues'];

  test('of changed issues are read anew, and what left them goes', async () => {
    const { world } = space.sandbox;
    const [one, other] = [...world.issues.heads()];
    if (!one || !other) throw new Error('the seed has no issues');
    world.relateIssues(one.id, other.id);
    await space.readInto(replica, { streams });
    expectWorld(streams);
    space.clock.advance(60);
    world.unrelateIssues(one.id, other.id);
    world.addComment(one.id, { content: 'x' });
    world.addComment(other.id, { content: 'y' });
    await readAgain(streams);
    expectWorld(streams);
    const asked = space.requestsOf(/participants$/).map(({ path }) => path);
    expect(asked.sort()).toEqual([one.id, other.id].map((id) => `/issues/${id}/participants`).sort());
  });
});
