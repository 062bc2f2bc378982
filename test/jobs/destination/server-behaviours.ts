import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FIELD_TYPE } from '../../../src/sandbox/world/project.ts';
import { startProgram } from '../../e2e/program.ts';
import { freePort } from '../../servers/server-process.ts';
import { type Reported, type RunOptions, Workshop } from '../workshop.ts';
import type { JobServer, TestedServer } from './job-server.ts';

const THREE = `REPLICATE Issues;
REPLICATE PROD_Issues SELECT * FROM Issues;
REPLICATE PROD.Issues SELECT * FROM Issues`;

const PASSWORD = 'a password; with = and "quotes"';
const PLACE = 'jobs';

let running: JobServer;
let shop: Workshop;

function writeJob(
  place: string | undefined,
  properties: Readonly<Record<string, unknown>> = {},
  path = shop.job,
): void {
  shop.writeJob({ DatabaseType: running.type, DatabaseConnectionString: connectionTo(place, properties) }, path);
}

function connectionTo(place: string | undefined, properties: Readonly<Record<string, unknown>> = {}): string {
  const { host, port, user } = running.server;
  const all = { Server: host, Port: port, User: user, ...running.propertiesOf(place), ...properties };
  return Object.entries(all)
    .map(([name, value]) => `${name}='${value}';`)
    .join('');
}

function rowsOf(place: string, table: string, order = 'Id'): Promise<readonly Record<string, unknown>[]> {
  const { quote } = running;
  return running.query(`SELECT * FROM ${quote(place)}.${quote(table)} ORDER BY ${quote(order)}`);
}

async function theThree(): Promise<readonly (readonly Record<string, unknown>[])[]> {
  return [await rowsOf(PLACE, 'Issues'), await rowsOf(PLACE, 'PROD_Issues'), await rowsOf('PROD', 'Issues')];
}

/** The run could not begin, for one reason that it tells. */
async function expectRefused(sql: string, exitCode: number, problem: RegExp, options?: RunOptions): Promise<void> {
  const { code, stderr, report }: Reported = await shop.replicate(sql, options);
  expect(code, stderr).toBe(exitCode);
  expect(report).toMatchObject({ problems: [{ code: expect.stringMatching(problem), hint: expect.anything() }] });
  expect(stderr).toContain('→');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(shop.sandbox.requests).toEqual([]);
}

/** Starts a run and kills it when it has made so many requests, or lets it end if it makes fewer. */
async function runAndKill(requests: number): Promise<void> {
  const goal = shop.sandbox.requests.length + requests;
  const { child, finished } = startProgram('backlog-sync', ['-g', shop.job, '-f', shop.queries]);
  while (shop.sandbox.requests.length < goal && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  child.kill('SIGKILL');
  await finished;
}

/** What every database server does as the destination of a job. */
export function serverBehaviours(tested: TestedServer): void {
  describe.runIf(tested.present)(`a job into ${tested.name}`, () => {
    beforeAll(async () => {
      running = await tested.start();
      await running.createUser('alice', PASSWORD);
    });
    afterAll(() => running.close());

    beforeEach(async () => {
      shop = await Workshop.open();
      await running.createPlace(PLACE);
      writeJob(PLACE);
    });
    afterEach(async () => {
      await shop.close();
      for (const place of [PLACE, 'PROD', 'whole']) await running.dropPlace(place);
    });

    it('fills the three tables of the article equally, the third in a schema of its own', async () => {
      const { code, stderr, report } = await shop.replicate(THREE);

      expect(code, stderr).toBe(0);
      const [issues, ...copies] = await theThree();
      const { world } = shop.sandbox;
      expect(issues?.map(({ Id }) => Number(Id))).toEqual(shop.issueIds());
      expect(issues?.map(({ Summary }) => Summary)).toEqual(shop.issueIds().map((id) => world.issues.get(id)?.summary));
      for (const copy of copies) expect(copy).toEqual(issues);
      expect(report.statements.map(({ table, inserted }) => ({ table, inserted }))).toEqual([
        { table: 'Issues', inserted: 30 },
        { table: 'PROD_Issues', inserted: 30 },
        { table: 'PROD.Issues', inserted: 30 },
      ]);
    });

    it('changes nothing when run again, and keeps its records beside the tables', async () => {
      await shop.replicate(THREE);
      const before = await theThree();

      const { code, report } = await shop.replicate(THREE);

      expect(code).toBe(0);
      expect(await theThree()).toEqual(before);
      for (const statement of report.statements) {
        expect(statement).toMatchObject({ status: 'OK', rows_read: 0, inserted: 0, updated: 0, deleted: 0 });
      }
      expect(await rowsOf(PLACE, 'backlog_sync_state', 'destination')).toHaveLength(3);
      const runs = await rowsOf(PLACE, 'backlog_sync_runs', 'position');
      expect(runs.map(({ status }) => status)).toEqual(Array(6).fill('OK'));
    });

    it('brings what was created, changed and deleted in between', async () => {
      await shop.replicate(THREE);
      const [first = 0, second = 0] = shop.issueIds();
      const projectId = shop.sandbox.world.issues.get(first)?.projectId ?? 0;
      shop.sandbox.world.createIssue({ projectId, summary: '新しい課題 🎉' });
      shop.sandbox.world.updateIssue(first, { summary: 'changed' });
      shop.sandbox.world.deleteIssue(second);

      const { report } = await shop.replicate(THREE);

      for (const statement of report.statements) {
        expect(statement).toMatchObject({ inserted: 1, updated: 1, deleted: 1 });
      }
      const [issues = [], ...copies] = await theThree();
      expect(issues.map(({ Id }) => Number(Id))).toEqual(shop.issueIds());
      expect(issues.at(-1)).toMatchObject({ Summary: '新しい課題 🎉' });
      for (const copy of copies) expect(copy).toEqual(issues);
    });

    it('has columns for custom fields, whatever their names and kinds, also when these change', async () => {
      shop.writeJob({
        ...{ DatabaseType: running.type, ConnectionString: `${shop.connection}IncludeCustomFields=True;` },
        DatabaseConnectionString: connectionTo(PLACE),
      });
      const { world } = shop.sandbox;
      const [one = 0, other = 0] = world.projects.keys();
      for (const [projectId, { customFields }] of world.masters)
        for (const { id } of customFields) world.deleteCustomField(projectId, id);
      const long = world.addCustomField(one, { name: '重要な顧客名'.repeat(12), typeId: FIELD_TYPE.text });
      const score = world.addCustomField(one, { name: 'Score', typeId: FIELD_TYPE.number });
      const day = world.addCustomField(one, { name: 'Day', typeId: FIELD_TYPE.date });
      const customFields = [
        { id: long.id, value: '顧客 🌸' },
        { id: score.id, value: 1.5 },
        { id: day.id, value: '2026-02-29' },
      ];
      const { id } = world.createIssue({ projectId: one, summary: 'new', customFields });
      const columnsOf = async () => {
        const rows = await rowsOf(PLACE, 'Issues');
        expect(rows.map((row) => Number(row.Id))).toEqual(shop.issueIds());
        const row = rows.find((each) => Number(each.Id) === id) ?? {};
        const filled = Object.entries(row).filter(([name, value]) => /^CustomField(?!s$)/.test(name) && value !== null);
        return filled.map(([name, value]) => [name.slice('CustomField'.length), String(value)]);
      };
      expect((await shop.replicate('REPLICATE Issues')).code).toBe(0);
      expect(await columnsOf()).toEqual([
        [expect.stringMatching(/^重要な顧客名/), '顧客 🌸'],
        ['Score', '1.5'],
      ]);

      world.addCustomField(other, { name: 'Score', typeId: FIELD_TYPE.text });
      world.updateCustomField(one, long.id, { name: 'Customer' });
      expect((await shop.replicate('REPLICATE Issues')).code).toBe(0);
      expect(Object.fromEntries(await columnsOf())).toMatchObject({ Customer: '顧客 🌸', ScoreNumber: '1.5' });
    });

    it('goes on after being killed, whenever that is', async () => {
      const tables = ['Issues', 'IssueComments', 'Projects'];
      const sql = tables.map((table) => `REPLICATE ${table} WITH BatchSize=7;`).join('\n');
      shop.writeQueries(sql);
      for (const requests of [3, 12, 24]) await runAndKill(requests);

      const { code, stderr } = await shop.replicate(sql);

      expect(code, stderr).toBe(0);
      const other = join(shop.folder, 'Other.xml');
      await running.createPlace('whole');
      writeJob('whole', {}, other);
      expect((await shop.run({ args: ['-g', other, '-f', shop.queries] })).code).toBe(0);
      for (const table of tables) expect(await rowsOf(PLACE, table)).toEqual(await rowsOf('whole', table));
    });

    it('does not delete a large part of a table without a word from the user', async () => {
      await shop.replicate('REPLICATE ProjectStatuses');
      const { quote } = running;
      const strangers = Array.from({ length: 150 }, (_, index) => `(900000, ${index})`).join(', ');
      const columns = `(${quote('ProjectId')}, ${quote('Id')})`;
      await running.query(`INSERT INTO ${quote(PLACE)}.${quote('ProjectStatuses')} ${columns} VALUES ${strangers}`);

      const { code, report } = await shop.replicate('REPLICATE ProjectStatuses');

      expect(code).toBe(1);
      expect(report.statements[0]?.problems[0]?.message).toMatch(/^150 of the 1\d\d rows/);
      expect(await rowsOf(PLACE, 'ProjectStatuses')).toHaveLength(160);
    });

    it('is refused where two names mean one table', async () => {
      await expectRefused(`REPLICATE Issues; REPLICATE ${PLACE}.Issues SELECT * FROM Issues`, 2, /^job\.same-table$/);
    });

    it('is refused with a mode of encryption that there is not', async () => {
      writeJob(PLACE, { SslMode: 'sometimes' });
      await expectRefused(THREE, 2, /^job\.ssl-mode$/);
    });

    it('says so when the server does not encrypt as asked', async () => {
      writeJob(PLACE, { SslMode: 'VerifyCA' });
      await expectRefused(THREE, 3, /tls/);
    });

    it('says so when the password is wrong', async () => {
      writeJob(PLACE, { User: 'alice', Password: 'wrong-password' });
      await expectRefused(THREE, 3, /access-denied$/);
    });

    it('says so when there is no such database', async () => {
      writeJob(PLACE, { Database: 'nowhere' });
      await expectRefused(THREE, 3, /(no|unknown)-database$/);
    });

    it('says so when no server is there', async () => {
      writeJob(PLACE, { Port: await freePort() });
      await expectRefused(THREE, 3, /(refused|unreachable)$/);
    });

    it('lets a statement fail alone that needs a schema which may not be created', async () => {
      writeJob(undefined, { User: 'alice', Password: PASSWORD });

      const { code, report, stderr } = await shop.replicate('REPLICATE PROD.Issues Issues; REPLICATE Projects;');

      expect(code, stderr).toBe(1);
      expect(report.statements).toMatchObject([
        { status: 'FAILED', problems: [{ code: expect.stringMatching(/no-permission|not-allowed/) }] },
        { status: 'OK', inserted: 2 },
      ]);
      expect(stderr).not.toContain(PASSWORD);
    });
  });
}
