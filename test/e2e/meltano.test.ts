import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { query } from './database.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function hasMeltano(): boolean {
  if (spawnSync('meltano', ['--version']).status === 0) return true;
  process.stderr.write('skipped: meltano is not installed (pipx install meltano)\n');
  return false;
}

/** The project file of the guide, with our own programs, space and database. */
function projectFile(url: string, database: string): string {
  const guide = readFileSync(join(root, 'docs/guides/singer.md'), 'utf8');
  const [, project = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
  return project
    .replace(/executable: (\S+)/g, (_, name) => `executable: ${join(root, 'bin', `${name}.js`)}`)
    .replace('url: example.backlog.com', `url: ${url}`)
    .replace('database: my.db', `database: ${database}`);
}

describe.runIf(hasMeltano())("the guide's Meltano project", () => {
  const folder = mkdtempSync(join(tmpdir(), 'meltano-'));
  const database = join(folder, 'my.db');
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: { projects: 1, issues: 40, commentsPerIssue: 1 },
      budgets: { read: 1e6, search: 1e6 },
    });
    writeFileSync(join(folder, 'meltano.yml'), projectFile(sandbox.url, database));
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Not the synchronous way: the sandbox answers from this process. */
  function meltano(...args: string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn('meltano', args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LANG: 'C.UTF-8',
        TAP_BACKLOG_API_KEY: sandbox.apiKey,
        MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  }

  it('runs, keeps the state, and goes on from there', { timeout: 180_000 }, async () => {
    const first = await meltano('run', 'tap-backlog', 'target-sqlite');
    expect(first.code, first.output).toBe(0);
    expect(query(database, 'SELECT count(*) AS issues FROM issues')).toEqual([{ issues: 40 }]);
    const [{ id } = { id: 0 }] = sandbox.world.issues.heads();
    sandbox.world.updateIssue(id, { summary: 'changed meanwhile' });
    const before = sandbox.requests.length;

    const second = await meltano('run', 'tap-backlog', 'target-sqlite');

    expect(second.code, second.output).toBe(0);
    expect(second.output).toMatch(/issues → issues: \d+ received, 0 inserted, 1 updated/);
    expect(query(database, `SELECT summary FROM issues WHERE id = ${id}`)).toEqual([{ summary: 'changed meanwhile' }]);
    expect(sandbox.requests.length - before).toBeLessThan(before);
    expect(first.output + second.output).not.toMatch(/\berror\b|exception/i);
  });

  it("passes Meltano's tests of a tap and of a loader", { timeout: 180_000 }, async () => {
    expect((await meltano('config', 'test', 'tap-backlog')).output).toContain('Plugin configuration is valid');
    const loader = await meltano('config', 'test', 'target-sqlite');
    expect(loader.output).toContain('Test data was written to your target system');
    expect(query(database, 'SELECT id FROM meltano_test_stream')).toEqual([{ id: 1 }]);
  });
});
