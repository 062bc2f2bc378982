import { type ChangeLogEntry, type CustomFieldValue, customValueOf, type IssueFields } from './issue.ts';
import type { CustomField, ProjectMasters } from './project.ts';
import type { Attachment } from './records.ts';

/** The names that stand behind ids now; a change log keeps them as they were when it was written. */
export interface NameBook {
  readonly masters: ProjectMasters;
  userName(id: number): string | undefined;
  issueKey(id: number): string | undefined;
}

export const PRIORITIES = [
  { id: 2, name: '高' },
  { id: 3, name: '中' },
  { id: 4, name: '低' },
] as const;

export const RESOLUTIONS = [
  { id: 0, name: '対応済み' },
  { id: 1, name: '対応しない' },
  { id: 2, name: '無効' },
  { id: 3, name: '重複' },
  { id: 4, name: '再現しない' },
] as const;

/** What the change-log comment of an edit says, in the words of the API: `component`, `assigner`, `limitDate`. */
export function changeLogOf(before: IssueFields, after: IssueFields, names: NameBook): readonly ChangeLogEntry[] {
  const standard = STANDARD.filter(({ key }) => !same(before[key], after[key])).map(({ field, key, show }) =>
    entry(field, show(after[key] as never, names), show(before[key] as never, names)),
  );
  if (before.customFields === after.customFields) return standard;
  return [...standard, ...names.masters.customFields.flatMap((field) => customFieldChange(field, before, after))];
}

function entry(field: string, newValue: string | null, originalValue: string | null): ChangeLogEntry {
  return { field, newValue, originalValue, attachmentInfo: null, attributeInfo: null, notificationInfo: null };
}

/** Somebody was told of the comment. */
export function noticeEntry(userName: string | undefined): ChangeLogEntry {
  return { ...entry('notification', userName ?? null, null), notificationInfo: { type: 'issue.update' } };
}

export function attachmentEntry({ id, name }: Attachment, what: 'added' | 'removed'): ChangeLogEntry {
  const plain = what === 'added' ? entry('attachment', name, null) : entry('attachment', null, name);
  return { ...plain, attachmentInfo: { id, name } };
}

interface Shown<Key extends keyof IssueFields> {
  readonly field: string;
  readonly key: Key;
  show(value: IssueFields[Key], names: NameBook): string | null;
}

const shown = <Key extends keyof IssueFields>(field: string, key: Key, show: Shown<Key>['show']) => ({
  field,
  key,
  show,
});

const STANDARD = [
  shown('summary', 'summary', (text) => text),
  shown('description', 'description', (text) => text),
  shown('issueType', 'issueTypeId', (id, { masters }) => nameIn(masters.issueTypes, id)),
  shown('component', 'categoryIds', (ids, { masters }) => namesIn(masters.categories, ids)),
  shown('version', 'versionIds', (ids, { masters }) => namesIn(masters.versions, ids)),
  shown('milestone', 'milestoneIds', (ids, { masters }) => namesIn(masters.versions, ids)),
  shown('status', 'statusId', (id, { masters }) => nameIn(masters.statuses, id)),
  shown('priority', 'priorityId', (id) => nameIn(PRIORITIES, id)),
  shown('resolution', 'resolutionId', (id) => nameIn(RESOLUTIONS, id)),
  shown('assigner', 'assigneeId', (id, { userName }) => (id === null ? null : (userName(id) ?? null))),
  shown('startDate', 'startDate', (day) => day),
  shown('limitDate', 'dueDate', (day) => day),
  shown('estimatedHours', 'estimatedHours', textOf),
  shown('actualHours', 'actualHours', textOf),
  shown('parentIssue', 'parentIssueId', (id, { issueKey }) => (id === null ? null : (issueKey(id) ?? null))),
] as const;

function customFieldChange(field: CustomField, before: IssueFields, after: IssueFields): readonly ChangeLogEntry[] {
  const [old, young] = [customValueOf(before, field.id), customValueOf(after, field.id)];
  if (same(old?.value ?? null, young?.value ?? null) && old?.otherValue === young?.otherValue) return [];
  const attributeInfo = { id: field.id, typeId: String(field.typeId) };
  return [{ ...entry(field.name, customText(field, young), customText(field, old)), attributeInfo }];
}

/** What was written besides the list's items stands after them. */
function customText({ list }: CustomField, held: CustomFieldValue | undefined): string | null {
  const value = held?.value ?? null;
  if (value !== null && typeof value !== 'object') return String(value);
  const parts = [namesIn(list?.items ?? [], value ?? []), held?.otherValue ?? null].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

type Named = { readonly id: number; readonly name: string };

function nameIn(list: readonly Named[], id: number | null): string | null {
  return list.find((item) => item.id === id)?.name ?? null;
}

function namesIn(list: readonly Named[], ids: readonly number[]): string | null {
  const names = list.filter((item) => ids.includes(item.id)).map((item) => item.name);
  return names.length === 0 ? null : names.join(', ');
}

function textOf(value: number | null): string | null {
  return value === null ? null : String(value);
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
