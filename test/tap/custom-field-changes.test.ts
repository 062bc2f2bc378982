import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/message/value.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { mastersOf } from '../../src/sandbox/world/world-data.ts';
import { customFieldColumns } from '../../src/streams/issues/custom-field-columns.ts';
import { Replica } from './replica.ts';
import { openSpace, type ReadingOptions, type TestSpace } from './test-space.ts';

const ASKED: ReadingOptions = { streams: ['issues', 'issue_categories', 'issue_comments'], customFields: 'name' };

/** What can happen between two runs; numbers choose among what there is. */
type Change =
  | { readonly kind: 'add' | 'rename'; readonly which: number; readonly name: string; readonly isText: boolean }
  | { readonly kind: 'remove' | 'delete' | 'touch'; readonly which: number }
  | { readonly kind: 'fill' | 'create'; readonly which: number; readonly field: number; readonly value: number };

const NAMES = fc.constantFrom('A', 'a', 'B', 'A text');
const anyWhich = fc.nat({ max: 20 });

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('add', 'rename'), which: anyWhich, name: NAMES, isText: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('remove', 'delete', 'touch'), which: anyWhich }),
  fc.record({ kind: fc.constantFrom('fill', 'create'), which: anyWhich, field: anyWhich, value: fc.nat({ max: 9 }) }),
);

/** Changes, then a run that is killed after so many messages, or not. */
const anyStep = fc.record({
  changes: fc.array(anyChange, { maxLength: 4 }),
  kill: fc.option(fc.integer({ min: 1, max: 40 })),
});

test('columns for custom fields end as the space has them, whatever happens to fields, issues and runs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), async (steps) => {
      await using space = await openSpace({ seed: { projects: 2, issues: 12, commentsPerIssue: 1 } });
      const { world } = space.sandbox;
      for (const [projectId, { customFields }] of world.masters)
        for (const { id } of customFields.slice(1)) world.deleteCustomField(projectId, id);
      const replica = new Replica();
      for (const { changes, kill } of [...steps, { changes: [], kill: null }]) {
        space.clock.advance(60);
        for (const change of changes) apply(change, world);
        space.clock.advance(1);
        await space.readInto(replica, ASKED, kill ?? undefined);
      }
      expect(held(replica)).toEqual(wanted(space));
    }),
    { numRuns: 40 },
  );
});

function apply(change: Change, world: World): void {
  const issues = [...world.issues.heads()];
  const issue = issues[change.which % issues.length];
  const fields = [...world.masters.values()].flatMap(({ customFields }) => customFields);
  const field = fields[change.which % Math.max(1, fields.length)];
  const projects = [...world.projects.keys()];
  switch (change.kind) {
    case 'add': {
      const typeId = change.isText ? FIELD_TYPE.text : FIELD_TYPE.number;
      world.addCustomField(projects[change.which % 2] ?? 0, { name: change.name, typeId });
      return;
    }
    case 'rename':
      if (field) world.updateCustomField(field.projectId, field.id, { name: change.name });
      return;
    case 'remove':
      if (field) world.deleteCustomField(field.projectId, field.id);
      return;
    case 'delete':
      if (issue && issues.length > 4) world.deleteIssue(issue.id);
      return;
    case 'touch':
      if (issue) world.updateIssue(issue.id, { summary: `touched ${change.which}` });
      return;
    default:
      if (issue) fill(change, issue, world);
  }
}

function fill(
  { kind, field: which, value }: Extract<Change, { field: number }>,
  issue: { readonly id: number; readonly projectId: number },
  world: World,
): void {
  const own = mastersOf(world, issue.projectId).customFields;
  const field = own[which % Math.max(1, own.length)];
  const customFields = field
    ? [{ id: field.id, value: field.typeId === FIELD_TYPE.number ? value : `text ${value}` }]
    : [];
  if (kind === 'fill') world.updateIssue(issue.id, { customFields });
  else world.createIssue({ projectId: issue.projectId, summary: 'new', customFields });
}

type Columns = Readonly<Record<number, Readonly<Record<string, Value>>>>;

/** By issue, its filled columns for custom fields. */
function held(replica: Replica): Columns {
  return Object.fromEntries(
    replica.rows('issues').map((row) => {
      const columns = Object.entries(row).filter(([name, value]) => name.startsWith('custom_field_') && value !== null);
      return [Number(row.id), Object.fromEntries(columns)];
    }),
  );
}

function wanted({ sandbox: { world } }: TestSpace): Columns {
  const fields = [...world.masters.values()].flatMap(({ customFields }) => customFields);
  const known = fields.map(({ id, projectId, typeId, name }) => ({ id, projectId, typeId, name, allowInput: false }));
  const { byField } = customFieldColumns(known, 'name', ['custom_fields']);
  return Object.fromEntries(
    [...world.issues.heads()].map(({ id, projectId }) => {
      const values = world.issues.get(id)?.customFields ?? [];
      const own = new Set(mastersOf(world, projectId).customFields.map((field) => field.id));
      const columns = values
        .filter((value) => own.has(value.id) && value.value !== null)
        .map((value) => [byField.get(value.id)?.value ?? '?', value.value as Value]);
      return [id, Object.fromEntries(columns)];
    }),
  );
}
