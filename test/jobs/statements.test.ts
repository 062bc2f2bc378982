import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

const count = (table: string) => shop.rows(table).length;
const worldIssues = () => [...shop.sandbox.world.issues.heads()];

describe('a SELECT', () => {
  it('chooses, renames and computes columns, and filters rows', async () => {
    const { code, report } = await shop.replicate(
      'REPLICATE Open SELECT Id, IssueKey AS [Key], UPPER(IssueKey) + 0 AS N FROM Issues WHERE StatusId <> 4',
    );
    expect(code).toBe(0);
    const open = worldIssues().filter(({ id }) => shop.sandbox.world.issues.get(id)?.statusId !== 4);
    expect(
      shop
        .rows('Open')
        .map(({ Id }) => Id)
        .sort(),
    ).toEqual(open.map(({ id }) => id).sort());
    expect(Object.keys(shop.rows('Open')[0] ?? {})).toEqual(['Id', 'Key', 'N']);
    expect(report.statements[0]).toMatchObject({ rows_read: 30, inserted: open.length });
  });

  it('lets rows go that no longer meet its condition, and takes those that now do', async () => {
    const sql = 'REPLICATE Done SELECT Id, Summary FROM Issues WHERE StatusId = 4';
    const [first = 0, second = 0] = shop.issueIds();
    shop.sandbox.world.updateIssue(first, { statusId: 4 });
    shop.sandbox.world.updateIssue(second, { statusId: 1 });
    await shop.replicate(sql);
    const ids = () => shop.rows('Done').map(({ Id }) => Id);
    expect(ids()).toContain(first);
    expect(ids()).not.toContain(second);

    shop.sandbox.world.updateIssue(first, { statusId: 1 });
    shop.sandbox.world.updateIssue(second, { statusId: 4 });
    const { report } = await shop.replicate(sql);

    expect(ids()).not.toContain(first);
    expect(ids()).toContain(second);
    expect(report.statements[0]).toMatchObject({ inserted: 1, deleted: 1 });
  });

  it('over several rows replaces its table in each run', async () => {
    const sql = 'REPLICATE Counts SELECT ProjectId, COUNT(*) AS N FROM Issues GROUP BY ProjectId';
    await shop.replicate(sql);
    const [first = 0] = shop.issueIds();
    const projectId = shop.sandbox.world.issues.get(first)?.projectId ?? 0;
    expect(shop.rows('Counts').map(({ N }) => N)).toEqual([15, 15]);

    shop.sandbox.world.createIssue({ projectId, summary: 'one more' });
    const { code, report } = await shop.replicate(sql);

    expect(code).toBe(0);
    expect(shop.query(`SELECT N FROM Counts WHERE ProjectId = ${projectId}`)).toEqual([{ N: 16 }]);
    expect(count('Counts')).toBe(2);
    expect(report.statements[0]).toMatchObject({ rows_read: 31, status: 'OK' });
  });

  it('over several rows leaves its table alone while its result stays the same', async () => {
    const sql = 'REPLICATE Counts SELECT ProjectId, COUNT(*) AS N FROM Issues GROUP BY ProjectId';
    await shop.replicate(sql);
    const { report } = await shop.replicate(sql);
    expect(report.statements[0]).toMatchObject({ rows_read: 30, inserted: 0, deleted: 0, status: 'OK' });
    shop.execute('DROP TABLE Counts');
    await shop.replicate(sql);
    expect(count('Counts')).toBe(2);
  });

  it('joins tables', async () => {
    await shop.replicate(
      'REPLICATE Names SELECT i.Id, p.Name AS Project FROM Issues i JOIN Projects p ON p.Id = i.ProjectId',
    );
    const names = new Set([...shop.sandbox.world.projects.values()].map(({ name }) => name));
    expect(count('Names')).toBe(30);
    expect(new Set(shop.rows('Names').map(({ Project }) => Project))).toEqual(names);
  });

  it('leaves the table as it was when not all that it needs could be read', async () => {
    const sql = 'REPLICATE Counts SELECT ProjectId, COUNT(*) AS N FROM ProjectStatuses GROUP BY ProjectId';
    await shop.replicate(sql);
    const before = shop.rows('Counts');
    shop.sandbox.faults.add({ path: '/projects/*/statuses', times: 99, fault: { kind: 'status', status: 500 } });

    const { code, report } = await shop.replicate(sql, { hurried: true });

    expect(code).toBe(1);
    expect(report.statements[0]).toMatchObject({ status: 'INCOMPLETE', inserted: 0, deleted: 0 });
    expect(shop.rows('Counts')).toEqual(before);
  });
});

describe('a statement that has changed', () => {
  it('starts anew, and what the old one had left and the new one has not is gone', async () => {
    await shop.replicate('REPLICATE T SELECT Id, Summary FROM Issues');
    const [limit = 0] = shop.issueIds().slice(10);

    const { report } = await shop.replicate(`REPLICATE T SELECT Id, Summary FROM Issues WHERE Id < ${limit}`);

    expect(count('T')).toBe(10);
    expect(report.statements[0]).toMatchObject({ rows_read: 30, inserted: 0, deleted: 20 });
    const again = await shop.replicate(`REPLICATE T SELECT Id, Summary FROM Issues WHERE Id < ${limit}`);
    expect(again.report.statements[0]).toMatchObject({ rows_read: 0, deleted: 0 });
  });

  it('starts over when its replacement was interrupted', async () => {
    await shop.replicate('REPLICATE T SELECT Id, Summary FROM Issues');
    const narrow = 'REPLICATE T SELECT Id, Summary FROM Issues WHERE StatusId < 3';
    const body = JSON.stringify({ errors: [{ message: 'Refused.', code: 5, moreInfo: '' }] });
    shop.sandbox.faults.add({ path: '/issues', nth: 2, fault: { kind: 'body', status: 403, body } });
    const interrupted = await shop.replicate(narrow);
    expect(interrupted.report.statements[0], interrupted.stderr).toMatchObject({ status: 'INCOMPLETE', deleted: 0 });
    expect(count('T')).toBe(30);

    await shop.replicate(narrow);

    const met = worldIssues().filter(({ id }) => (shop.sandbox.world.issues.get(id)?.statusId ?? 9) < 3);
    expect(count('T')).toBe(met.length);
  });

  it('starts anew when its table has vanished', async () => {
    await shop.replicate('REPLICATE Issues; REPLICATE Copy SELECT * FROM Issues');
    shop.execute('DROP TABLE Issues');
    const { report } = await shop.replicate('REPLICATE Issues; REPLICATE Copy SELECT * FROM Issues');
    expect(report.statements).toMatchObject([{ inserted: 30 }, { rows_read: 0 }]);
    expect(shop.rows('Issues')).toEqual(shop.rows('Copy'));
  });
});

describe('an option', () => {
  it('TruncateTable reads everything and leaves nothing else', async () => {
    await shop.replicate('REPLICATE Issues');
    shop.execute("INSERT INTO Issues (Id, Summary) VALUES (999999, 'not of Backlog')");
    const { report } = await shop.replicate('REPLICATE Issues WITH TruncateTable');
    expect(report.statements[0]).toMatchObject({ rows_read: 30, unchanged: 30, deleted: 1 });
    expect(count('Issues')).toBe(30);
  });

  it('DropTable makes the table anew', async () => {
    await shop.replicate('REPLICATE T SELECT Id, Summary, IssueKey FROM Issues');
    await shop.replicate('REPLICATE T WITH DropTable SELECT Id, Summary FROM Issues');
    expect(Object.keys(shop.rows('T')[0] ?? {})).toEqual(['Id', 'Summary']);
    expect(count('T')).toBe(30);
  });

  it('TableNamePrefix is for plain statements', async () => {
    await shop.replicate(
      "REPLICATE [Projects] WITH TableNamePrefix='sync_'; REPLICATE P WITH TableNamePrefix='sync_' SELECT * FROM Projects",
    );
    expect(count('sync_Projects')).toBe(2);
    expect(count('P')).toBe(2);
  });

  it('ReplicateStartDate leaves out what is older', async () => {
    const times = worldIssues()
      .map(({ id }) => shop.sandbox.world.issues.get(id)?.updated ?? 0)
      .sort();
    const middle = new Date(times[15] ?? 0).toISOString().slice(0, 10);
    const expected = times.filter((time) => time >= Date.parse(middle)).length;
    const { report } = await shop.replicate(
      `REPLICATE Issues WITH ReplicateStartDate='${middle}'; REPLICATE All SELECT * FROM Issues`,
    );
    expect(report.statements).toMatchObject([{ inserted: expected }, { inserted: 30 }]);
    expect(expected).toBeLessThan(30);
  });

  it('that changes nothing here is told once', async () => {
    const { stderr } = await shop.replicate('REPLICATE Projects WITH AlterSchema=false');
    expect(stderr.match(/AlterSchema has no effect/g)).toHaveLength(1);
  });
});

describe('ReplicateAll', () => {
  it('loads every table, without a query file', async () => {
    shop.writeJob({ ReplicateAll: 'True' });
    const { code, stdout, stderr } = await shop.run({ args: ['-g', shop.job, '--json'] });
    const { statements } = JSON.parse(stdout) as { statements: { table: string; status: string }[] };
    expect(code).toBe(0);
    expect(stderr).toMatch(/ReplicateAll reads all \d+ tables.*IssueComments.*--dry-run/);
    expect(statements.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['Issues', 'IssueComments', 'Projects', 'Space']),
    );
    for (const { table } of statements) expect(() => shop.rows(table), table).not.toThrow();
  });

  it('is restricted by Tables and Views, and leaves out what the query file writes', async () => {
    const connection = `${shop.connection}Tables='projects,Users';Views=priorities;`;
    shop.writeJob({ ReplicateAll: 'True', ConnectionString: connection });
    const { report } = await shop.replicate('REPLICATE Users SELECT Id, Name FROM Users');
    expect(report.statements.map(({ table }) => table)).toEqual(['Users', 'Projects', 'Priorities']);
    expect(Object.keys(shop.rows('Users')[0] ?? {})).toEqual(['Id', 'Name']);
  });
});

it('keeps the states of two spaces in one database apart', async () => {
  const other = await Workshop.open({ seed: { projects: 1, issues: 7, seed: 2 } });
  try {
    await shop.replicate('REPLICATE A_Issues SELECT * FROM Issues');
    shop.writeJob({ ConnectionString: other.connection });
    await shop.replicate('REPLICATE B_Issues SELECT * FROM Issues');
    expect([count('A_Issues'), count('B_Issues'), count('backlog_sync_state')]).toEqual([30, 7, 2]);
    const state = JSON.stringify(shop.rows('backlog_sync_state'));
    expect(state).not.toContain(shop.sandbox.apiKey);
  } finally {
    await other.close();
  }
});

it('says how to schedule what the job file wants scheduled, and that no mail is sent', async () => {
  shop.writeJob({
    TaskSchedulerStartTime: '09:51',
    TaskSchedulerInterval: 'Daily',
    NotificationUserName: 'me@example.com',
  });
  const { code, stderr } = await shop.replicate('REPLICATE Projects');
  expect(code).toBe(0);
  expect(stderr).toMatch(/TaskSchedulerInterval=Daily.*cron/);
  expect(stderr).toContain('no mail is sent');
  shop.writeJob({ TaskSchedulerStartTime: '09:51', TaskSchedulerInterval: 'Never', NotificationUserName: '' });
  expect((await shop.replicate('REPLICATE Projects')).stderr).not.toMatch(/cron|mail/);
});
