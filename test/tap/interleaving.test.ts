import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TapSettings } from '../../src/tap/tap.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const CHANGES = ['create', 'update', 'comment', 'uncomment', 'delete'] as const;

interface Change {
  readonly kind: (typeof CHANGES)[number];
  readonly at: number;
  readonly page: number | null;
}

/** The user leaves a project, or joins it again. */
interface Move {
  readonly kind: 'leave' | 'join';
  readonly at: number;
}

/** One thing that happens; `at` picks the issue that it happens to. */
type Event =
  | Change
  | Move
  | { readonly kind: 'wait'; readonly minutes: number }
  /** A run that is killed after so many messages, or not at all; it may compare everything. */
  | { readonly kind: 'run'; readonly messages: number | null; readonly settings: TapSettings };

const STREAMS = [
  'issues',
  'issue_categories',
  'issue_custom_field_values',
  'issue_comments',
  'issue_comment_change_log',
  'issue_history',
  'projects',
  'project_statuses',
];

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...CHANGES),
    at: fc.nat(),
    page: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
  }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'join' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(0, 1, 4, 30, 60 * 26, 60 * 24 * 10) }),
  fc.record({
    kind: fc.constant('run' as const),
    messages: fc.option(fc.nat({ max: 6000 }), { freq: 4 }),
    settings: fc.constantFrom<TapSettings>({}, {}, { reconcile: true }, { reconcile: true, reconcileComments: false }),
  }),
);

test('whatever changes, and wherever runs are killed, the last run leaves what the space holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 24 }), async (events) => {
      await using space = await openSpace({ seed: { projects: 2, issues: 220, commentsPerIssue: 0.5 } });
      const replica = new Replica();
      const withSettings = (settings: TapSettings) => ({
        streams: STREAMS,
        settings: { skipUntouched: false, ...settings },
      });
      for (const each of events) {
        if (each.kind === 'wait') space.clock.advance(each.minutes);
        else if (each.kind === 'run')
          await space.readInto(replica, withSettings(each.settings), each.messages ?? undefined);
        else if ('page' in each) happen(space, each);
        else move(space, each);
      }
      space.sandbox.faults.clear();
      for (const at of space.sandbox.world.projects.keys()) move(space, { kind: 'join', at });
      await space.readInto(replica, withSettings({}));
      expectSpace(replica, space);
    }),
    { numRuns: 14 },
  );
});

function move({ sandbox: { world } }: TestSpace, { kind, at }: Move): void {
  const ids = [...world.projects.keys()];
  const project = world.projects.has(at) ? at : (ids[at % ids.length] ?? 0);
  if (kind === 'leave') world.leaveProject(project, world.space.ownerId);
  else world.joinProject(project, world.space.ownerId);
}

/** Now, or just before the n-th page of issues from now on is answered. */
function happen({ sandbox }: TestSpace, { kind, at, page }: Change): void {
  const { world, faults } = sandbox;
  const heads = [...world.issues.heads()];
  const parents = new Set(heads.map(({ parentIssueId }) => parentIssueId));
  const childless = heads.filter(({ id }) => !parents.has(id));
  const victim = childless[at % childless.length];
  if (!victim) return;
  if (kind === 'uncomment') {
    uncomment(sandbox, victim.id);
    return;
  }
  const calls = {
    create: ['createIssue', { projectId: victim.projectId, summary: `new ${at}` }],
    update: ['updateIssue', victim.id, { summary: `changed ${at}`, customFields: [] }],
    comment: ['addComment', victim.id, { content: `said ${at}` }],
    delete: ['deleteIssue', victim.id],
  } as const;
  const [action, ...values] = calls[kind];
  if (page !== null && kind === 'create')
    faults.add({ path: '/issues', nth: page, fault: { kind: 'change', action, arguments: values } });
  else (world[action] as (...each: readonly unknown[]) => unknown)(...values);
}

/** The newest comment goes without a trace; the change of the issue is what makes anybody look. */
function uncomment({ world }: TestSpace['sandbox'], issue: number): void {
  const comment = world.issues.history(issue)?.comments.at(-1);
  if (comment) world.deleteComment(issue, comment.id);
  world.updateIssue(issue, { summary: 'a comment less', categoryIds: [] });
}

function expectSpace(replica: Replica, { sandbox: { world } }: TestSpace): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(world, stream));
}
