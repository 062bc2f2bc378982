import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pascalName, snakeName } from '../../src/replicate/names.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { offeredStreams } from '../../src/tap/tap.ts';
import { Api, type Body } from './api/api.ts';
import { differences, except } from './api/difference.ts';
import { type PlainRow, plain } from './api/expected-row.ts';
import { query } from './database.ts';
import { type Deletions, type Doomed, SHOWN, SILENT, shownDeletions, silentDeletions } from './doomed.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';
import { runProgram } from './program.ts';
import { startRicherDemo } from './richer-demo.ts';
import { runPipeline } from './singer-pipeline.ts';

/** All that endpoints give, but for what changes with every request. */
const TABLES = offeredStreams()
  .map(({ name }) => pascalName(name))
  .filter((table) => table !== 'RateLimits');

/** The last things that somebody looked at: what is out of sight is not among them any more. */
const RECENT = ['UserRecentlyViewedIssues', 'UserRecentlyViewedProjects', 'UserRecentlyViewedWikiPages'];

/** Rows by table, the deleted ones among them where they are marked. */
interface Held {
  readonly there: ReadonlyMap<string, readonly PlainRow[]>;
  readonly marked: ReadonlyMap<string, readonly PlainRow[]>;
}

/** A way to replicate everything into SQLite with the real programs. */
interface Way {
  run(reconcile?: boolean): Promise<void>;
  held(): Held;
  [Symbol.dispose](): void;
}

type OpenWay = (sandbox: Sandbox) => Way;

const byJob =
  (options: string): OpenWay =>
  (sandbox) => {
    const folder = new JobFolder();
    const statements = TABLES.map((table) => `REPLICATE ${table}${options};`).join('\n');
    folder.write(FLAVOURS.java(`APIKey=${sandbox.apiKey};URL=${sandbox.url};`, folder.database), statements);
    return {
      async run(reconcile) {
        const args = ['-g', folder.job, '-f', folder.queries, '--quiet', ...(reconcile ? ['--reconcile'] : [])];
        const { code, stdout, stderr } = await runProgram('backlog-sync', args);
        expect(code, stdout + stderr).toBe(0);
      },
      held: () => heldIn(folder.database, (table) => table, '_cdatasync_deleted'),
      [Symbol.dispose]: () => folder[Symbol.dispose](),
    };
  };

const byPipeline =
  (hardDelete: boolean): OpenWay =>
  (sandbox) => {
    const folder = new JobFolder();
    let state: string | undefined;
    const source = { url: sandbox.url, api_key: sandbox.apiKey, replace_children: true };
    const target = { database: folder.database, hard_delete: hardDelete };
    return {
      async run(reconcile = false) {
        const tapConfig = folder.file('tap.json', JSON.stringify({ ...source, reconcile }));
        const outcome = await runPipeline({
          tapConfig,
          targetConfig: folder.file('target.json', JSON.stringify(target)),
          catalog: folder.file('catalog.json', await wholeCatalog(tapConfig)),
          ...(state === undefined ? {} : { stateFile: folder.file('state.json', state) }),
        });
        expect(outcome.codes, outcome.stderr).toEqual([0, 0]);
        state = outcome.state;
      },
      held: () => heldIn(folder.database, snakeName, '_sdc_deleted_at'),
      [Symbol.dispose]: () => folder[Symbol.dispose](),
    };
  };

async function wholeCatalog(tapConfig: string): Promise<string> {
  const { stdout } = await runProgram('tap-backlog', ['--config', tapConfig, '--discover']);
  const { streams } = JSON.parse(stdout) as { readonly streams: readonly Body[] };
  return JSON.stringify({ streams: streams.map((stream) => ({ ...stream, selected: true, metadata: [] })) });
}

function heldIn(path: string, nameOf: (table: string) => string, mark: string): Held {
  const rows = TABLES.map((table) => [table, query(path, `SELECT * FROM [${nameOf(table)}]`)] as const);
  const isMarked = (row: Body) => Boolean(row[mark]);
  const named = ({ [mark]: _, ...row }: Body) =>
    plain(Object.fromEntries(Object.entries(row).map(([column, value]) => [column.replaceAll('_', ''), value])));
  return {
    there: new Map(rows.map(([table, all]) => [table, all.filter((row) => !isMarked(row)).map(named)])),
    marked: new Map(rows.map(([table, all]) => [table, all.filter(isMarked).map(named)])),
  };
}

const none: readonly PlainRow[] = [];
const unlikeApi = (sandbox: Sandbox, { there }: Held) =>
  differences(new Api(sandbox), TABLES, (table) => there.get(table) ?? none);

/** Whether the table has the row, or one of the rows, of what is deleted. */
function holds(rows: Held['there'], { table, row }: Doomed): boolean {
  const wanted = Object.entries(plain(row));
  return (rows.get(table) ?? none).some((each) => wanted.every(([column, value]) => each[column] === value));
}

const WAYS: readonly (readonly [string, OpenWay, marks: boolean])[] = [
  ['backlog-sync', byJob(''), false],
  ['backlog-sync with Soft Delete', byJob(" WITH DeletionBehavior='Soft Delete'"), true],
  ['tap-backlog and target-sqlite with hard_delete', byPipeline(true), false],
  ['tap-backlog and target-sqlite', byPipeline(false), true],
];

describe.each(WAYS)('%s', (_, open, marks) => {
  let sandbox: Sandbox;
  let way: Way;
  let shown: Deletions;
  let silent: Deletions;
  const held: Record<'first' | 'shown' | 'next' | 'reconciled', Held> = {} as never;

  const named = (deletions: Deletions, kind: string) => {
    const found = deletions.find((each) => each.kind === kind);
    if (!found) throw new Error(`nothing of this kind is deleted: ${kind}`);
    return found;
  };

  beforeAll(async () => {
    sandbox = await startRicherDemo(90);
    way = open(sandbox);
    shown = shownDeletions(sandbox.world);
    await way.run();
    held.first = way.held();
    for (const each of shown) each.remove();
    await way.run();
    held.shown = way.held();
  });

  afterAll(async () => {
    way[Symbol.dispose]();
    await sandbox.close();
  });

  it('has in the first place what the API gives, and after deletions that show what is left of it', async () => {
    expect(await unlikeApi(sandbox, held.shown)).toEqual({});
    expect([...held.first.marked.values()].flat()).toEqual([]);
  });

  it.each(SHOWN)('loses in the next run a %s', (kind) => {
    const doomed = named(shown, kind);
    expect(holds(held.first.there, doomed)).toBe(true);
    expect(holds(held.shown.there, doomed)).toBe(false);
    expect(holds(held.shown.marked, doomed)).toBe(marks);
  });

  it('loses nothing where nothing shows it', async () => {
    silent = silentDeletions(sandbox.world);
    for (const each of silent) each.remove();
    await way.run();
    held.next = way.held();
    for (const [table, { stale }] of Object.entries(await unlikeApi(sandbox, held.next)))
      expect(except(stale, held.shown.there.get(table) ?? none), table).toEqual([]);
    await way.run(true);
    held.reconciled = way.held();
  });

  it.each(SILENT)('loses in the next reconciliation, of %s', (kind) => {
    const doomed = named(silent, kind);
    expect(holds(held.shown.there, doomed)).toBe(true);
    expect(holds(held.reconciled.there, doomed)).toBe(false);
    expect(holds(held.reconciled.marked, doomed)).toBe(marks);
  });

  it('has after that what the API gives', async () => {
    expect(await unlikeApi(sandbox, held.reconciled)).toEqual({});
  });

  it('keeps everything of a project that is out of sight, and compares it when it is back', async () => {
    const { world } = sandbox;
    const [project] = world.projects.values();
    if (!project) throw new Error('the space has no project');
    for (const teamId of project.teamIds) world.removeProjectTeam(project.id, teamId);
    await way.run();
    const before = way.held().there;

    world.leaveProject(project.id, world.space.ownerId);
    expect((await new Api(sandbox).projects()).map(({ id }) => id)).not.toContain(project.id);
    await way.run();
    await way.run(true);

    const after = way.held().there;
    const lost = TABLES.filter((table) => except(before.get(table) ?? none, after.get(table) ?? none).length > 0);
    expect(lost.filter((table) => !RECENT.includes(table))).toEqual([]);

    const victim = [...world.issues.heads()].find(({ projectId }) => projectId === project.id);
    world.deleteIssue(victim?.id ?? 0);
    world.joinProject(project.id, world.space.ownerId);
    await way.run();
    expect(await unlikeApi(sandbox, way.held())).toEqual({});
  });

  it('loses everything of a project that is deleted', async () => {
    const { world } = sandbox;
    const [, project] = world.projects.values();
    world.deleteProject(project?.id ?? 0);
    await way.run();
    const { there } = way.held();
    const left = TABLES.filter((table) => there.get(table)?.some(({ projectid }) => projectid === String(project?.id)));
    expect(left).toEqual([]);
    expect(there.get('Projects')?.map(({ id }) => id)).not.toContain(String(project?.id));
  });
});
