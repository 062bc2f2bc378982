import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Reported, Workshop } from './workshop.ts';

/** Of each of the two projects: what is read of the first one is forbidden later. */
const SEED = { projects: 2, issues: 10, commentsPerIssue: 1, wikis: 12, pullRequests: 6 };

let shop: Workshop;
let restricted: number;
let open: number;

beforeEach(async () => {
  shop = await Workshop.open({ seed: SEED });
  [restricted = 0, open = 0] = shop.sandbox.world.projects.keys();
});

afterEach(() => shop.close());

function restrict(): void {
  const { world } = shop.sandbox;
  const settings = world.projects.get(restricted)?.settings;
  if (settings) world.updateProject(restricted, { settings: { ...settings, useWiki: false, useGit: false } });
}

/** A page of the project that stays open goes without a sign. */
function removePage(): number {
  const { wikis } = shop.sandbox.world;
  const [page] = [...wikis.values()].filter(({ projectId }) => projectId === open);
  wikis.delete(page?.id ?? 0);
  return page?.id ?? 0;
}

async function replicate(sql: string, ...options: readonly string[]): Promise<Reported> {
  return shop.replicate(sql, { args: ['-g', shop.job, '-f', shop.queries, '--json', ...options] });
}

const idsIn = (table: string, project: number) =>
  shop.query(`SELECT Id FROM ${table} WHERE ProjectId = ${project} ORDER BY Id`).map(({ Id }) => Id);

const pagesOf = (project: number) =>
  [...shop.sandbox.world.wikis.values()].filter(({ projectId }) => projectId === project).map(({ id }) => id);

function expectTold({ code, report }: Reported): void {
  expect(code).toBe(0);
  const key = shop.sandbox.world.projects.get(restricted)?.projectKey;
  expect(report.statements).toMatchObject([
    { status: 'INCOMPLETE', problems: [{ code: 'backlog.feature-off', path: key }] },
  ]);
}

describe('what a project forbids from now on', () => {
  it('stays as it was, while the others lose what they have lost in a reconciliation', async () => {
    await replicate('REPLICATE WikiPages');
    const [before, gone] = [idsIn('WikiPages', restricted), removePage()];
    restrict();
    expectTold(await replicate('REPLICATE WikiPages', '--reconcile'));
    expect(before.length).toBeGreaterThan(0);
    expect(idsIn('WikiPages', restricted)).toEqual(before);
    expect(idsIn('WikiPages', open)).toEqual(pagesOf(open));
    expect(pagesOf(open)).not.toContain(gone);
  });

  it('stays in a list that is read whole, which is replaced all the same', async () => {
    const { world } = shop.sandbox;
    const { id } = world.createRepository({ projectId: open, name: 'soon gone' });
    await replicate('REPLICATE Repositories');
    const before = idsIn('Repositories', restricted);
    restrict();
    world.deleteRepository(id);
    expectTold(await replicate('REPLICATE Repositories'));
    expect(before.length).toBeGreaterThan(0);
    expect(idsIn('Repositories', restricted)).toEqual(before);
    expect(idsIn('Repositories', open)).not.toContain(id);
  });

  it('stays in a table that is replaced in each run', async () => {
    const sql = 'REPLICATE WikiPages WITH TruncateTable';
    await replicate(sql);
    const before = idsIn('WikiPages', restricted);
    removePage();
    restrict();
    expectTold(await replicate(sql));
    expect(idsIn('WikiPages', restricted)).toEqual(before);
    expect(idsIn('WikiPages', open)).toEqual(pagesOf(open));
  });

  it('does not keep a statement that was changed from going on where it came to', async () => {
    await replicate('REPLICATE WikiPages');
    restrict();
    const changed = 'REPLICATE WikiPages SELECT Id, ProjectId, Name FROM WikiPages';
    expectTold(await replicate(changed));
    const asked = shop.sandbox.requests.length;
    expectTold(await replicate(changed));
    const paths = shop.sandbox.requests.slice(asked).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/wikis/'))).toEqual([]);
  });

  it('is left out of a result over several rows, which is that of what can be read', async () => {
    const sql = 'REPLICATE PerProject SELECT ProjectId, COUNT(*) AS Pages FROM WikiPages GROUP BY ProjectId';
    await replicate(sql);
    expect(shop.query('SELECT * FROM PerProject')).toHaveLength(2);
    removePage();
    restrict();
    expectTold(await replicate(sql));
    expect(shop.query('SELECT * FROM PerProject')).toEqual([{ ProjectId: open, Pages: pagesOf(open).length }]);
  });

  it('keeps a table whose rows do not tell their project as it was', async () => {
    const sql = 'REPLICATE Names WITH TruncateTable SELECT Id, Name FROM WikiPages';
    await replicate(sql);
    const before = shop.query('SELECT Id FROM Names ORDER BY Id');
    removePage();
    restrict();
    expectTold(await replicate(sql));
    expect(shop.query('SELECT Id FROM Names ORDER BY Id')).toEqual(before);
  });
});

it('what fails for another reason replaces nothing', async () => {
  const sql = 'REPLICATE PerProject SELECT ProjectId, COUNT(*) AS Pages FROM WikiPages GROUP BY ProjectId';
  await replicate(sql);
  const before = shop.query('SELECT * FROM PerProject');
  removePage();
  shop.sandbox.faults.add({ path: '/wikis', times: 99, fault: { kind: 'status', status: 500 } });
  const { code } = await shop.replicate(sql, { hurried: true });
  expect(code).toBe(1);
  expect(shop.query('SELECT * FROM PerProject')).toEqual(before);
});
