import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder, THREE_STATEMENTS } from './job-folder.ts';

const TABLES = ['Issues', 'PROD_Issues', 'PROD.Issues'];

let sandbox: Sandbox;
let folder: JobFolder;

beforeEach(async () => {
  sandbox = await startSandbox();
  folder = new JobFolder();
});

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

const connection = () => `APIKey=${sandbox.apiKey};URL=${sandbox.url};`;
const rowsOf = (table: string) => query(folder.database, `SELECT * FROM [${table}] ORDER BY Id`);
const issueIds = () => [...sandbox.world.issues.heads()].map(({ id }) => id).sort((a, b) => a - b);

describe('the job of the article', () => {
  it.each(['windows', 'java'] as const)('loads three equal, complete tables from the %s job file', async (flavour) => {
    folder.write(FLAVOURS[flavour](connection(), folder.database), THREE_STATEMENTS);

    const { report } = await folder.sync();

    const [issues, ...others] = TABLES.map(rowsOf);
    expect(issues?.map(({ Id }) => Id)).toEqual(issueIds());
    for (const rows of others) expect(rows).toEqual(issues);
    for (const issue of issues ?? []) {
      const known = sandbox.world.issues.get(Number(issue.Id));
      expect(issue).toMatchObject({
        Summary: known?.summary,
        Description: known?.description,
        StatusId: known?.statusId,
        AssigneeId: known?.assigneeId ?? null,
        Updated: new Date(known?.updated ?? 0).toISOString().replace('.000Z', 'Z'),
      });
    }
    expect(report.statements.map(({ table, status, inserted }) => ({ table, status, inserted }))).toEqual(
      TABLES.map((table) => ({ table, status: 'OK', inserted: issues?.length })),
    );
  });

  it('reads next to nothing and changes nothing when it runs again', async () => {
    folder.write(FLAVOURS.java(connection(), folder.database), THREE_STATEMENTS);
    await folder.sync();
    const before = TABLES.map(rowsOf);
    const earlier = sandbox.requests.length;

    const { report } = await folder.sync();

    expect(TABLES.map(rowsOf)).toEqual(before);
    for (const { inserted, updated, deleted } of report.statements)
      expect([inserted, updated, deleted]).toEqual([0, 0, 0]);
    const projects = sandbox.world.projects.size;
    const searches = sandbox.requests.slice(earlier).filter(({ rateClass }) => rateClass === 'search');
    expect(searches.length).toBeLessThanOrEqual(2 * projects);
    expect(sandbox.requests.length - earlier).toBeLessThanOrEqual(2 * projects + 2);
  });

  it('shows exactly what was created and changed since', async () => {
    folder.write(FLAVOURS.java(connection(), folder.database), THREE_STATEMENTS);
    await folder.sync();
    const [first = 0, second = 0, third = 0] = issueIds();
    const projectId = sandbox.world.issues.get(first)?.projectId ?? 0;
    const created = sandbox.world.createIssue({ projectId, summary: '新しい課題 🚀' });
    sandbox.world.updateIssue(first, { summary: 'changed' });
    sandbox.world.updateIssue(second, { assigneeId: null, statusId: 3 });
    sandbox.world.deleteIssue(third);

    const { report } = await folder.sync();

    for (const { inserted, updated } of report.statements)
      expect({ inserted, updated }).toEqual({ inserted: 1, updated: 2 });
    for (const table of TABLES) {
      const byId = new Map(rowsOf(table).map((row) => [row.Id, row]));
      expect(byId.get(created.id)).toMatchObject({ Summary: '新しい課題 🚀' });
      expect(byId.get(first)).toMatchObject({ Summary: 'changed' });
      expect(byId.get(second)).toMatchObject({ StatusId: 3, AssigneeId: null });
    }
  });
});
