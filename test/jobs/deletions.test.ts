import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

/** Rows that Backlog does not have and never told to be deleted. */
function addStrangers(table: string, key: string, count: number): void {
  shop.execute(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO ${table} (${key}) SELECT ${key === 'Id' ? '900000 + i' : '900000 + i, 1'} FROM n`);
}

const count = (table: string) => shop.rows(table).length;

describe('rows that a complete reading lacks', () => {
  const STATUSES = 'REPLICATE ProjectStatuses; REPLICATE Projects;';
  let before: number;

  beforeEach(async () => {
    await shop.replicate(STATUSES);
    before = count('ProjectStatuses');
  });

  it('go when they are few', async () => {
    addStrangers('ProjectStatuses', 'ProjectId, Id', 100);
    const { code, report } = await shop.replicate(STATUSES);
    expect(code).toBe(0);
    expect(report.statements[0]).toMatchObject({ status: 'OK', deleted: 100 });
    expect(count('ProjectStatuses')).toBe(before);
  });

  it('stay when they are a large part of the table, and the run says so each time; others go on', async () => {
    addStrangers('ProjectStatuses', 'ProjectId, Id', 101);
    for (let run = 0; run < 2; run++) {
      const { code, report } = await shop.replicate(STATUSES);
      expect(code).toBe(1);
      expect(report.statements).toMatchObject([
        { status: 'FAILED', deleted: 0, problems: [{ code: 'job.mass-deletion' }] },
        { status: 'OK' },
      ]);
      expect(report.statements[0]?.problems[0]?.message).toContain(`101 of the ${before + 101} rows`);
      expect(count('ProjectStatuses')).toBe(before + 101);
    }
  });

  it.each([
    ['the command line', STATUSES, ['--allow-mass-deletion']],
    ['the statement', 'REPLICATE ProjectStatuses WITH AllowMassDeletion; REPLICATE Projects;', []],
    ['a replacement', 'REPLICATE ProjectStatuses WITH TruncateTable; REPLICATE Projects;', []],
  ])('go however many they are when %s says so', async (_, sql, options) => {
    addStrangers('ProjectStatuses', 'ProjectId, Id', 200);
    const args = ['-g', shop.job, '-f', shop.queries, '--json', ...options];
    const { code, report } = await shop.replicate(sql, { args });
    expect(code).toBe(0);
    expect(report.statements[0]).toMatchObject({ status: 'OK', deleted: 200 });
    expect(count('ProjectStatuses')).toBe(before);
  });

  it('are guarded where they would be marked, too', async () => {
    const soft = "REPLICATE ProjectStatuses WITH DeletionBehavior='Soft Delete';";
    await shop.replicate(soft);
    addStrangers('ProjectStatuses', 'ProjectId, Id', 150);
    const { code, report } = await shop.replicate(soft);
    expect(code).toBe(1);
    expect(report.statements[0]?.problems[0]).toMatchObject({ code: 'job.mass-deletion' });
    expect(shop.query('SELECT 1 FROM ProjectStatuses WHERE _cdatasync_deleted')).toEqual([]);
  });
});

describe('what Backlog does not tell to be deleted', () => {
  beforeEach(async () => {
    await shop.replicate('REPLICATE Issues');
    addStrangers('Issues', 'Id', 3);
  });

  it('stays in ordinary runs and goes when everything is compared', async () => {
    await shop.replicate('REPLICATE Issues');
    expect(count('Issues')).toBe(33);

    const args = ['-g', shop.job, '-f', shop.queries, '--json', '--reconcile'];
    const { code, report } = await shop.replicate('REPLICATE Issues', { args });

    expect(code).toBe(0);
    expect(report.statements[0]).toMatchObject({ inserted: 0, updated: 0, deleted: 3 });
    expect(shop.query('SELECT Id FROM Issues ORDER BY Id').map(({ Id }) => Id)).toEqual(shop.issueIds());
  });

  it('goes when the days between two comparisons are over', async () => {
    shop.writeJob({ ConnectionString: `${shop.connection}ReconcileEveryDays=7;` });
    await shop.replicate('REPLICATE Issues');
    expect(count('Issues')).toBe(33);
    await shop.replicate('REPLICATE Issues');
    expect(count('Issues')).toBe(33);

    shop.daysLater(8);
    await shop.replicate('REPLICATE Issues');

    expect(count('Issues')).toBe(30);
  });
});
