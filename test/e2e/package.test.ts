import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'package-'));

/** The package as npm would publish it, beside what npm would install with it. */
beforeAll(() => {
  const listing = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const [{ files }] = JSON.parse(listing) as [{ files: readonly { path: string }[] }];
  for (const { path } of files) cpSync(join(root, path), join(folder, path));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], input = '') {
  const script = join(folder, manifest.bin[program]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C' },
  });
  return { status, stdout, stderr };
}

test.each(Object.keys(manifest.bin))('%s of the published package starts', (program) => {
  expect(run(program, ['--help'])).toEqual({ status: 0, stdout: expect.stringContaining(program), stderr: '' });
});

test('the published package knows its version and its streams', () => {
  expect(run('backlog-sync', ['--version']).stdout).toBe(`${manifest.version}\n`);
  const { streams } = JSON.parse(run('tap-backlog', ['--discover']).stdout);
  expect(streams.map((stream: { tap_stream_id: string }) => stream.tap_stream_id)).toContain('issues');
});

test('the published package loads rows, and checks them where it is asked to', () => {
  writeFileSync(join(folder, 'target.json'), JSON.stringify({ database: 'my.db', validate_records: true }));
  const lines = [
    { type: 'SCHEMA', stream: 's', schema: { properties: { id: { type: 'integer' } } }, key_properties: ['id'] },
    { type: 'RECORD', stream: 's', record: { id: 7 } },
    { type: 'STATE', value: { at: 7 } },
  ];
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(run('target-sqlite', ['--config', 'target.json'], input)).toMatchObject({ status: 0, stdout: '{"at":7}\n' });
  const database = new Database(join(folder, 'my.db'), { readonly: true });
  expect(database.prepare('SELECT id FROM s').pluck().all()).toEqual([7]);
  database.close();
});

test('the published package reads job files', () => {
  writeFileSync(join(folder, 'job.xml'), '<CDataSync></CDataSync>');
  writeFileSync(join(folder, 'queries.sql'), 'REPLICATE Issues;');
  const { status, stderr } = run('backlog-sync', ['-g', 'job.xml', '-f', 'queries.sql']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('<ConnectionString> is missing')]);
});
