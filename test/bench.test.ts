import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

test('the benchmark of loading runs: what it says of speed is for its reader to judge', () => {
  node('node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json');
  const output = node('bench/load.js', '--only', 'sqlite', '--rows', '20');
  for (const title of ['narrow: 20 rows, 5 columns', 'issues: 20 rows, 27 columns']) expect(output).toContain(title);
  expect(output.match(/SQLite: target-sqlite, second run/g)).toHaveLength(2);
  expect(node('bench/load.js', '--only', 'sqlite', '--memory', '200')).toMatch(
    /^SQLite, 20 rows: .* peak \d+ MB\nSQLite, 200 rows: .* peak \d+ MB\n$/,
  );
});
