import { invalid } from '../http/api-error.ts';
import type { Parameters } from '../http/parameters.ts';
import { customValueOf, type IssueHead, type IssueRecord } from '../world/issue.ts';
import { mastersOf, type WorldData } from '../world/world-data.ts';
import { childrenOf } from './family-tree.ts';

type SortValue = string | number | null;

/** What the issues are ordered by: told by their heads, or only by the whole issue. */
export type SortKey =
  | { readonly of: 'head'; readonly value: (head: IssueHead) => SortValue }
  | { readonly of: 'record'; readonly value: (issue: IssueRecord) => SortValue };

const byHead = (value: (head: IssueHead) => SortValue): SortKey => ({ of: 'head', value });
const byRecord = (value: (issue: IssueRecord) => SortValue): SortKey => ({ of: 'record', value });

/** The default is by `updated`, as users of the API report; Nulab does not say. */
export function sortKey(data: WorldData, query: Parameters): SortKey {
  const name = query.text('sort') ?? 'updated';
  const field = /^customField_(\d+)$/.exec(name)?.[1];
  if (field !== undefined) return byRecord((issue) => customValue(issue, Number(field)));
  const key = sortKeys(data)[name];
  if (key === undefined) throw invalid('sort');
  return key;
}

function sortKeys(data: WorldData): Readonly<Record<string, SortKey>> {
  const person = (id: number | null) => (id === null ? null : (data.users.get(id)?.name ?? null));
  const version = (issue: IssueRecord, ids: readonly number[]) =>
    place(mastersOf(data, issue.projectId).versions, ids[0]);
  return {
    created: byHead((head) => head.created),
    updated: byHead((head) => head.updated),
    childIssue: byHead((head) => childrenOf(data, head.id).length),
    summary: byRecord((issue) => issue.summary),
    issueType: byRecord((issue) => place(mastersOf(data, issue.projectId).issueTypes, issue.issueTypeId)),
    category: byRecord((issue) => place(mastersOf(data, issue.projectId).categories, issue.categoryIds[0])),
    version: byRecord((issue) => version(issue, issue.versionIds)),
    milestone: byRecord((issue) => version(issue, issue.milestoneIds)),
    status: byRecord((issue) => place(mastersOf(data, issue.projectId).statuses, issue.statusId)),
    priority: byRecord((issue) => issue.priorityId),
    attachment: byRecord((issue) => issue.attachments.length),
    sharedFile: byRecord((issue) => issue.sharedFileIds.length),
    createdUser: byRecord((issue) => person(issue.createdUserId)),
    updatedUser: byRecord((issue) => person(issue.updatedUserId)),
    assignee: byRecord((issue) => person(issue.assigneeId)),
    startDate: byRecord((issue) => issue.startDate),
    dueDate: byRecord((issue) => issue.dueDate),
    estimatedHours: byRecord((issue) => issue.estimatedHours),
    actualHours: byRecord((issue) => issue.actualHours),
  };
}

function place(list: readonly { readonly id: number }[], id: number | undefined): number {
  return list.findIndex((item) => item.id === id);
}

function customValue(issue: IssueRecord, field: number): SortValue {
  const value = customValueOf(issue, field)?.value ?? null;
  return typeof value === 'object' && value !== null ? (value[0] ?? null) : value;
}

/** Nothing comes first; equal values keep the order of ids, which turns round with `order`. */
export function compareValues(one: SortValue, other: SortValue): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}
