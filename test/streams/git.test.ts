import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectedRows } from '../tap/expected-rows.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

const STREAMS = [
  'repositories',
  'pull_requests',
  'pull_request_attachments',
  'pull_request_stars',
  'pull_request_comments',
  'pull_request_comment_change_log',
  'pull_request_comment_notifications',
  'pull_request_comment_stars',
];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 4, pullRequests: 30 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectWorld(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

async function readAgain(streams: readonly string[] = STREAMS): Promise<void> {
  space.clock.advance(60);
  space.requestsOf(/./);
  await space.readInto(replica, { streams });
}

function pullAt(index: number) {
  const pull = [...space.sandbox.world.pullRequests.values()].at(index);
  if (!pull) throw new Error('the seed has too few pull requests');
  return pull;
}

describe('pull requests', () => {
  test('that changed are asked one by one, with their comments; those that were deleted go with all theirs', async () => {
    await space.readInto(replica, { streams: STREAMS });
    expectWorld();
    const { world } = space.sandbox;
    const [edited, commented, deleted] = [pullAt(0), pullAt(1), pullAt(2)];
    space.clock.advance(60);
    world.updatePullRequest(edited.id, { summary: '改題', statusId: 3 });
    world.addPullRequestComment(commented.id, { content: 'looks good' });
    world.deletePullRequest(deleted.id);
    const { projectId, repositoryId } = edited;
    const created = world.createPullRequest({
      ...{ projectId, repositoryId, summary: 'new', description: '', base: 'main', branch: 'topic' },
    });
    await readAgain();
    expectWorld();
    const asked = space.requestsOf(/pullRequests\/\d+$/).map(({ path }) => Number(path.split('/').at(-1)));
    expect(new Set(asked)).toEqual(new Set([edited, commented, deleted, created].map(({ number }) => number)));
    expect(space.requestsOf(/pullRequests$/)).toEqual([]);
  });

  test('cost nothing where none changed, beside the list of repositories', async () => {
    await space.readInto(replica, { streams: STREAMS });
    await readAgain();
    expect(space.requestsOf(/git/).every(({ path }) => path.endsWith('/repositories'))).toBe(true);
    expectWorld();
  });

  test('that an activity of type 21 names and that are still there stay', async () => {
    await space.readInto(replica, { streams: STREAMS });
    const pull = pullAt(0);
    space.clock.advance(60);
    space.sandbox.world.deletePullRequest(pull.id);
    space.sandbox.world.pullRequests.set(pull.id, pull);
    await readAgain();
    expect(replica.rows('pull_requests')).toContainEqual(expect.objectContaining({ id: pull.id }));
  });

  test('cost no request beside their own, as the feed of the space names them', async () => {
    await space.readInto(replica, { streams: STREAMS });
    space.clock.advance(60);
    for (const index of [0, 1]) space.sandbox.world.addPullRequestComment(pullAt(index).id, { content: 'new' });
    await readAgain();
    expectWorld();
    expect(space.requestsOf(/activities/).map(({ path }) => path)).toEqual(['/space/activities']);
    await readAgain();
    expect(space.requestsOf(/pullRequests/)).toEqual([]);
  });

  test('are named by the feed of their project where the feed of the space cannot be read', async () => {
    const streams = ['pull_requests'];
    await space.readInto(replica, { streams });
    const pull = pullAt(0);
    space.clock.advance(60);
    space.sandbox.world.updatePullRequest(pull.id, { summary: 'changed' });
    const fault = { kind: 'body', status: 403, body: '{"errors":[{"message":"No.","code":5}]}' } as const;
    space.sandbox.faults.add({ path: '/space/activities', fault });
    await readAgain(streams);
    expect(replica.rows('pull_requests')).toEqual(expectedRows(space.sandbox.world, 'pull_requests'));
    const asked = space.requestsOf(/git/).map(({ path }) => path);
    expect(asked).toEqual([expect.stringMatching(new RegExp(`/pullRequests/${pull.number}$`))]);
  });

  test('are all listed again where no feed reaches back to the last run', async () => {
    const streams = ['pull_requests'];
    await space.readInto(replica, { streams });
    const pull = pullAt(0);
    space.clock.advance(60);
    space.sandbox.world.updatePullRequest(pull.id, { summary: 'changed' });
    const fault = { kind: 'body', body: '[]' } as const;
    for (const path of ['/space/activities', `/projects/${pull.projectId}/activities`])
      space.sandbox.faults.add({ path, times: 2, fault });
    await readAgain(streams);
    expect(replica.rows('pull_requests')).toEqual(expectedRows(space.sandbox.world, 'pull_requests'));
    expect(space.requestsOf(/pullRequests$/).length).toBeGreaterThan(0);
  });

  test('whose list leaves out their files are asked for them', async () => {
    const pull = pullAt(0);
    const path = `/projects/${pull.projectId}/git/repositories/${pull.repositoryId}/pullRequests`;
    const { id, projectId, repositoryId, number } = pull;
    const listed = { id, projectId, repositoryId, number, updated: '2026-01-01T00:00:00Z' };
    space.sandbox.world.addPullRequestAttachment(id, { name: '図.png', size: 3 });
    space.sandbox.faults.add({ path, times: 2, fault: { kind: 'body', body: JSON.stringify([listed]) } });
    const { messages } = await space.read({ streams: ['pull_request_attachments'] });
    const rows = messages.flatMap((each) =>
      each.type === 'record' && each.record.pull_request_id === id ? [each.record] : [],
    );
    const expected = expectedRows(space.sandbox.world, 'pull_request_attachments');
    expect(rows).toEqual(expected.filter((row) => row.pull_request_id === id));
    expect(rows.map(({ name }) => name)).toContain('図.png');
  });
});
