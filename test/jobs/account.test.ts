import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
  await shop.replicate('REPLICATE Issues');
});

afterEach(() => shop.close());

it('looks a key up once', async () => {
  expect(shop.requestsTo('/users/myself')).toHaveLength(1);
  await shop.replicate('REPLICATE Issues');
  expect(shop.requestsTo('/users/myself')).toHaveLength(1);
});

it('goes on with another key of the same user', async () => {
  shop.execute("UPDATE backlog_sync_state SET credential = 'that of the key before'");

  const { report } = await shop.replicate('REPLICATE Issues');

  expect(report.statements[0]).toMatchObject({ rows_read: 0 });
  expect(shop.requestsTo('/users/myself')).toHaveLength(2);
  await shop.replicate('REPLICATE Issues');
  expect(shop.requestsTo('/users/myself')).toHaveLength(2);
});

it('begins anew for another user, who may see other things', async () => {
  const other = [...shop.sandbox.world.users.keys()].find((id) => shop.sandbox.keyOf(id) !== shop.sandbox.apiKey) ?? 0;
  shop.writeJob({ ConnectionString: `APIKey=${shop.sandbox.keyOf(other)};URL=${shop.sandbox.url};` });

  const { code, report } = await shop.replicate('REPLICATE Issues');

  expect(code).toBe(0);
  expect(report.statements[0]?.rows_read).toBeGreaterThan(0);
  expect(new Set(shop.rows('backlog_sync_state').map(({ account }) => account)).size).toBe(2);
});

it('keeps no key anywhere', () => {
  const everything = shop
    .query("SELECT name FROM sqlite_master WHERE type = 'table'")
    .flatMap(({ name }) => shop.rows(String(name)));
  expect(everything.length).toBeGreaterThan(30);
  expect(JSON.stringify(everything)).not.toContain(shop.sandbox.apiKey);
});
