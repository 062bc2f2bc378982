import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

const THREE =
  'REPLICATE Issues;\nREPLICATE PROD_Issues SELECT * FROM Issues;\nREPLICATE PROD.Issues SELECT * FROM Issues';
const TABLES = ['Issues', 'PROD_Issues', 'PROD.Issues'];

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

it('fills three tables from one reading', async () => {
  const { code, stderr, report } = await shop.replicate(THREE);

  expect(code, stderr).toBe(0);
  const [issues, ...copies] = TABLES.map((table) => shop.query(`SELECT * FROM [${table}] ORDER BY Id`));
  expect(issues?.map(({ Id }) => Id)).toEqual(shop.issueIds());
  for (const copy of copies) expect(copy).toEqual(issues);
  const searches = shop.sandbox.requests.filter(({ path }) => path.endsWith('/issues'));
  expect(searches).toHaveLength(2);
  expect(report.requests).toBe(shop.sandbox.requests.length);
  expect(
    report.statements.map(({ table, status, inserted, requests_shared }) => [table, status, inserted, requests_shared]),
  ).toEqual(TABLES.map((table) => [table, 'OK', 30, true]));
});
