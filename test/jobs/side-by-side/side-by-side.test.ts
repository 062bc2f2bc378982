import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeScreen } from '../progress/fake-screen.ts';
import { type Reported, type RunOptions, Workshop } from '../workshop.ts';

const SEED = { projects: 2, issues: 60, commentsPerIssue: 1 };

/** Two accounts; the second one's job writes into the first one's database. */
let shop: Workshop;
let second: Workshop;

beforeEach(async () => {
  shop = await Workshop.open({ seed: SEED });
  second = await Workshop.open({ seed: { ...SEED, issues: 45 }, apiKey: 'key-of-the-second-space' });
  writeSecond();
});

afterEach(async () => {
  await shop.close();
  await second.close();
});

/** Its tables bear a prefix, so that both accounts can have the same statements. */
function writeSecond(properties = 'TableNamePrefix=B_;'): void {
  second.writeJob({
    ConnectionString: `${second.connection}${properties}`,
    DatabaseConnectionString: `Data Source=${shop.database}`,
  });
}

interface Report extends Omit<Reported['report'], 'statements'> {
  readonly job: string;
  readonly statements: Reported['report']['statements'];
  readonly problems?: readonly { readonly code: string }[];
}

async function runBoth(sql: string, options: RunOptions & { readonly more?: readonly string[] } = {}) {
  shop.writeQueries(sql);
  const { more = [], ...rest } = options;
  const args = ['-g', shop.job, '-g', second.job, '-f', shop.queries, '--json', ...more];
  const result = await shop.run({ args, ...rest });
  const report: { exit_code: number; jobs: readonly Report[] } = JSON.parse(result.stdout);
  return { ...result, report };
}

const idsIn = (table: string) => shop.query(`SELECT Id FROM [${table}] ORDER BY Id`).map(({ Id }) => Number(Id));

/** Holds back the answers to this path until the condition is met. */
function holdBack({ faults }: Sandbox, path: string): void {
  faults.add({ path, times: 1, fault: { kind: 'slow', milliseconds: 1 } });
}

describe('two jobs', () => {
  it('load each its own account into tables of one database', async () => {
    const sql = 'REPLICATE Issues WITH BatchSize=7; REPLICATE IssueComments WITH BatchSize=5; REPLICATE Projects;';
    for (let run = 0; run < 2; run++) {
      const { code, stderr, report } = await runBoth(sql);
      expect(code, stderr).toBe(0);
      expect(report.jobs.map(({ job, status }) => [job, status])).toEqual([
        [new URL(shop.sandbox.url).host, 'OK'],
        [new URL(second.sandbox.url).host, 'OK'],
      ]);
      expect(idsIn('Issues')).toEqual(shop.issueIds());
      expect(idsIn('B_Issues')).toEqual(second.issueIds());
      for (const [of, prefix] of [
        [shop, ''],
        [second, 'B_'],
      ] as const) {
        const comments = of.issueIds().flatMap((id) => of.sandbox.world.issues.history(id)?.comments ?? []);
        expect(new Set(idsIn(`${prefix}IssueComments`))).toEqual(new Set(comments.map(({ id }) => id)));
        expect(shop.rows(`${prefix}Projects`)).toHaveLength(2);
      }
    }
    const runs = shop.query('SELECT run_id, source, count(*) AS n FROM backlog_sync_runs GROUP BY 1, 2');
    expect(runs.map(({ n }) => n)).toEqual([3, 3, 3, 3]);
    expect(shop.query("SELECT * FROM backlog_sync_runs WHERE status <> 'OK'")).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])('are read at the same time: job %i waits for job %i', async (waiting, ahead) => {
    const shops = [shop, second] as const;
    const [slow, quick] = [shops[waiting as 0 | 1], shops[ahead as 0 | 1]];
    await slow.sandbox.close();
    const sleep = async () => {
      while (!quick.sandbox.requests.some(({ path }) => path === '/issues')) await systemClock.sleep(5);
    };
    const held = await Workshop.open({ seed: SEED, clock: { ...systemClock, sleep } });
    holdBack(held.sandbox, '/projects');
    shop.writeQueries('REPLICATE Issues');
    const jobs = [held.job, quick.job];
    const args = ['-g', jobs[waiting] ?? '', '-g', jobs[ahead] ?? '', '-f', shop.queries, '--json'];
    const { code, stderr } = await shop.run({ args });
    expect(code, stderr).toBe(0);
    await held.close();
  });

  it('go each its own way when one of them fails', async () => {
    second.writeJob({ ConnectionString: `APIKey=wrong;URL=${second.sandbox.url};` });
    const { code, report } = await runBoth('REPLICATE Issues');
    expect(code).toBe(1);
    expect(report.exit_code).toBe(1);
    expect(report.jobs).toMatchObject([
      { status: 'OK' },
      { status: 'FAILED', exit_code: 3, problems: [{ code: 'backlog.key-refused' }] },
    ]);
    expect(idsIn('Issues')).toEqual(shop.issueIds());
  });

  it('end with what they agree on', async () => {
    for (const each of [shop, second]) each.writeJob({ ConnectionString: `APIKey=wrong;URL=${each.sandbox.url};` });
    expect((await runBoth('REPLICATE Issues')).code).toBe(3);
  });

  it('are refused before anything runs when they would write one table', async () => {
    writeSecond('');
    const sql = 'REPLICATE Projects; REPLICATE Issues;';
    shop.writeQueries(sql);
    const { code, stderr } = await shop.run({ args: ['-g', shop.job, '-g', second.job, '-f', shop.queries] });
    expect(code).toBe(2);
    expect(stderr).toContain('would both write Projects');
    expect(stderr).toContain('TableNamePrefix=PROD_;');
    expect([...shop.sandbox.requests, ...second.sandbox.requests]).toEqual([]);
  });

  it('may have statements, schemas or databases of their own', async () => {
    shop.writeQueries('REPLICATE Issues');
    second.writeQueries('REPLICATE Other SELECT * FROM Issues');
    writeSecond('');
    const args = ['-g', shop.job, '-f', shop.queries, '-g', second.job, '-f', second.queries];
    expect((await shop.run({ args })).code).toBe(0);
    expect(idsIn('Other')).toEqual(second.issueIds());

    writeSecond('CacheSchema=SECOND;');
    expect((await runBoth('REPLICATE Issues')).code).toBe(0);
    expect(idsIn('SECOND.Issues')).toEqual(second.issueIds());

    second.writeJob();
    expect((await runBoth('REPLICATE Issues')).code).toBe(0);
    expect(second.rows('Issues', 'Id')).toHaveLength(45);
  });

  it('say in each line of the log and of the progress which of them it is about', async () => {
    second.writeJob({ ConnectionString: `${second.connection}Colour=red;TableNamePrefix=B_;` });
    const screen = new FakeScreen(160, 24);
    const stderr = { write: (text: string) => screen.write(text), isTTY: true, columns: 160, rows: 24 };
    await runBoth('REPLICATE Issues', { stderr });
    const [one, other] = [shop, second].map(({ sandbox }) => new URL(sandbox.url).host);
    expect(screen.lines).toContainEqual(expect.stringMatching(`${other}: .*unknown property Colour`));
    expect(screen.lines).toContainEqual(expect.stringMatching(`^${one}: Issues .*60 rows .* done$`));
    expect(screen.lines).toContainEqual(expect.stringMatching(`^${other}: B_Issues .*45 rows .* done$`));
  });

  it('of one account share its allowances, and are told apart by their files', async () => {
    const budgets = { read: 1000, search: 4 };
    const own = await Workshop.open({
      seed: { projects: 2, issues: 420, commentsPerIssue: 0 },
      budgets,
      windowSeconds: 2,
    });
    const other = join(own.folder, 'Other.xml');
    own.writeJob({ ConnectionString: `${own.connection}TableNamePrefix=B_;` }, other);
    own.writeQueries('REPLICATE Issues');
    const { code, stdout, stderr } = await own.run({
      args: ['-g', own.job, '-g', other, '-f', own.queries, '--json'],
    });
    expect(code, stderr).toBe(0);
    expect(own.sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(JSON.parse(stdout).jobs).toMatchObject([{ job: 'Config' }, { job: 'Other' }]);
    for (const table of ['Issues', 'B_Issues']) expect(own.rows(table, 'Id')).toHaveLength(420);
    await own.close();
  });

  it('are forecast together, and reported for people one below the other', async () => {
    const { report } = await runBoth('REPLICATE Issues', { more: ['--dry-run'] });
    expect(report.jobs).toMatchObject([{ dry_run: true }, { dry_run: true }]);
    shop.writeQueries('REPLICATE Issues');
    const args = ['-g', shop.job, '-g', second.job, '-f', shop.queries];
    const { stdout } = await shop.run({ args });
    for (const { sandbox } of [shop, second]) expect(stdout).toContain(`${new URL(sandbox.url).host}\n══`);
    expect(stdout).not.toMatch(/error|exception|fail/i);
  });

  it('end together when the run is asked to end, and go on later', async () => {
    const { code, report } = await runBoth('REPLICATE Issues', { endWhen: Promise.resolve('SIGTERM') });
    expect(code).toBe(143);
    expect(report.jobs).toMatchObject(Array(2).fill({ problems: [{ code: 'job.ended-early' }] }));
    expect((await runBoth('REPLICATE Issues')).code).toBe(0);
    expect(idsIn('Issues')).toEqual(shop.issueIds());
    expect(idsIn('B_Issues')).toEqual(second.issueIds());
  });
});
