import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../e2e/program.ts';
import { queryFile, Workshop } from './workshop.ts';

const SQL = `REPLICATE Issues WITH BatchSize=7;
REPLICATE IssueComments WITH BatchSize=7;
REPLICATE Short WITH BatchSize=7 SELECT Id, Summary FROM Issues WHERE StatusId < 4;
REPLICATE Counts SELECT ProjectId, COUNT(*) AS N FROM Issues GROUP BY ProjectId;
REPLICATE Statuses ProjectStatuses;`;

const TABLES = ['Issues', 'IssueComments', 'Short', 'Counts', 'Statuses'];

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open({ seed: { projects: 2, issues: 240, commentsPerIssue: 1 }, budgets: { read: 1e6 } });
  shop.writeQueries(SQL);
});

afterEach(() => shop.close());

function contentOf(database: string): unknown {
  return TABLES.map((table) =>
    queryFile(database, `SELECT * FROM ${table}`)
      .map((row) => JSON.stringify(row))
      .sort(),
  );
}

/** What a run that nobody disturbs makes of the same space. */
async function undisturbed(): Promise<unknown> {
  const job = join(shop.folder, 'Other.xml');
  const database = join(shop.folder, 'other.db');
  shop.writeJob({ DatabaseConnectionString: `Data Source=${database}` }, job);
  expect((await shop.run({ args: ['-g', job, '-f', shop.queries] })).code).toBe(0);
  return contentOf(database);
}

/** Resolves when the sandbox has been asked so many times more. */
async function requests(count: number, { sandbox } = shop): Promise<void> {
  const goal = sandbox.requests.length + count;
  while (sandbox.requests.length < goal) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a request to end', () => {
  it.each([4, 40, 120])('after %i requests stores what was read, and the next run brings the rest', async (count) => {
    const endWhen = requests(count).then((): NodeJS.Signals => 'SIGTERM');
    const ended = await shop.run({ endWhen });

    expect(ended.code, ended.stdout).toBe(143);
    expect(ended.stdout).toContain('INCOMPLETE');
    expect(ended.stdout).toContain('job.ended-early');
    const runs = shop.rows('backlog_sync_runs', 'status, ended_at');
    expect(runs.map(({ status }) => status)).toContain('INCOMPLETE');
    for (const { ended_at } of runs) expect(ended_at).not.toBeNull();

    expect((await shop.run()).code).toBe(0);
    expect(contentOf(shop.database)).toEqual(await undisturbed());
  });

  it('makes the next run go on, not begin again', async () => {
    const large = await Workshop.open({ seed: { projects: 1, issues: 2000, commentsPerIssue: 0 } });
    onTestFinished(() => large.close());
    large.writeQueries('REPLICATE Issues');
    const sixPages = requests(8, large);
    expect((await large.run({ endWhen: sixPages.then(() => 'SIGINT') })).code).toBe(130);
    const stored = large.rows('Issues').length;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(2000);

    const { report } = await large.replicate('REPLICATE Issues');

    expect(report.statements[0]?.inserted).toBe(2000 - stored);
    expect(report.statements[0]?.rows_read).toBeLessThan(2000 - stored + 200);
  });
});

describe('a killed run', () => {
  it('leaves nothing that the next one cannot put right, whenever it is killed', async () => {
    const moments = [3, 9, 17, 31, 47, 60, 77, 95, 110, 130];
    for (const moment of moments) {
      const { child, finished } = startProgram('backlog-sync', ['-g', shop.job, '-f', shop.queries]);
      const died = await Promise.race([requests(moment).then(() => child.kill('SIGKILL')), finished.then(() => false)]);
      await finished;
      if (!died) break;
    }
    expect((await shop.run()).code).toBe(0);
    expect(contentOf(shop.database)).toEqual(await undisturbed());
  });

  it('is recorded as interrupted by the next one', async () => {
    const { child, finished } = startProgram('backlog-sync', ['-g', shop.job, '-f', shop.queries]);
    await requests(20);
    child.kill('SIGKILL');
    expect((await finished).signal).toBe('SIGKILL');
    const statuses = () => shop.rows('backlog_sync_runs', 'status').map(({ status }) => status);
    expect(statuses()).toEqual(TABLES.map(() => 'RUNNING'));

    await shop.run();

    expect(statuses()).toEqual([...TABLES.map(() => 'INTERRUPTED'), ...TABLES.map(() => 'OK')]);
  });

  it('ends with 128+n on a signal, its tables whole', async () => {
    const { child, finished } = startProgram('backlog-sync', ['-g', shop.job, '-f', shop.queries, '--json']);
    await requests(20);
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ exit_code: 130, signal: 'SIGINT', status: 'INCOMPLETE' });
  });
});
