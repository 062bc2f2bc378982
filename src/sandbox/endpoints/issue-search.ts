import { noSuch } from '../http/api-error.ts';
import type { ApiRequest } from '../http/route.ts';
import type { IssueHead, IssueRecord } from '../world/issue.ts';
import type { IssueTable } from '../world/issue-table.ts';
import { joinedProjects } from './access.ts';
import { type IssueFilter, issueFilter } from './issue-filter.ts';
import { compareValues, sortKey } from './issue-order.ts';

/** Results are kept until an issue changes, so that the pages after the first cost nothing. */
const KEPT_SEARCHES = 32;

interface Kept {
  readonly revision: number;
  readonly found: Map<string, readonly IssueHead[]>;
}

const kept = new WeakMap<IssueTable, Kept>();

/** All issues that `/issues` and `/issues/count` are asked for, in the order asked for. */
export function findIssues(request: ApiRequest): readonly IssueHead[] {
  const projectIds = searchedProjects(request);
  const question = `${[...projectIds].join()} ${questionOf(request)}`;
  const answers = keptFor(request.data.issues);
  const known = answers.get(question);
  if (known !== undefined) return known;
  const found = sorted(request, filtered(request, projectIds, issueFilter(request.data, request.query)));
  if (answers.size >= KEPT_SEARCHES) answers.clear();
  answers.set(question, found);
  return found;
}

function keptFor(issues: IssueTable): Map<string, readonly IssueHead[]> {
  const current = kept.get(issues);
  if (current?.revision === issues.revision) return current.found;
  const found = new Map<string, readonly IssueHead[]>();
  kept.set(issues, { revision: issues.revision, found });
  return found;
}

/** One forbidden project fails the whole search. */
function searchedProjects(request: ApiRequest): ReadonlySet<number> {
  const joined = new Set(joinedProjects(request).map(({ id }) => id));
  const wanted = request.query.integers('projectId');
  if (wanted.some((id) => !joined.has(id))) throw noSuch('project');
  return wanted.length === 0 ? joined : new Set(wanted);
}

const NOT_OF_THE_QUESTION = new Set(['apiKey', 'offset', 'count']);

function questionOf({ query }: ApiRequest): string {
  const names = query.names.filter((name) => !NOT_OF_THE_QUESTION.has(name)).sort();
  return JSON.stringify(names.map((name) => [name, query.all(name)]));
}

function filtered(request: ApiRequest, projectIds: ReadonlySet<number>, filter: IssueFilter): IssueHead[] {
  const found: IssueHead[] = [];
  for (const head of request.data.issues.heads()) {
    if (!projectIds.has(head.projectId) || !filter.heads.every((test) => test(head))) continue;
    if (filter.records.length === 0 || passes(request.data.issues.get(head.id), filter)) found.push(head);
  }
  return found;
}

function passes(issue: IssueRecord | undefined, filter: IssueFilter): boolean {
  return issue !== undefined && filter.records.every((test) => test(issue));
}

function sorted(request: ApiRequest, heads: IssueHead[]): readonly IssueHead[] {
  const key = sortKey(request.data, request.query);
  const sortValue = (head: IssueHead) => {
    if (key.of === 'head') return key.value(head);
    const issue = request.data.issues.get(head.id);
    return issue === undefined ? null : key.value(issue);
  };
  const keyed = heads.map((head) => ({ head, value: sortValue(head) }));
  keyed.sort((one, other) => compareValues(one.value, other.value) || one.head.id - other.head.id);
  const ascending = keyed.map(({ head }) => head);
  return request.query.order() === 'asc' ? ascending : ascending.reverse();
}
