import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';
import { runProgram } from './program.ts';

const PREFIXES = ['PROD_', 'TEST_'] as const;

let spaces: readonly [Sandbox, Sandbox];
let folder: JobFolder;

beforeEach(async () => {
  spaces = [
    await startSandbox({ seed: { projects: 3, issues: 250, commentsPerIssue: 1 }, apiKey: 'key-of-production' }),
    await startSandbox({ seed: { projects: 2, issues: 120, commentsPerIssue: 1 }, apiKey: 'key-of-the-test-space' }),
  ];
  folder = new JobFolder();
});

afterEach(async () => {
  for (const space of spaces) await space.close();
  folder[Symbol.dispose]();
});

/** The article's way of several accounts: a job file for each, and tables with a prefix for each. */
function filesFor(keys: readonly string[] = spaces.map(({ apiKey }) => apiKey)): readonly string[] {
  return spaces.flatMap((space, index) => {
    const prefix = PREFIXES[index];
    const job = FLAVOURS.java(`APIKey=${keys[index]};URL=${space.url};`, folder.database);
    const tables = ['Issues', 'IssueComments', 'Projects'];
    const statements = tables.map((table) => `REPLICATE ${prefix}${table} SELECT * FROM ${table};`).join('\n');
    return ['-g', folder.file(`${prefix}job.xml`, job), '-f', folder.file(`${prefix}queries.sql`, statements)];
  });
}

const idsIn = (table: string) => query(folder.database, `SELECT Id FROM ${table} ORDER BY Id`).map(({ Id }) => Id);

const issueIds = ({ world }: Sandbox) => [...world.issues.heads()].map(({ id }) => id).sort((a, b) => a - b);

describe('two accounts', () => {
  it('come into one database by one command, the first time and again', async () => {
    for (const changed of [false, true]) {
      if (changed) {
        for (const space of spaces) {
          const [one = 0, other = 0] = issueIds(space);
          space.world.updateIssue(one, { summary: 'changed' });
          space.world.deleteIssue(other);
        }
      }
      const { code, stdout, stderr } = await runProgram('backlog-sync', filesFor());
      expect(code, stdout + stderr).toBe(0);
      for (const [index, space] of spaces.entries()) {
        expect(idsIn(`${PREFIXES[index]}Issues`)).toEqual(issueIds(space));
        expect(stdout).toContain(new URL(space.url).host);
      }
      expect(`${stdout}${stderr}`).not.toMatch(/error|exception|key-of/i);
    }
  });

  it('do not wait for each other when one of them is refused', async () => {
    const { code, stdout } = await runProgram('backlog-sync', [...filesFor(['key-of-production', 'wrong']), '--json']);
    expect(code).toBe(1);
    const { jobs } = JSON.parse(stdout);
    expect(jobs).toMatchObject([{ status: 'OK' }, { status: 'FAILED', exit_code: 3 }]);
    expect(idsIn('PROD_Issues')).toEqual(issueIds(spaces[0]));
  });
});
