import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

const LISTS = 'REPLICATE ProjectStatuses; REPLICATE Users; REPLICATE Issues;';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

/** Requests of a run for the lists that are read whole. */
async function requestsFor(options: readonly string[] = []): Promise<number> {
  const before = shop.sandbox.requests.length;
  const args = ['-g', shop.job, '-f', shop.queries, '--json', ...options];
  const { code } = await shop.replicate(LISTS, { args });
  expect(code).toBe(0);
  return shop.sandbox.requests.slice(before).filter(({ path }) => /\/statuses$|\/users$/.test(path)).length;
}

describe('lists that are read whole', () => {
  it('are read in every run unless the job says otherwise', async () => {
    expect(await requestsFor()).toBe(3);
    expect(await requestsFor()).toBe(3);
  });

  it('wait as long as MastersEveryHours in the job file says', async () => {
    shop.writeJob({ ConnectionString: `${shop.connection}MastersEveryHours=36;` });
    expect(await requestsFor()).toBe(3);
    const [project = 0] = shop.sandbox.world.projects.keys();
    shop.sandbox.world.addStatus(project, { name: 'Waiting' });
    expect(await requestsFor()).toBe(0);
    shop.daysLater(1);
    expect(await requestsFor()).toBe(0);
    shop.daysLater(2);
    expect(await requestsFor()).toBe(3);
    expect(shop.rows('ProjectStatuses', 'Name').map(({ Name }) => Name)).toContain('Waiting');
  });

  it('are read at once, or wait, when the command line says so', async () => {
    shop.writeJob({ ConnectionString: `${shop.connection}MastersEveryHours=36;` });
    await requestsFor();
    expect(await requestsFor(['--masters-every-hours', '0'])).toBe(3);
    shop.writeJob();
    expect(await requestsFor(['--masters-every-hours', '1'])).toBe(0);
  });
});
