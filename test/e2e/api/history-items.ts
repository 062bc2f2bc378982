import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, objectIn } from './items.ts';

/** `issue_history` has no endpoint: it is what the change logs of all comments say, with names looked up. */
export const historyItems: ItemSources = {
  IssueHistory: async (api) =>
    each(await api.projects(), async ({ id }) => {
      const names = await namesIn(api, id);
      const issues = await api.all('/issues', { 'projectId[]': Number(id), sort: 'created' });
      return each(issues, async (issue) =>
        (await api.allById(`/issues/${issue.id}/comments`)).flatMap((comment) => changesIn(comment, issue, names)),
      );
    }),
};

/** What a field of the change log is called in the table, and of which list its values are names. */
const FIELDS: Readonly<Record<string, { readonly field: string; readonly list?: string; readonly many?: true }>> = {
  summary: { field: 'summary' },
  description: { field: 'description' },
  parentIssue: { field: 'parent_issue' },
  startDate: { field: 'start_date' },
  limitDate: { field: 'due_date' },
  estimatedHours: { field: 'estimated_hours' },
  actualHours: { field: 'actual_hours' },
  status: { field: 'status', list: 'statuses' },
  issueType: { field: 'issue_type', list: 'issueTypes' },
  priority: { field: 'priority', list: '/priorities' },
  resolution: { field: 'resolution', list: '/resolutions' },
  assigner: { field: 'assignee', list: 'users' },
  component: { field: 'category', list: 'categories', many: true },
  version: { field: 'version', list: 'versions', many: true },
  milestone: { field: 'milestone', list: 'versions', many: true },
};

type Lists = Readonly<Record<string, readonly Body[]>>;

async function namesIn(api: Api, project: unknown): Promise<Lists> {
  const paths = new Set(Object.values(FIELDS).flatMap(({ list = [] }) => list));
  const lists = await each([...paths, 'customFields'], async (path) => [
    [path, await api.list(path.startsWith('/') ? path : `/projects/${project}/${path}`)] as const,
  ]);
  return Object.fromEntries(lists);
}

function changesIn(comment: Body, issue: Body, lists: Lists): readonly Item[] {
  return inside(comment, 'changeLog').flatMap((change, position) => {
    const custom = objectIn(change, 'attributeInfo');
    const known = custom ? { field: 'custom_field' } : FIELDS[String(change.field)];
    if (!known) return [];
    const body = {
      field: known.field,
      fieldName: change.field,
      customField: custom && { id: custom.id, typeId: custom.typeId },
      ...columns('old', change.originalValue, change, lists),
      ...columns('new', change.newValue, change, lists),
      changed: comment.created,
      changedBy: comment.createdUser,
    };
    return [{ body, parents: { issueId: issue.id, projectId: issue.projectId, commentId: comment.id, position } }];
  });
}

const TYPE = { number: 3, date: 4, lists: 5 };

function columns(prefix: string, value: unknown, change: Body, lists: Lists): Body {
  if (typeof value !== 'string' || value === '') return {};
  const kinds = objectIn(change, 'attributeInfo') ? customKind(change, value, lists) : kind(change, value, lists);
  const named = Object.entries({ Text: value, ...kinds }).map(([name, held]) => [`${prefix}${name}`, held]);
  return Object.fromEntries(named);
}

function kind({ field }: Body, value: string, lists: Lists): Body {
  const { list, many } = FIELDS[String(field)] ?? {};
  if (/Date$/.test(String(field))) return { Date: value };
  if (/Hours$/.test(String(field))) return { Number: Number(value) };
  if (list === undefined) return {};
  return many ? { Ids: idsOf(value, lists[list] ?? []) } : { Id: idOf(value, lists[list] ?? []) };
}

function customKind(change: Body, value: string, { customFields = [] }: Lists): Body {
  const { id, typeId } = objectIn(change, 'attributeInfo') ?? {};
  if (Number(typeId) === TYPE.number) return { Number: Number(value) };
  if (Number(typeId) === TYPE.date) return { Date: value };
  if (Number(typeId) < TYPE.lists) return {};
  const field = customFields.find((each) => each.id === id);
  return { Ids: idsOf(value, field ? inside(field, 'items') : []) };
}

/** Only what one thing alone is called today. */
function idOf(name: string, list: readonly Body[]): unknown {
  const found = list.filter((each) => each.name === name);
  return found.length === 1 ? found[0]?.id : undefined;
}

function idsOf(text: string, list: readonly Body[]): readonly unknown[] | undefined {
  const whole = idOf(text, list);
  const ids = whole === undefined ? text.split(', ').map((name) => idOf(name, list)) : [whole];
  return ids.includes(undefined) ? undefined : ids;
}
