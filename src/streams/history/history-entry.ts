import { isInCalendar } from '../instant.ts';
import type { ApiObject } from '../stream.ts';
import type { Master, NameResolver } from './name-resolver.ts';

/** How the values of a field are to be read. */
interface Kind {
  readonly field: string;
  readonly values: 'text' | 'date' | 'number' | 'name' | 'names';
  readonly master?: Master;
}

/** By the names that change logs use. What is not a change of a value (a notification, a commit) is not here. */
const KINDS: Readonly<Record<string, Kind>> = {
  summary: { field: 'summary', values: 'text' },
  description: { field: 'description', values: 'text' },
  issueType: { field: 'issue_type', values: 'name', master: 'issue_type' },
  component: { field: 'category', values: 'names', master: 'category' },
  version: { field: 'version', values: 'names', master: 'version' },
  milestone: { field: 'milestone', values: 'names', master: 'version' },
  status: { field: 'status', values: 'name', master: 'status' },
  priority: { field: 'priority', values: 'name', master: 'priority' },
  resolution: { field: 'resolution', values: 'name', master: 'resolution' },
  assigner: { field: 'assignee', values: 'name', master: 'user' },
  startDate: { field: 'start_date', values: 'date' },
  limitDate: { field: 'due_date', values: 'date' },
  estimatedHours: { field: 'estimated_hours', values: 'number' },
  actualHours: { field: 'actual_hours', values: 'number' },
  parentIssue: { field: 'parent_issue', values: 'text' },
};

const CUSTOM_VALUES: Readonly<Record<number, Kind['values']>> = {
  3: 'number',
  4: 'date',
  5: 'names',
  6: 'names',
  7: 'names',
  8: 'names',
};

/** The fields of a history row, or undefined for an entry that changes no value. */
export async function historyFields(change: ApiObject, resolve: NameResolver): Promise<ApiObject | undefined> {
  const custom = customOf(change.attributeInfo);
  const kind = custom ? customKind(custom) : KINDS[String(change.field)];
  if (kind === undefined) return undefined;
  return {
    field: kind.field,
    fieldName: change.field,
    customFieldId: custom?.id,
    customFieldTypeId: custom?.typeId,
    ...prefixed('old', await valueFields(change.originalValue, kind, resolve)),
    ...prefixed('new', await valueFields(change.newValue, kind, resolve)),
  };
}

interface CustomField {
  readonly id: number;
  readonly typeId: number;
}

/** The type was seen as a number and as text. */
function customOf(info: unknown): CustomField | undefined {
  const { id, typeId } = (info ?? {}) as ApiObject;
  return typeof id === 'number' ? { id, typeId: Number(typeId) } : undefined;
}

function customKind({ id, typeId }: CustomField): Kind {
  return { field: 'custom_field', values: CUSTOM_VALUES[typeId] ?? 'text', master: `item ${id}` };
}

async function valueFields(value: unknown, { values, master }: Kind, resolve: NameResolver): Promise<ApiObject> {
  if (typeof value !== 'string' || value === '') return {};
  if (values === 'date') return { Text: value, ...(isDate(value) && { Date: value }) };
  if (values === 'number') return { Text: value, ...(isNumber(value) && { Number: Number(value) }) };
  if (master === undefined || values === 'text') return { Text: value };
  if (values === 'name') return { Text: value, Id: await resolve(master, value) };
  return { Text: value, Ids: await idsOfNames(value, (name) => resolve(master, name)) };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && isInCalendar(text);
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** Names stand one behind the other; nothing can be said where one of them is unknown, or holds a comma itself. */
async function idsOfNames(
  text: string,
  resolve: (name: string) => Promise<number | undefined>,
): Promise<readonly number[] | undefined> {
  const whole = await resolve(text);
  if (whole !== undefined) return [whole];
  const ids = await Promise.all(text.split(', ').map(resolve));
  return ids.every((id) => id !== undefined) ? (ids as readonly number[]) : undefined;
}

function prefixed(prefix: 'old' | 'new', fields: ApiObject): ApiObject {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
}
