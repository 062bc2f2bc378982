import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRICED_STREAMS } from '../../bench/priced-streams.js';
import { createClient } from '../../src/backlog/create-client.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { planReading, type RequestCounts, type TapSettings } from '../../src/tap/tap.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const PROJECTS = 3;

/** Of the lists that nothing tells the changes of, and of the feed of the space. */
const QUIET = {
  '/projects': 1,
  '/space/activities': 1,
  '/projects/*/statuses': PROJECTS,
  '/projects/*/issueTypes': PROJECTS,
  '/projects/*/categories': PROJECTS,
  '/projects/*/versions': PROJECTS,
  '/projects/*/customFields': PROJECTS,
  '/projects/*/users': PROJECTS,
  '/projects/*/git/repositories': PROJECTS,
  '/documents/tree': PROJECTS,
};

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  const seed = { projects: PROJECTS, issues: 600, commentsPerIssue: 1, wikis: 60, documents: 60, pullRequests: 60 };
  space = await openSpace({ seed });
  replica = new Replica();
  await space.readInto(replica, { streams: PRICED_STREAMS });
  space.clock.advance(60);
});

afterEach(() => space[Symbol.asyncDispose]());

interface Cost {
  readonly byPath: Readonly<Record<string, number>>;
  readonly requests: Partial<RequestCounts>;
}

async function run(settings: TapSettings = {}): Promise<Cost> {
  space.requestsOf(/./);
  await space.readInto(replica, { streams: PRICED_STREAMS, settings });
  const asked = space.requestsOf(/./);
  for (const stream of PRICED_STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
  const kinds = asked.map(({ path }) => path.replace(/\/(\d+|[0-9a-f]{32})(?=\/|$)/g, '/*'));
  return { byPath: countsOf(kinds), requests: countsOf(asked.map(({ rateClass }) => rateClass)) };
}

function countsOf(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

async function plan(streams: readonly string[] = PRICED_STREAMS): Promise<RequestCounts> {
  const { sandbox, clock } = space;
  const shared = { clock, log: silentLogger };
  const client = createClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { ...shared, environment: {} });
  const selection = streams.map((name) => ({ name }));
  const state = replica.state ?? { bookmarks: {} };
  try {
    return (await planReading({ client, selection, settings: {}, state, ...shared })).requests;
  } finally {
    await client.close();
  }
}

/** The first things of each project. */
function firstOfEach<T extends { readonly projectId: number }>(things: Iterable<T>, count: number): readonly T[] {
  const found = new Map<number, T[]>();
  for (const thing of things) found.set(thing.projectId, [...(found.get(thing.projectId) ?? []), thing]);
  return [...found.values()].flatMap((own) => own.slice(0, count));
}

function changeOnePercent(): void {
  const { world } = space.sandbox;
  const shown = [...world.documents.values()].filter(({ trashed }) => !trashed);
  const first = shown[0]?.id ?? '';
  for (const { id } of firstOfEach(world.issues.heads(), 2)) world.updateIssue(id, { summary: 'changed' });
  for (const { id } of firstOfEach(world.wikis.values(), 1)) world.updateWiki(id, { content: 'changed' });
  for (const { id } of firstOfEach(shown, 1)) world.updateDocument(id, { plain: 'changed' });
  for (const { id } of firstOfEach(world.pullRequests.values(), 1)) world.addPullRequestComment(id, { content: '?' });
  world.addDocumentComment(first, { plain: 'changed' });
  space.clock.advance(10);
}

describe('a run', () => {
  test('with nothing changed costs the feed of the space, and the lists that have no other way', async () => {
    const planned = await plan();
    const { byPath, requests } = await run();
    expect(byPath).toEqual(QUIET);
    expect(planned).toMatchObject(requests);
  });

  test('with nothing changed costs two requests where those lists can wait', async () => {
    expect((await run({ mastersEveryHours: 24 })).byPath).toEqual({ '/projects': 1, '/space/activities': 1 });
  });

  test('with changes in every project costs one list for all issues, one for all documents, and what each item costs', async () => {
    changeOnePercent();
    const planned = await plan();
    const { byPath, requests } = await run();
    expect(byPath).toEqual({
      ...QUIET,
      '/issues': 1,
      '/issues/*/comments': 2 * PROJECTS,
      '/wikis/*': PROJECTS,
      '/wikis/*/history': PROJECTS,
      '/documents': 1,
      '/documents/*/comments': 1,
      '/projects/*/git/repositories/*/pullRequests/*': PROJECTS,
      '/projects/*/git/repositories/*/pullRequests/*/comments': PROJECTS,
    });
    expect(requests).toEqual({ search: 1, read: 2 + 8 * PROJECTS + 6 * PROJECTS + 2 });
    expect(planned).toMatchObject(requests);
  });

  test('at first asks for the repositories of a project once, for themselves and for their pull requests', async () => {
    const streams = ['repositories', 'pull_requests'];
    replica = new Replica();
    const planned = await plan(streams);
    space.requestsOf(/./);
    await space.readInto(replica, { streams });
    const asked = space.requestsOf(/./);
    expect(asked.filter(({ path }) => path.endsWith('/git/repositories'))).toHaveLength(PROJECTS);
    expect(planned).toMatchObject(countsOf(asked.map(({ rateClass }) => rateClass)));
  });

  test('with more changes than a page costs one list more for each 99', async () => {
    for (const { id } of firstOfEach(space.sandbox.world.issues.heads(), 80))
      space.sandbox.world.updateIssue(id, { summary: 'changed' });
    const planned = await plan();
    const { byPath, requests } = await run();
    expect(byPath).toMatchObject({ '/issues': 3, '/issues/*/comments': 240 });
    expect(planned).toMatchObject(requests);
  });
});
