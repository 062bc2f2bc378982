import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

const FIRST = 'REPLICATE Issues;';
const BOTH = `${FIRST} REPLICATE Copies SELECT * FROM Issues;`;

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open({ seed: { projects: 2, issues: 250, commentsPerIssue: 0 } });
});

afterEach(() => shop.close());

const idsIn = (table: string) =>
  shop
    .rows(table, 'Id')
    .map(({ Id }) => Number(Id))
    .sort((one, other) => one - other);

it.each([2, 3, 4])(
  'a statement whose first load stopped at request %i is completed beside one that is done',
  async (nth) => {
    await shop.replicate(FIRST);
    shop.sandbox.faults.add({ path: '/issues', nth, times: 99, fault: { kind: 'body', body: '[{]', status: 200 } });
    const stopped = await shop.replicate(BOTH, { hurried: true });
    expect(stopped.code).not.toBe(0);
    shop.sandbox.faults.clear();

    const { code, stderr } = await shop.replicate(BOTH);

    expect(code, stderr).toBe(0);
    expect(idsIn('Issues')).toEqual(shop.issueIds());
    expect(idsIn('Copies')).toEqual(shop.issueIds());
  },
);
