import { invalid } from '../http/api-error.ts';
import type { Parameters } from '../http/parameters.ts';
import type { IssueHead, IssueRecord } from '../world/issue.ts';
import type { WorldData } from '../world/world-data.ts';
import { customFieldTests } from './custom-field-filter.ts';
import { childrenOf, levelOf } from './family-tree.ts';
import { daysIn, type Span } from './space-day.ts';

/** Tests that need no more than an issue's head, and those that need the whole issue. An issue must pass them all. */
export interface IssueFilter {
  readonly heads: readonly ((head: IssueHead) => boolean)[];
  readonly records: readonly ((issue: IssueRecord) => boolean)[];
}

export function issueFilter(data: WorldData, query: Parameters): IssueFilter {
  return {
    heads: [
      ...oneOf(query, 'id', (head: IssueHead) => [head.id]),
      ...oneOf(query, 'parentIssueId', (head: IssueHead) => [head.parentIssueId]),
      ...parentChildTest(data, query),
      ...during(data, query, 'created', (head) => head.created),
      ...during(data, query, 'updated', (head) => head.updated),
    ],
    records: [
      ...oneOf(query, 'issueTypeId', (issue: IssueRecord) => [issue.issueTypeId]),
      ...oneOf(query, 'categoryId', (issue: IssueRecord) => issue.categoryIds),
      ...oneOf(query, 'versionId', (issue: IssueRecord) => issue.versionIds),
      ...oneOf(query, 'milestoneId', (issue: IssueRecord) => issue.milestoneIds),
      ...oneOf(query, 'statusId', (issue: IssueRecord) => [issue.statusId]),
      ...oneOf(query, 'priorityId', (issue: IssueRecord) => [issue.priorityId]),
      ...oneOf(query, 'assigneeId', (issue: IssueRecord) => [issue.assigneeId]),
      ...oneOf(query, 'createdUserId', (issue: IssueRecord) => [issue.createdUserId]),
      ...oneOf(query, 'resolutionId', (issue: IssueRecord) => [issue.resolutionId]),
      ...onDays(query, 'startDate', (issue) => issue.startDate),
      ...onDays(query, 'dueDate', (issue) => issue.dueDate),
      ...holds(query, 'attachment', (issue) => issue.attachments.length > 0),
      ...holds(query, 'sharedFile', (issue) => issue.sharedFileIds.length > 0),
      ...withoutDueDate(query),
      ...keywordTest(query),
      ...customFieldTests(data, query),
    ],
  };
}

/** Values of one parameter are alternatives. */
function oneOf<T>(query: Parameters, name: string, valuesOf: (issue: T) => readonly (number | null)[]) {
  const wanted = new Set<number | null>(query.integers(name));
  return wanted.size === 0 ? [] : [(issue: T) => valuesOf(issue).some((value) => wanted.has(value))];
}

function during(data: WorldData, query: Parameters, name: string, timeOf: (head: IssueHead) => number) {
  const [since, until] = [query.day(`${name}Since`), query.day(`${name}Until`)];
  if (since === undefined && until === undefined) return [];
  const span: Span = daysIn(data.space.timezone, since, until);
  return [(head: IssueHead) => timeOf(head) >= span.from && timeOf(head) < span.to];
}

function onDays(query: Parameters, name: string, dayOf: (issue: IssueRecord) => string | null) {
  const [since, until] = [query.day(`${name}Since`), query.day(`${name}Until`)];
  if (since === undefined && until === undefined) return [];
  return [
    (issue: IssueRecord) => {
      const day = dayOf(issue);
      return day !== null && (since === undefined || day >= since) && (until === undefined || day <= until);
    },
  ];
}

function holds(query: Parameters, name: string, has: (issue: IssueRecord) => boolean) {
  const wanted = query.flag(name);
  return wanted === undefined ? [] : [(issue: IssueRecord) => has(issue) === wanted];
}

function withoutDueDate(query: Parameters) {
  const wanted = query.flag('hasDueDate');
  if (wanted === true) throw invalid('hasDueDate');
  return wanted === undefined ? [] : [(issue: IssueRecord) => issue.dueDate === null];
}

function keywordTest(query: Parameters) {
  const keyword = query.text('keyword')?.toLowerCase();
  if (keyword === undefined || keyword === '') return [];
  return [(issue: IssueRecord) => `${issue.summary}\n${issue.description}`.toLowerCase().includes(keyword)];
}

type FamilyTest = (head: IssueHead, level: number, hasChildren: boolean) => boolean;

/** By the number that `parentChild` gives; 5 to 10 came with the third level. */
const FAMILY_TESTS: readonly FamilyTest[] = [
  () => true,
  (head) => head.parentIssueId === null,
  (head) => head.parentIssueId !== null,
  (head, _, hasChildren) => head.parentIssueId === null && !hasChildren,
  (_, __, hasChildren) => hasChildren,
  (_, level) => level === 3,
  (_, level) => level === 2,
  (_, level) => level === 1,
  (_, level) => level !== 3,
  (_, level) => level !== 1,
  (_, __, hasChildren) => !hasChildren,
];

function parentChildTest(data: WorldData, query: Parameters) {
  const wanted = query.integer('parentChild');
  if (wanted === undefined || wanted === 0) return [];
  const test = FAMILY_TESTS[wanted];
  if (test === undefined) throw invalid('parentChild');
  return [(head: IssueHead) => test(head, levelOf(data, head), childrenOf(data, head.id).length > 0)];
}
