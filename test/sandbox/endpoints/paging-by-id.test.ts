import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

const budgets = { read: 1e6, search: 1e6 };

let sandbox: Sandbox;
let issueId: number;
let ids: readonly number[];

beforeAll(async () => {
  sandbox = await startSandbox({ budgets });
  issueId = sandbox.world.createIssue({ projectId: 101, summary: 'たくさん' }).id;
  ids = Array.from({ length: 300 }, (_, index) => sandbox.world.addComment(issueId, { content: `${index}` }).id);
});

afterAll(() => sandbox.close());

async function pageOf(query: string, from = sandbox): Promise<readonly number[]> {
  const { body } = await asker(from)(`/issues/${issueId}/comments?${query}`);
  return (body as { id: number }[]).map(({ id }) => id);
}

describe('comments', () => {
  test('the newest 20 come unless asked otherwise', async () => {
    expect(await pageOf('')).toEqual(ids.slice(-20).reverse());
  });

  test('minId and maxId include the record they name', async () => {
    expect(await pageOf(`order=asc&count=100&minId=${ids[100]}`)).toEqual(ids.slice(100, 200));
    expect(await pageOf(`count=100&maxId=${ids[100]}`)).toEqual(ids.slice(1, 101).reverse());
    expect(await pageOf(`minId=${ids[5]}&maxId=${ids[7]}&order=asc`)).toEqual(ids.slice(5, 8));
  });

  test('they leave it out where the sandbox is told to', async () => {
    const exclusive = await startSandbox({ budgets, exclusiveIds: true });
    const { id } = exclusive.world.createIssue({ projectId: 101, summary: 's' });
    const [first, second] = [1, 2].map(() => exclusive.world.addComment(id, { content: 'c' }).id);
    const { body } = await asker(exclusive)(`/issues/${id}/comments?minId=${first}`);
    expect(body.map((comment: { id: number }) => comment.id)).toEqual([second]);
    await exclusive.close();
  });

  test('all 300 are counted', async () => {
    expect((await asker(sandbox)(`/issues/${issueId}/comments/count`)).body).toEqual({ count: 300 });
  });

  test.each(['count=0', 'count=101', 'minId=x'])('%s is refused with code 7', async (query) => {
    const { status, body } = await asker(sandbox)(`/issues/${issueId}/comments?${query}`);
    expect([status, body]).toEqual([400, errorBody(7)]);
  });
});

describe('activities', () => {
  async function walk(query: string, order: 'asc' | 'desc'): Promise<readonly number[]> {
    const seen: number[] = [];
    for (let bound = ''; ; ) {
      const { body } = await asker(sandbox)(`/space/activities?count=100&order=${order}${query}${bound}`);
      const fresh = (body as { id: number }[]).map(({ id }) => id).filter((id) => !seen.includes(id));
      if (fresh.length === 0) return seen;
      seen.push(...fresh);
      bound = `&${order === 'asc' ? 'minId' : 'maxId'}=${seen.at(-1)}`;
    }
  }

  test('ids and times rise together, and both directions see the same', async () => {
    const ascending = await walk('', 'asc');
    expect(ascending).toEqual([...ascending].sort((one, other) => one - other));
    expect(await walk('', 'desc')).toEqual([...ascending].reverse());
    const times = ascending.map((id) => sandbox.world.activities.get(id)?.created ?? 0);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  test('types and projects are told apart', async () => {
    const created = await walk('&activityTypeId[]=1', 'asc');
    expect(created).toHaveLength(sandbox.world.issues.size);
    const { body } = await asker(sandbox)(
      '/projects/ROCKET/activities?count=100&activityTypeId[]=2&activityTypeId[]=3',
    );
    expect(body.length).toBeGreaterThan(10);
    for (const { type, project } of body) expect([[2, 3].includes(type), project.id]).toEqual([true, 102]);
  });

  test('of one user only what he did', async () => {
    const { body } = await asker(sandbox)('/users/5002/activities?count=100');
    expect(body.length).toBeGreaterThan(10);
    for (const { createdUser } of body) expect(createdUser.id).toBe(5002);
  });

  test('lists leave notifications out; the activity itself shows them', async () => {
    const comment = sandbox.world.addComment(issueId, { content: '見てください', notifiedUserIds: [5002] });
    const { body: list } = await asker(sandbox)('/space/activities?count=1');
    expect(list[0]).toMatchObject({ type: 3, notifications: [], content: { comment: { id: comment.id } } });
    const { body } = await asker(sandbox)(`/activities/${list[0].id}`);
    expect(body.notifications).toMatchObject([{ reason: 2, user: { id: 5002 } }]);
  });
});
