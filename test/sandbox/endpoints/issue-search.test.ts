import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { IssueRecord } from '../../../src/sandbox/world/issue.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;
let issues: readonly IssueRecord[];

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: { issues: 260, projects: 2, commentsPerIssue: 2 },
    budgets: { read: 1e6, search: 1e6 },
  });
  issues = [...sandbox.world.issues.heads()].flatMap(({ id }) => sandbox.world.issues.get(id) ?? []);
});

afterAll(() => sandbox.close());

/** Ids of all issues that the query finds, page by page, in the order of the answer. */
async function found(query: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let offset = 0; ; offset += 100) {
    const { body } = await asker(sandbox)(`/issues?count=100&offset=${offset}&${query}`);
    ids.push(...(body as { id: number }[]).map(({ id }) => id));
    if ((body as unknown[]).length < 100) return ids;
  }
}

const idsOf = (matching: readonly IssueRecord[]) => matching.map(({ id }) => id);
const rising = (ids: readonly number[]) => [...ids].sort((one, other) => one - other);

/** The query finds these and no others; the count agrees; and neither everything nor nothing matches. */
async function expectFound(query: string, test: (issue: IssueRecord) => boolean) {
  const wanted = idsOf(issues.filter(test));
  expect(rising(await found(query))).toEqual(rising(wanted));
  expect((await asker(sandbox)(`/issues/count?${query}`)).body).toEqual({ count: wanted.length });
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.length).toBeLessThan(issues.length);
}

describe('pages', () => {
  test('20 unless asked otherwise, by updated and newest first', async () => {
    const { body } = await asker(sandbox)('/issues');
    expect(body).toHaveLength(20);
    expect(body.map(({ id }: { id: number }) => id)).toEqual((await found('sort=updated&order=desc')).slice(0, 20));
  });

  test('pages join without a gap or a repeat', async () => {
    expect(await found('sort=created&order=asc')).toEqual(idsOf(issues));
    expect(await found('sort=created')).toEqual(idsOf(issues).reverse());
  });

  test('an offset past the end gives an empty list', async () => {
    expect((await asker(sandbox)('/issues?offset=260')).body).toEqual([]);
  });

  test.each([
    'count=0',
    'count=101',
    'count=x',
    'offset=-1',
    'sort=id',
    'order=up',
    'hasDueDate=true',
    'createdSince=2024/01/01',
    'parentChild=11',
    'statusId[]=open',
    'attachment=yes',
  ])('%s is refused with code 7', async (query) => {
    const { status, body } = await asker(sandbox)(`/issues?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual(errorBody(7));
  });

  test('a project that the user cannot see fails the search', async () => {
    const { status, body } = await asker(sandbox)('/issues?projectId[]=101&projectId[]=999');
    expect(status).toBe(404);
    expect(body).toEqual(errorBody(6));
  });
});

describe('filters', () => {
  const dayInTokyo = (time: number) => new Date(time + 9 * 3_600_000).toISOString().slice(0, 10);

  test.each([
    ['projectId[]=102', (issue: IssueRecord) => issue.projectId === 102],
    ['statusId[]=1&statusId[]=4', (issue: IssueRecord) => issue.statusId === 1 || issue.statusId === 4],
    ['statusId%5B%5D=1&priorityId[]=2', (issue: IssueRecord) => issue.statusId === 1 && issue.priorityId === 2],
    ['issueTypeId[]=101001', (issue: IssueRecord) => issue.issueTypeId === 101001],
    ['categoryId[]=101101', (issue: IssueRecord) => issue.categoryIds.includes(101101)],
    ['versionId[]=101201', (issue: IssueRecord) => issue.versionIds.includes(101201)],
    ['milestoneId[]=102200', (issue: IssueRecord) => issue.milestoneIds.includes(102200)],
    ['assigneeId[]=5003', (issue: IssueRecord) => issue.assigneeId === 5003],
    ['createdUserId[]=5002', (issue: IssueRecord) => issue.createdUserId === 5002],
    ['resolutionId[]=0', (issue: IssueRecord) => issue.resolutionId === 0],
    ['attachment=true', (issue: IssueRecord) => issue.attachments.length > 0],
    ['attachment=false', (issue: IssueRecord) => issue.attachments.length === 0],
    ['sharedFile=true', (issue: IssueRecord) => issue.sharedFileIds.length > 0],
    ['hasDueDate=false', (issue: IssueRecord) => issue.dueDate === null],
    ['keyword=refund', (issue: IssueRecord) => /refund/i.test(issue.summary + issue.description)],
    ['startDateSince=2024-06-01', (issue: IssueRecord) => (issue.startDate ?? '') >= '2024-06-01'],
    [
      'dueDateSince=2024-01-01&dueDateUntil=2024-06-30',
      (issue: IssueRecord) => inside(issue.dueDate, '2024-01-01', '2024-06-30'),
    ],
    ['customField_101300=𠮷田', (issue: IssueRecord) => String(custom(issue, 101300)).includes('𠮷田')],
    [
      'customField_101302_min=3000&customField_101302_max=6000',
      (issue: IssueRecord) => inside(custom(issue, 101302), 3000, 6000),
    ],
    ['customField_101303_min=2024-06-01', (issue: IssueRecord) => String(custom(issue, 101303) ?? '') >= '2024-06-01'],
    ['customField_101304[0]=1&customField_101304[1]=2', (issue: IssueRecord) => has(custom(issue, 101304), [1, 2])],
  ])('%s', async (query, matches) => {
    await expectFound(query, matches);
  });

  test('days begin and end in the time zone of the space, both included', async () => {
    const edge = issues.find(({ created }) => dayInTokyo(created) !== new Date(created).toISOString().slice(0, 10));
    if (edge === undefined) throw new Error('the seed has no issue between midnight in Tokyo and midnight in UTC');
    const day = dayInTokyo(edge.created);
    await expectFound(`createdSince=${day}&createdUntil=${day}`, ({ created }) => dayInTokyo(created) === day);
    await expectFound(`createdSince=${day}`, ({ created }) => dayInTokyo(created) >= day);
    await expectFound(`updatedUntil=${day}`, ({ updated }) => dayInTokyo(updated) <= day);
  });

  test('ids that are unknown are left out', async () => {
    const [first, second] = idsOf(issues);
    expect(rising(await found(`id[]=${first}&id[]=${second}&id[]=999999999`))).toEqual([first, second]);
  });

  test('children by their parent', async () => {
    const child = issues.find(({ parentIssueId }) => parentIssueId !== null);
    const parent = child?.parentIssueId;
    await expectFound(`parentIssueId[]=${parent}`, ({ parentIssueId }) => parentIssueId === parent);
  });

  test.each([
    [0, () => true],
    [1, (issue: IssueRecord) => issue.parentIssueId === null],
    [2, (issue: IssueRecord) => issue.parentIssueId !== null],
    [3, (issue: IssueRecord) => issue.parentIssueId === null && !isParent(issue)],
    [4, isParent],
    [5, (issue: IssueRecord) => level(issue) === 3],
    [6, (issue: IssueRecord) => level(issue) === 2],
    [7, (issue: IssueRecord) => level(issue) === 1],
    [8, (issue: IssueRecord) => level(issue) !== 3],
    [9, (issue: IssueRecord) => level(issue) !== 1],
    [10, (issue: IssueRecord) => !isParent(issue)],
  ])('parentChild=%i', async (value, matches) => {
    const wanted = idsOf(issues.filter(matches));
    expect(wanted.length).toBeGreaterThan(0);
    expect(rising(await found(`parentChild=${value}`))).toEqual(rising(wanted));
  });

  function isParent({ id }: IssueRecord): boolean {
    return issues.some(({ parentIssueId }) => parentIssueId === id);
  }

  function level({ parentIssueId }: IssueRecord): number {
    const parent = issues.find(({ id }) => id === parentIssueId);
    return parent === undefined ? 1 : 1 + level(parent);
  }

  function custom(issue: IssueRecord, id: number) {
    return issue.customFields.find((field) => field.id === id)?.value ?? null;
  }

  function inside(value: unknown, low: string | number, high: string | number): boolean {
    return (typeof value === 'string' || typeof value === 'number') && value >= low && value <= high;
  }

  function has(value: unknown, items: readonly number[]): boolean {
    return Array.isArray(value) && value.some((item) => items.includes(item as number));
  }
});

describe('order', () => {
  const SORTS = [
    ['summary', (issue: IssueRecord) => issue.summary],
    ['status', (issue: IssueRecord) => (issue.statusId > 4 ? 5 : issue.statusId)],
    ['priority', (issue: IssueRecord) => issue.priorityId],
    ['updated', (issue: IssueRecord) => issue.updated],
    ['dueDate', (issue: IssueRecord) => issue.dueDate ?? ''],
    ['estimatedHours', (issue: IssueRecord) => issue.estimatedHours ?? -1],
    ['attachment', (issue: IssueRecord) => issue.attachments.length],
    [
      'customField_101302',
      (issue: IssueRecord) => Number(issue.customFields.find(({ id }) => id === 101302)?.value ?? -1),
    ],
  ] as const;

  test.each(SORTS)('sort=%s', async (sort, sortValue) => {
    const values = (await found(`sort=${sort}&order=asc&projectId[]=101`)).map((id) => sortValue(byId(id)));
    expect(values).toEqual([...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
    const reverse = (await found(`sort=${sort}&projectId[]=101`)).map((id) => sortValue(byId(id)));
    expect(reverse).toEqual(values.reverse());
  });

  test.each([
    'issueType',
    'category',
    'version',
    'milestone',
    'sharedFile',
    'createdUser',
    'updatedUser',
    'assignee',
    'startDate',
    'actualHours',
    'childIssue',
  ])('sort=%s is known and leaves nothing out', async (sort) => {
    expect(rising(await found(`sort=${sort}`))).toEqual(idsOf(issues));
  });

  function byId(id: number): IssueRecord {
    const issue = issues.find((each) => each.id === id);
    if (issue === undefined) throw new Error(`no issue ${id}`);
    return issue;
  }
});
