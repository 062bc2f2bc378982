import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { contentOf } from './database.ts';
import { JobFolder } from './job-folder.ts';
import { type PipelineConfig, runPipeline } from './singer-pipeline.ts';

const ATTEMPTS = 20;

/** Numbers between 0 and 1 that look random and are the same in every run, so that a failure can be repeated. */
function* fractions(): Generator<number> {
  let seed = 20_261_123;
  while (true) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    yield seed / 2 ** 31;
  }
}

describe('a killed pipeline', () => {
  let sandbox: Sandbox;
  let folder: JobFolder;
  let config: PipelineConfig;
  let undisturbed: { readonly content: Record<string, string[]>; readonly bytes: number };

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: { projects: 2, issues: 700, commentsPerIssue: 1 },
      budgets: { read: 1e6, search: 1e6 },
    });
    folder = new JobFolder();
    config = {
      tapConfig: folder.file('tap.json', JSON.stringify({ url: sandbox.url, api_key: sandbox.apiKey })),
      targetConfig: folder.file('target.json', JSON.stringify({ database: folder.database, batch_size_rows: 150 })),
    };
    const { codes, bytes, stderr } = await runPipeline(config);
    expect(codes, stderr).toEqual([0, 0]);
    undisturbed = { content: contentOf(folder.database), bytes };
  });

  afterAll(async () => {
    await sandbox.close();
    folder[Symbol.dispose]();
  });

  it('loads what the space holds when nothing disturbs it', () => {
    expect(undisturbed.content.issues?.length).toBe(700);
  });

  const moments = fractions();
  const kills = Array.from({ length: ATTEMPTS }, (_, attempt) => ({
    victim: attempt % 2 === 0 ? ('tap' as const) : ('target' as const),
    moment: moments.next().value as number,
  }));

  it.each(kills)(
    'ends with the same database when the $victim is killed after $moment of the bytes',
    async ({ victim, moment }) => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${folder.database}${suffix}`, { force: true });
      const interrupted = await runPipeline(config, { victim, afterBytes: Math.floor(moment * undisturbed.bytes) });
      const stateFile = interrupted.state === undefined ? undefined : folder.file('state.json', interrupted.state);

      const resumed = await runPipeline({ ...config, ...(stateFile === undefined ? {} : { stateFile }) });

      expect(resumed.codes, resumed.stderr).toEqual([0, 0]);
      expect(contentOf(folder.database)).toEqual(undisturbed.content);
    },
  );
});
