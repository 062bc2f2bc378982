import type { Row, Value } from '../../src/message/value.ts';
import { PRIORITIES, RESOLUTIONS } from '../../src/sandbox/world/change-log.ts';
import type { CommentRecord } from '../../src/sandbox/world/issue.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { mastersOf } from '../../src/sandbox/world/world-data.ts';
import { instant, NONE, person } from './expected-columns.ts';

/** What the change log of every comment comes to, written out field by field. */
export function expectedHistory(world: World): readonly Row[] {
  return [...world.issues.heads()].flatMap(({ id, projectId }) =>
    (world.issues.history(id)?.comments ?? []).flatMap((comment) => rowsOf(world, projectId, comment)),
  );
}

type Change = CommentRecord['changeLog'][number];

function rowsOf(world: World, projectId: number, comment: CommentRecord): readonly Row[] {
  return comment.changeLog.flatMap((change, position) => {
    const field = change.attributeInfo ? 'custom_field' : NAMES[change.field];
    if (field === undefined) return [];
    return {
      issue_id: comment.issueId,
      comment_id: comment.id,
      position,
      project_id: projectId,
      field,
      field_name: change.field,
      custom_field_id: change.attributeInfo?.id ?? null,
      custom_field_type_id: change.attributeInfo ? Number(change.attributeInfo.typeId) : null,
      ...valueColumns(world, projectId, 'old', change, change.originalValue),
      ...valueColumns(world, projectId, 'new', change, change.newValue),
      changed: instant(comment.created),
      ...person(world, 'changed_by', comment.createdUserId),
      ...NONE,
    };
  });
}

const NAMES: Readonly<Record<string, string>> = {
  summary: 'summary',
  description: 'description',
  issueType: 'issue_type',
  component: 'category',
  version: 'version',
  milestone: 'milestone',
  status: 'status',
  priority: 'priority',
  resolution: 'resolution',
  assigner: 'assignee',
  startDate: 'start_date',
  limitDate: 'due_date',
  estimatedHours: 'estimated_hours',
  actualHours: 'actual_hours',
  parentIssue: 'parent_issue',
};

function valueColumns(world: World, projectId: number, prefix: string, change: Change, text: string | null) {
  const empty = { text: null, id: null, ids: null, date: null, number: null };
  const columns =
    text === null || text === '' ? empty : { ...empty, text, ...typedColumn(world, projectId, change, text) };
  return Object.fromEntries(Object.entries(columns).map(([column, value]) => [`${prefix}_${column}`, value]));
}

function typedColumn(world: World, projectId: number, change: Change, text: string): Record<string, Value> {
  const masters = mastersOf(world, projectId);
  if (change.attributeInfo) {
    const { id, typeId } = change.attributeInfo;
    const field = masters.customFields.find((each) => each.id === id);
    const columns: readonly Record<string, Value>[] = [{}, {}, {}, { number: Number(text) }, { date: text }];
    return columns[Number(typeId)] ?? { ids: idsIn(field?.list?.items ?? [], text) };
  }
  if (/Date$/.test(change.field)) return { date: text };
  if (/Hours$/.test(change.field)) return { number: Number(text) };
  const one: Lists = {
    status: masters.statuses,
    issueType: masters.issueTypes,
    priority: PRIORITIES,
    resolution: RESOLUTIONS,
    assigner: [...world.users.values()].map(({ id, name }) => ({ id, name: name ?? '' })),
  };
  const many: Lists = { component: masters.categories, version: masters.versions, milestone: masters.versions };
  const named = one[change.field];
  if (named) return { id: named.find(({ name }) => name === text)?.id ?? null };
  return many[change.field] ? { ids: idsIn(many[change.field] ?? [], text) } : {};
}

type Lists = Readonly<Record<string, readonly { readonly id: number; readonly name: string }[]>>;

function idsIn(list: readonly { id: number; name: string }[], text: string): readonly number[] | null {
  const whole = list.find(({ name }) => name === text);
  if (whole) return [whole.id];
  const ids = text.split(', ').map((part) => list.find(({ name }) => name === part)?.id);
  return ids.every((id) => id !== undefined) ? (ids as number[]) : null;
}
