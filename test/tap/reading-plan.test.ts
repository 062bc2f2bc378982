import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../src/backlog/create-client.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { planReading, type ReadingPlan, type TapSettings } from '../../src/tap/tap.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['projects', 'project_statuses', 'priorities', 'issues', 'issue_stars'];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 3, issues: 420 }, budgets: { read: 600, search: 2 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

async function plan(streams = STREAMS, settings: TapSettings = {}): Promise<ReadingPlan> {
  const { sandbox, clock } = space;
  const client = createClient(
    { url: sandbox.url, apiKey: sandbox.apiKey },
    { clock, log: silentLogger, environment: {} },
  );
  try {
    return await planReading(
      {
        client,
        selection: streams.map((name) => ({ name })),
        settings,
        clock,
        log: silentLogger,
        ...(replica.state && { state: replica.state }),
      },
      1,
    );
  } finally {
    await client.close();
  }
}

/** By resource, without resources that cost nothing. */
const costs = ({ resources }: ReadingPlan) =>
  Object.fromEntries(
    resources.flatMap(({ resource, requests: { read, search } }) =>
      read + search > 0 ? [[resource, read + search]] : [],
    ),
  );

async function run(): Promise<number> {
  space.clock.advance(60);
  space.requestsOf(/./);
  await space.readInto(replica, { streams: STREAMS });
  return space.requestsOf(/^\/(?!rateLimit)/).length;
}

describe('a plan', () => {
  test('of a first load tells what it then costs', async () => {
    const planned = await plan();
    expect(costs(planned)).toMatchObject({ projects: 1, priorities: 1, project_statuses: 3, activities: 1 });
    expect(planned.resources.find(({ resource }) => resource === 'issues')).toMatchObject({
      streams: ['issues', 'issue_stars'],
      isEstimate: false,
    });
    expect(planned.requests.read + planned.requests.search).toBe(await run());
  });

  test('of a run in which nothing has changed has nothing for issues', async () => {
    await run();
    const planned = await plan();
    expect(costs(planned)).toEqual({ projects: 1, activities: 1, priorities: 1, project_statuses: 3 });
    expect(planned.requests.read + planned.requests.search).toBe(await run());
  });

  test('of changes has looked at what they are', async () => {
    await run();
    const [head] = [...space.sandbox.world.issues.heads()];
    space.sandbox.world.updateIssue(head?.id ?? 0, { summary: 'changed' });
    const planned = await plan(['issues']);
    expect(planned.resources.find(({ resource }) => resource === 'issues')).toMatchObject({
      requests: { search: 1 },
      isEstimate: false,
    });
  });

  test('leaves out lists that can wait', async () => {
    await run();
    expect(costs(await plan(STREAMS, { mastersEveryHours: 5 }))).toEqual({ projects: 1, activities: 1 });
  });

  test('tells the limits, and how long they make it last', async () => {
    const { requests, limits, minimumSeconds } = await plan();
    expect(limits).toMatchObject({ read: 600, search: 2 });
    expect(minimumSeconds).toBe((Math.ceil(requests.search / 2) - 1) * 60);
    expect(minimumSeconds).toBeGreaterThan(60);
  });

  test('reads no rows', async () => {
    await plan([...STREAMS, 'issue_comments']);
    expect(space.requestsOf(/^\/(issues$|issues\/\d|priorities|projects\/)/)).toEqual([]);
  });

  test('counts a request per issue for comments, as a bound', async () => {
    const planned = await plan(['issue_comments']);
    expect(planned.resources.find(({ resource }) => resource === 'issue_comments')).toMatchObject({
      requests: { read: 420 },
      isEstimate: true,
    });
  });
});
