import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: { projects: 1, issues: 2000, commentsPerIssue: 0 },
    budgets: { search: 1e6, read: 1e6 },
  });
});

afterAll(() => sandbox.close());

/** A program as users start it, knowing only this environment. */
function start(name: string, environment: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, [join(root, 'bin', `${name}.js`), ...args], {
    env: { PATH: process.env.PATH, LANG: 'C', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, ended, log: () => log };
}

const startTap = () => start('tap-backlog', { TAP_BACKLOG_URL: sandbox.url, TAP_BACKLOG_API_KEY: sandbox.apiKey });
const startTarget = (database: string, batchRows = '10000') =>
  start('target-sqlite', { TARGET_SQLITE_DATABASE: database, TARGET_SQLITE_BATCH_SIZE_ROWS: batchRows });
const newDatabase = () => join(mkdtempSync(join(tmpdir(), 'process-')), 'test.db');

const SCHEMA =
  '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{"type":"integer"}}},"key_properties":["id"]}';
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `{"type":"RECORD","stream":"s","record":{"id":${from + index}}}`);

function countIn(database: string): number {
  const connection = new Database(database, { readonly: true });
  try {
    return connection.prepare('SELECT count(*) FROM s').pluck().get() as number;
  } finally {
    connection.close();
  }
}

describe('as a process', () => {
  test('tap-backlog ends quietly with code 141 when its pipe is closed', async () => {
    const tap = startTap();
    tap.child.stdout.once('data', () => tap.child.stdout.destroy());
    expect(await tap.ended).toBe(141);
    expect(tap.log()).not.toMatch(/error|EPIPE|at .*js:/i);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)(
    'tap-backlog on %s ends with code %i behind a whole line, also when its reader is slow',
    async (signal, code) => {
      const tap = startTap();
      await once(tap.child.stdout, 'readable');
      tap.child.kill(signal);
      const chunks: Buffer[] = [];
      tap.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      expect(await tap.ended).toBe(code);
      const text = Buffer.concat(chunks).toString('utf8');
      expect(text.endsWith('}\n')).toBe(true);
      for (const line of text.trimEnd().split('\n')) JSON.parse(line);
    },
  );

  test('tap-backlog ends at once on a second signal though nobody reads', async () => {
    const tap = startTap();
    await once(tap.child.stdout, 'readable');
    tap.child.kill('SIGTERM');
    tap.child.kill('SIGTERM');
    const again = setInterval(() => tap.child.kill('SIGTERM'), 100);
    const [code] = await once(tap.child, 'exit');
    clearInterval(again);
    expect(code).toBe(143);
    tap.child.stdout.destroy();
    await tap.ended;
  });

  test('target-sqlite on SIGTERM commits what has come and releases its state', async () => {
    const database = newDatabase();
    const target = startTarget(database, '100');
    let states = '';
    target.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      states += text;
    });
    const lines = [SCHEMA, ...rows(0, 150), '{"type":"STATE","value":{"at":1}}', ...rows(150, 160)];
    target.child.stdin.write(`${lines.join('\n')}\n`);
    await appears(() => existsSync(database) && hasTable(database));
    expect(states).toBe('');
    target.child.kill('SIGTERM');
    expect(await target.ended).toBe(143);
    expect(countIn(database)).toBe(160);
    expect(states).toBe('{"at":1}\n');
    expect(target.log()).not.toMatch(/error|exception/i);
  });

  test('target-sqlite writes the state last, after the rows, and nothing else to stdout', async () => {
    const database = newDatabase();
    const target = startTarget(database);
    let states = '';
    target.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      states += text;
    });
    target.child.stdin.end(`${[SCHEMA, ...rows(0, 500), '{"type":"STATE","value":{"at":9}}'].join('\n')}\n`);
    expect(await target.ended).toBe(0);
    expect(states).toBe('{"at":9}\n');
    expect(countIn(database)).toBe(500);
  });

  test('tap-backlog | target-sqlite brings every row', async () => {
    const database = newDatabase();
    const tap = startTap();
    const target = startTarget(database);
    tap.child.stdout.pipe(target.child.stdin);
    target.child.stdout.resume();
    expect(await Promise.all([tap.ended, target.ended])).toEqual([0, 0]);
    const connection = new Database(database, { readonly: true });
    expect(connection.prepare('SELECT count(*), count(DISTINCT id) FROM issues').raw().get()).toEqual([2000, 2000]);
    connection.close();
    expect(tap.log() + target.log()).not.toMatch(/error|exception/i);
  });
});

function hasTable(database: string): boolean {
  try {
    return countIn(database) > 0;
  } catch {
    return false;
  }
}

async function appears(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
