import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectedRows } from '../tap/expected-rows.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 60, commentsPerIssue: 6, users: 4 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectWorld(streams: readonly string[]): void {
  for (const stream of streams) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

async function readAgain(streams: readonly string[]): Promise<number> {
  space.clock.advance(60);
  space.requestsOf(/./);
  const before = replica.received;
  await space.readInto(replica, { streams });
  return replica.received - before;
}

function commentOnSomething(): void {
  const [head] = [...space.sandbox.world.issues.heads()];
  space.sandbox.world.addComment(head?.id ?? 0, { content: 'new' });
}

describe.each(['space_updates', 'project_recent_updates'])('%s', (stream) => {
  test('reads on from the greatest id, and some ids before it again', async () => {
    const streams = [stream];
    await space.readInto(replica, { streams });
    expectWorld(streams);
    expect(replica.rows(stream).length).toBeGreaterThan(200);
    commentOnSomething();
    const received = await readAgain(streams);
    expectWorld(streams);
    expect(received).toBeGreaterThanOrEqual(1);
    expect(received).toBeLessThanOrEqual(2 * 51);
    const own = stream === 'space_updates' ? /^\/space\/activities$/ : /^\/projects\/\d+\/activities$/;
    expect(space.requestsOf(own)).toHaveLength(1);
  });

  test('goes on where it was interrupted', async () => {
    const streams = [stream];
    await space.readInto(replica, { streams }, 220);
    const kept = replica.rows(stream).length;
    expect(kept).toBeGreaterThan(0);
    const received = await readAgain(streams);
    expectWorld(streams);
    expect(received).toBeLessThanOrEqual(replica.rows(stream).length - kept + 2 * 51);
  });
});

describe('what each user did and was given', () => {
  const streams = ['user_recent_updates', 'user_received_stars'];

  test('is read from the newest down to what is known', async () => {
    await space.readInto(replica, { streams });
    expectWorld(streams);
    const { world } = space.sandbox;
    const most = Math.max(...[...world.users.keys()].map((id) => countOf(id)));
    expect(most).toBeGreaterThan(100);
    commentOnSomething();
    await readAgain(streams);
    expectWorld(streams);
    expect(space.requestsOf(/^\/users\/\d+\/activities$/)).toHaveLength(world.users.size);
  });

  test('costs nothing that is not selected', async () => {
    await space.read({ streams: ['users'] });
    expect(space.requestsOf(/^\/users\/\d+/)).toEqual([]);
  });

  function countOf(id: number): number {
    return replica.rows('user_recent_updates').filter((row) => row.user_id === id).length;
  }
});

test('notifications are read on from the greatest id', async () => {
  const streams = ['notifications'];
  await space.readInto(replica, { streams });
  expectWorld(streams);
  await readAgain(streams);
  expectWorld(streams);
  expect(space.requestsOf(/^\/notifications$/)).toHaveLength(1);
});
