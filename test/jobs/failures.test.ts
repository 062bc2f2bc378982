import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../src/sandbox/http/faults.ts';
import { queryFile, type Result, Workshop } from './workshop.ts';

const WRONG_KEY = 'nobody-has-this-key-0123456789';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
  shop.writeQueries('REPLICATE Issues; REPLICATE Projects;');
});

afterEach(() => shop.close());

/** One message with a code and a hint; no stack trace, no key. */
function expectClear({ code, stdout, stderr }: Result, exitCode: number, ...says: readonly (string | RegExp)[]): void {
  const said = stdout + stderr;
  expect(code, said).toBe(exitCode);
  for (const text of says) expect(said).toMatch(text);
  expect(said.match(/\[[a-z-]+[.][a-z-]+\]/g), said).toHaveLength(1);
  expect(said).toContain('→');
  expect(said).not.toMatch(/^\s+at /m);
  expect(said).not.toContain(WRONG_KEY);
  expect(said).not.toContain(shop.sandbox.apiKey);
}

/** An answer as Backlog refuses things. */
function refusal(status: number, code: number): Fault {
  return { kind: 'body', status, body: JSON.stringify({ errors: [{ message: 'Refused.', code, moreInfo: '' }] }) };
}

function tablesOf(shop: Workshop): unknown[] {
  return shop.query("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name);
}

describe('what is wrong with the files ends the run with code 2 before anything is read or written', () => {
  afterEach(() => {
    expect(shop.sandbox.requests).toEqual([]);
    expect(existsSync(shop.database)).toBe(false);
  });

  it('a job file that does not exist', async () => {
    expectClear(
      await shop.run({ args: ['-g', join(shop.folder, 'none.xml')] }),
      2,
      'none.xml',
      'job file',
      '[job.file-unreadable]',
    );
  });

  it('a query file that does not exist', async () => {
    expectClear(await shop.run({ args: ['-g', shop.job, '-f', '/no/such.sql'] }), 2, '/no/such.sql', 'query file');
  });

  it('broken XML', async () => {
    writeFileSync(shop.job, '<CDataSync>\n  <DatabaseType>SQLite</DatabaseTyp>\n</CDataSync>');
    expectClear(await shop.run(), 2, /Config\.xml:2:\d+/);
  });

  it('no query file where one is needed', async () => {
    expectClear(await shop.run({ args: ['-g', shop.job] }), 2, 'job.no-queries', '-f');
  });

  it('a query file without statements', async () => {
    shop.writeQueries('-- nothing yet\n');
    expectClear(await shop.run(), 2, 'job.no-queries', 'Sync.sql');
  });

  it.each([
    ['an unknown table', 'REPLICATE Projects;\nREPLICATE Isues;', /Sync\.sql:2:\d+/, /Issues/],
    ['an unknown column', 'REPLICATE T SELECT Id, Sumary FROM Issues', /Sumary/, /Summary/],
    ['SQL that is none', 'REPLICATE T SELECT Id FROM FROM Issues', /Sync\.sql:1:\d+/, /FROM/],
    ['a statement of another kind', 'DROP TABLE Issues', /Sync\.sql:1:1/, /REPLICATE/],
    ['an option that cannot be', "REPLICATE Issues WITH DeletionBehavior='never'", /never/, /Soft Delete/],
    [
      'two statements for one table',
      'REPLICATE Issues;\nREPLICATE ISSUES SELECT * FROM Projects;',
      /Sync\.sql:2:1/,
      /Sync\.sql:1:1/,
    ],
    [
      'two spellings of one table',
      'REPLICATE PROD.Issues Issues;\nREPLICATE [PROD.Issues] Issues;',
      /same-table/,
      /PROD\.Issues/,
    ],
    ['a table that is ours', 'REPLICATE Backlog_Sync_State Issues', /job\.reserved-table/, /Backlog_Sync_State/],
  ])('%s', async (_, sql, ...says) => {
    shop.writeQueries(sql);
    expectClear(await shop.run(), 2, ...says);
  });

  it('a database that is not supported', async () => {
    shop.writeJob({ DatabaseType: 'Oracle' });
    expectClear(await shop.run(), 2, 'Oracle', 'SQLite');
  });

  it('a table in the connection string that does not exist', async () => {
    shop.writeJob({ ReplicateAll: 'True', ConnectionString: `${shop.connection}Tables=Isues;` });
    expectClear(await shop.run({ args: ['-g', shop.job] }), 2, 'Isues', 'Issues');
  });

  it('an address that is not encrypted', async () => {
    shop.writeJob({ ConnectionString: `APIKey=${WRONG_KEY};URL=http://example.backlog.jp;` });
    expectClear(await shop.run(), 2, 'https');
  });
});

it('a project that Backlog does not know ends the run with code 2, before any table is made', async () => {
  shop.writeJob({ ConnectionString: `${shop.connection}ProjectKeys=NONE;` });
  expectClear(await shop.run(), 2, 'NONE');
  expect(tablesOf(shop)).not.toContain('Issues');
});

describe('what is wrong around us ends the run with code 3', () => {
  it('a key that is refused, before anything is written', async () => {
    shop.writeJob({ ConnectionString: `APIKey=${WRONG_KEY};URL=${shop.sandbox.url};` });
    expectClear(await shop.run(), 3, 'key');
    expect(tablesOf(shop)).toEqual([]);
  });

  it('a key that is refused though it was good: recorded, the tables left as they were', async () => {
    await shop.run();
    const before = shop.rows('Issues');
    shop.sandbox.faults.add({ path: '/projects', times: 9, fault: refusal(401, 11) });
    expectClear(await shop.run(), 3, 'key');
    expect(shop.rows('Issues')).toEqual(before);
    const runs = shop.rows('backlog_sync_runs', 'destination, status, message');
    expect(runs.slice(2)).toEqual([
      { destination: 'Issues', status: 'FAILED', message: expect.stringContaining('[backlog.') },
      { destination: 'Projects', status: 'FAILED', message: expect.stringContaining('[backlog.') },
    ]);
  });

  it('a host that does not exist', async () => {
    shop.writeJob({ ConnectionString: `APIKey=${WRONG_KEY};URL=no-such-space.invalid;` });
    expectClear(await shop.run(), 3, 'no-such-space.invalid');
  });

  it('a directory in the place of the database', async () => {
    mkdirSync(shop.database);
    expectClear(await shop.run(), 3, 'my.db');
    expect(shop.sandbox.requests).toEqual([]);
  });

  it('a file that is no database, which stays as it is', async () => {
    const diary = 'Dear diary, this is no database. '.repeat(200);
    writeFileSync(shop.database, diary);
    expectClear(await shop.run(), 3, 'my.db');
    expect(readFileSync(shop.database, 'utf8')).toBe(diary);
    expect(shop.sandbox.requests).toEqual([]);
  });

  it('a folder that does not exist', async () => {
    shop.writeJob({ DatabaseConnectionString: `Data Source=${join(shop.folder, 'none', 'my.db')}` });
    expectClear(await shop.run(), 3, 'none');
  });

  it('a full disk: what was committed stays whole, and the next run goes on from there', async ({ skip }) => {
    const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
    const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    if (mounted.status !== 0) skip('mounting a small disk is not permitted here');
    onTestFinished(() => {
      spawnSync('/bin/umount', [disk]);
      rmSync(disk, { recursive: true });
    });
    const large = await Workshop.open({ seed: { projects: 1, issues: 1500, commentsPerIssue: 0 } });
    onTestFinished(() => large.close());
    const database = join(disk, 'my.db');
    large.writeJob({ DatabaseConnectionString: `Data Source=${database}` });
    large.writeQueries('REPLICATE Issues WITH BatchSize=50;');

    expectClear(await large.run(), 3, 'room left', 'sqlite.disk-full');

    const stored = queryFile(database, 'SELECT Id FROM Issues ORDER BY Created, Id').map(({ Id }) => Number(Id));
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.length).toBeLessThan(1500);
    spawnSync('/bin/mount', ['-o', 'remount,size=50m', disk]);
    const { code, report } = await large.replicate('REPLICATE Issues WITH BatchSize=50;');
    expect(code).toBe(0);
    expect(report.statements[0]?.inserted).toBe(1500 - stored.length);
    const ids = queryFile(database, 'SELECT Id FROM Issues ORDER BY Id').map(({ Id }) => Id);
    expect(ids).toEqual(large.issueIds());
  });
});

describe('one failure does not stop the others', () => {
  it('what the key may not read is told, and makes its statements incomplete, but is no failure', async () => {
    const [first, second] = [...shop.sandbox.world.projects.values()];
    shop.sandbox.faults.add({
      path: `/projects/${first?.id}/statuses`,
      times: 9,
      fault: refusal(403, 5),
    });

    const { code, report } = await shop.replicate('REPLICATE ProjectStatuses; REPLICATE Projects;');

    expect(code).toBe(0);
    expect(report).toMatchObject({ exit_code: 0, status: 'INCOMPLETE' });
    const [statuses, projects] = report.statements;
    expect(statuses).toMatchObject({ status: 'INCOMPLETE', problems: [{ path: first?.projectKey }] });
    expect(projects).toMatchObject({ status: 'OK', inserted: 2, problems: [] });
    expect(new Set(shop.rows('ProjectStatuses').map(({ ProjectId }) => ProjectId))).toEqual(new Set([second?.id]));
  });

  it('a project that Backlog fails to give makes its statements incomplete, with code 1', async () => {
    const [first] = [...shop.sandbox.world.projects.values()];
    shop.sandbox.faults.add({ path: `/projects/${first?.id}/statuses`, times: 99, fault: refusal(404, 6) });

    const { code, report } = await shop.replicate('REPLICATE ProjectStatuses; REPLICATE Projects;');

    expect(code).toBe(1);
    expect(report.statements).toMatchObject([{ status: 'INCOMPLETE' }, { status: 'OK' }]);
  });

  it('a statement that cannot be loaded fails alone', async () => {
    shop.execute('CREATE TABLE Broken (Id INTEGER, Summary GEOMETRY); CREATE VIEW Issues2 AS SELECT 1 AS Id');

    const { code, report } = await shop.replicate(
      'REPLICATE Issues; REPLICATE Issues2 SELECT * FROM Issues; REPLICATE Projects;',
    );

    expect(code).toBe(1);
    expect(report.statements.map(({ status }) => status)).toEqual(['OK', 'FAILED', 'OK']);
    expect(report.statements[1]?.problems).toHaveLength(1);
    expect(shop.rows('Issues')).toHaveLength(30);
    expect(shop.rows('Projects')).toHaveLength(2);
    expect(shop.rows('backlog_sync_runs').map(({ status }) => status)).toEqual(['OK', 'FAILED', 'OK']);
  });

  it('a statement that failed catches up in the next run, while the others only continue', async () => {
    shop.execute('CREATE VIEW Copy AS SELECT 1 AS Id');
    const sql = 'REPLICATE Issues; REPLICATE Copy SELECT * FROM Issues;';
    await shop.replicate(sql);
    shop.execute('DROP VIEW Copy');

    const { code, report } = await shop.replicate(sql);

    expect(code).toBe(0);
    expect(report.statements).toMatchObject([
      { status: 'OK', inserted: 0, rows_read: 0 },
      { status: 'OK', inserted: 30 },
    ]);
    expect(shop.rows('Copy')).toEqual(shop.rows('Issues'));
  });
});

describe('--json', () => {
  it('prints one document also when the run cannot begin', async () => {
    const { code, stdout, stderr } = await shop.run({ args: ['-g', shop.job, '--json'] });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      exit_code: 2,
      status: 'FAILED',
      problems: [{ code: 'job.no-queries' }],
    });
    expect(stderr).toContain('job.no-queries');
  });
});
