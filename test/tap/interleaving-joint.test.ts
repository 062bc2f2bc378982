import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WikiPage } from '../../src/sandbox/world/wiki.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = [
  ...['issues', 'issue_categories', 'issue_comments', 'wiki_pages', 'wiki_page_tags', 'wiki_page_history'],
  ...['documents', 'document_tags', 'document_attachments', 'document_comments', 'document_comment_replies'],
  ...['pull_requests', 'pull_request_comments', 'pull_request_comment_change_log'],
];

type Call = readonly [action: keyof World, ...values: unknown[]];

/** What can happen to the thing at a place; nothing, where there is none. */
const CHANGES = {
  issue: (world, at) => on(issueAt(world, at), ({ id }) => ['updateIssue', id, { summary: `${at}`, categoryIds: [] }]),
  newIssue: (world, at) => ['createIssue', { projectId: projectAt(world, at), summary: `${at}` }],
  comment: (world, at) => on(issueAt(world, at), ({ id }) => ['addComment', id, { content: `${at}` }]),
  lostIssue: (world, at) => on(issueAt(world, at), ({ id }) => ['deleteIssue', id]),
  wiki: (world, at) =>
    on(pick(world.wikis, at), ({ id }) => ['updateWiki', id, { content: `${at}`, tags: [`t${at % 3}`] }]),
  newWiki: (world, at) => ['createWiki', { projectId: projectAt(world, at), name: `${at}`, content: '' }],
  lostWiki: (world, at) => on(pick(world.wikis, at), ({ id }) => ['deleteWiki', id]),
  document: (world, at) => on(documentAt(world, at), ({ id }) => ['updateDocument', id, { plain: `${at}` }]),
  file: (world, at) => on(documentAt(world, at), ({ id }) => ['addDocumentAttachment', id, { name: `${at}`, size: 1 }]),
  remark: (world, at) => on(documentAt(world, at), ({ id }) => ['addDocumentComment', id, { plain: `${at}` }]),
  lostRemark: (world, at) =>
    on(documentAt(world, at), ({ id, comments }) =>
      on(comments[0], (first) => ['deleteDocumentComment', id, first.id]),
    ),
  trash: (world, at) => on(documentAt(world, at), ({ id }) => ['trashDocument', id]),
  pull: (world, at) => on(pick(world.pullRequests, at), ({ id }) => ['updatePullRequest', id, { summary: `${at}` }]),
  pullComment: (world, at) =>
    on(pick(world.pullRequests, at), ({ id }) => ['addPullRequestComment', id, { content: `${at}` }]),
  lostPull: (world, at) => on(pick(world.pullRequests, at), ({ id }) => ['deletePullRequest', id]),
  leave: (world, at) => ['leaveProject', projectAt(world, at), world.space.ownerId],
  join: (world, at) => ['joinProject', projectAt(world, at), world.space.ownerId],
} as const satisfies Record<string, (world: World, at: number) => Call | undefined>;

type Change = keyof typeof CHANGES;

/** Requests before which something can happen. */
const MOMENTS = ['/issues', '/issues/*/comments', '/wikis/*', '/documents', '/space/activities'];

type Event =
  | { readonly kind: Change; readonly at: number; readonly before: readonly [path: string, nth: number] | null }
  /** So many issues of all projects change. */
  | { readonly kind: 'burst'; readonly count: number }
  /** A page changes, and no activity tells it. */
  | { readonly kind: 'silent'; readonly at: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  /** A run that is killed after so many messages, or not at all. */
  | { readonly kind: 'run'; readonly messages: number | null; readonly reconcile: boolean };

const change = fc.record({
  kind: fc.constantFrom(...(Object.keys(CHANGES) as Change[])),
  at: fc.nat({ max: 1000 }),
  before: fc.option(fc.tuple(fc.constantFrom(...MOMENTS), fc.integer({ min: 1, max: 4 })), { freq: 2 }),
});

const event: fc.Arbitrary<Event> = fc.oneof(
  { arbitrary: change, weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('burst' as const), count: fc.nat({ max: 210 }) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('silent' as const), at: fc.nat({ max: 100 }) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 30, 60 * 26) }), weight: 2 },
  {
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      messages: fc.option(fc.nat({ max: 2500 }), { freq: 3 }),
      reconcile: fc.constantFrom(false, false, true),
    }),
    weight: 3,
  },
);

test('whatever changes in whichever project, and wherever runs are killed, nothing is missed and nothing stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 6, maxLength: 30 }), async (events) => {
      const seed = { projects: 3, issues: 210, commentsPerIssue: 0.3, wikis: 12, documents: 12, pullRequests: 12 };
      await using space = await openSpace({ seed });
      const replica = new Replica();
      const reading = { streams: STREAMS, settings: { skipUntouched: false } };
      await space.readInto(replica, reading);
      for (const each of events) await happen(each, space, replica, reading);
      space.sandbox.faults.clear();
      await end(space, replica, reading);
      for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
    }),
    { numRuns: 14 },
  );
});

type Reading = Parameters<TestSpace['readInto']>[1];

async function happen(event: Event, space: TestSpace, replica: Replica, reading: Reading): Promise<void> {
  const { clock, sandbox } = space;
  const { world, faults } = sandbox;
  if (event.kind === 'wait') clock.advance(event.minutes);
  else if (event.kind === 'run')
    await space.readInto(
      replica,
      { ...reading, settings: { ...reading.settings, reconcile: event.reconcile } },
      event.messages ?? undefined,
    );
  else if (event.kind === 'burst')
    for (const { id } of [...world.issues.heads()].slice(0, event.count)) world.updateIssue(id, { summary: 'burst' });
  else if (event.kind === 'silent') on(pick(world.wikis, event.at), (page) => changeInSilence(space, page));
  else {
    const call = CHANGES[event.kind](world, event.at);
    if (call === undefined) return;
    const [action, ...values] = call;
    if (event.before === null) (world[action] as (...each: readonly unknown[]) => unknown)(...values);
    else
      faults.add({ path: event.before[0], nth: event.before[1], fault: { kind: 'change', action, arguments: values } });
  }
}

function changeInSilence({ clock, sandbox: { world } }: TestSpace, page: WikiPage): undefined {
  world.wikis.set(page.id, { ...page, content: 'in silence', updated: clock.now() });
}

/** A day later each wiki changes once more, so that its list is read; everything is in sight again. */
async function end(space: TestSpace, replica: Replica, reading: Reading): Promise<void> {
  const { clock, sandbox } = space;
  const { world } = sandbox;
  for (const project of world.projects.keys()) world.joinProject(project, world.space.ownerId);
  clock.advance(60 * 24);
  for (const projectId of world.projects.keys()) world.createWiki({ projectId, name: 'last', content: '' });
  await space.readInto(replica, reading);
}

function on<T, R>(thing: T | undefined, use: (thing: T) => R): R | undefined {
  return thing === undefined ? undefined : use(thing);
}

function pick<T>(things: ReadonlyMap<unknown, T>, at: number): T | undefined {
  return [...things.values()][at % Math.max(1, things.size)];
}

function projectAt({ projects }: World, at: number): number {
  return [...projects.keys()][at % projects.size] ?? 0;
}

/** One without children, which go with it. */
function issueAt({ issues }: World, at: number) {
  const heads = [...issues.heads()];
  const parents = new Set(heads.map(({ parentIssueId }) => parentIssueId));
  const childless = heads.filter(({ id }) => !parents.has(id));
  return childless[at % Math.max(1, childless.length)];
}

function documentAt({ documents }: World, at: number) {
  const shown = [...documents.values()].filter(({ trashed }) => !trashed);
  return shown[at % Math.max(1, shown.length)];
}
