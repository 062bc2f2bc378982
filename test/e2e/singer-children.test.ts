import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { query } from './database.ts';
import { JobFolder } from './job-folder.ts';
import { runPipeline } from './singer-pipeline.ts';

describe('a category that is taken off an issue', () => {
  let sandbox: Sandbox;
  let folder: JobFolder;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: { projects: 1, issues: 30, commentsPerIssue: 0 },
      budgets: { read: 1e6, search: 1e6 },
    });
    folder = new JobFolder();
  });

  afterAll(async () => {
    await sandbox.close();
    folder[Symbol.dispose]();
  });

  const pipeline = async (name: string, tapSettings: object, state?: string) => {
    const { codes, stderr, ...outcome } = await runPipeline({
      tapConfig: folder.file(
        `${name}-tap.json`,
        JSON.stringify({ url: sandbox.url, api_key: sandbox.apiKey, ...tapSettings }),
      ),
      targetConfig: folder.file(
        `${name}-target.json`,
        JSON.stringify({ database: `${folder.path}/${name}.db`, hard_delete: true }),
      ),
      ...(state === undefined ? {} : { stateFile: folder.file(`${name}-state.json`, state) }),
    });
    expect(codes, stderr).toEqual([0, 0]);
    return outcome.state;
  };

  const categoriesOf = (name: string, issue: number) =>
    query(`${folder.path}/${name}.db`, `SELECT id FROM issue_categories WHERE issue_id = ${issue} ORDER BY id`).map(
      ({ id }) => id,
    );

  it('leaves the table when whole lists are replaced, and stays when they are not', async () => {
    const [{ id, projectId } = { id: 0, projectId: 0 }] = sandbox.world.issues.heads();
    const categories = ['Design', 'Review'].map((name) => sandbox.world.addCategory(projectId, { name }).id);
    sandbox.world.updateIssue(id, { categoryIds: categories });
    const settings = { ours: { replace_children: true }, plain: {} };
    const states = new Map<string, string | undefined>();
    for (const [name, tap] of Object.entries(settings)) {
      states.set(name, await pipeline(name, tap));
      expect(categoriesOf(name, id)).toEqual(categories);
    }

    sandbox.world.updateIssue(id, { categoryIds: categories.slice(1) });
    for (const [name, tap] of Object.entries(settings)) await pipeline(name, tap, states.get(name));

    expect(categoriesOf('ours', id)).toEqual(categories.slice(1));
    expect(categoriesOf('plain', id)).toEqual(categories);

    sandbox.world.updateIssue(id, { categoryIds: [] });
    await pipeline('ours', settings.ours, states.get('ours'));
    expect(categoriesOf('ours', id)).toEqual([]);
  });
});
