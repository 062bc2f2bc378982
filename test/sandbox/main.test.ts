import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const launcher = fileURLToPath(new URL('../../bin/backlog-sandbox.js', import.meta.url));

function launch(...args: readonly string[]) {
  const child = spawn(process.execPath, [launcher, ...args], { env: { LANG: 'C' } });
  const line = once(child.stdout, 'data').then(([chunk]) => String(chunk));
  const complaint = once(child.stderr, 'data').then(([chunk]) => String(chunk));
  const code = once(child, 'exit').then(([exitCode]) => exitCode as number | null);
  return { child, line, complaint, code };
}

test('it tells its address and key, serves what was asked for, and ends when told', async () => {
  const sizes = ['--projects', '1', '--issues', '7', '--comments', '0', '--wikis', '3'];
  const { child, line, code } = launch(...sizes, '--budgets', 'search=2', '--api-key', 'key-of-mine');
  const [url, key] = (await line).trim().split(' ');
  expect(key).toBe('key-of-mine');
  const ask = (path: string) => fetch(`${url}/api/v2${path}`, { headers: { 'Backlog-API-Key': 'key-of-mine' } });
  expect(await (await ask('/issues/count')).json()).toEqual({ count: 7 });
  expect(await (await ask('/wikis/count?projectIdOrKey=101')).json()).toEqual({ count: 3 });
  expect((await ask('/issues/count')).status).toBe(429);
  child.kill('SIGTERM');
  expect(await code).toBe(0);
});

test('a port that is taken is an environment problem, told in one sentence', async () => {
  const other = await startSandbox();
  const { complaint, code } = launch('--port', new URL(other.url).port);
  expect(await complaint).toMatch(
    /^The sandbox cannot listen on port \d+: .*\[sandbox\.cannot-listen\]\n {2}→ Choose another/,
  );
  expect(await code).toBe(3);
  await other.close();
});

test('an option that makes no sense is refused', async () => {
  const { complaint } = launch('--budgets', 'reads=5');
  expect(await complaint).toMatch('Known are: read, search, icon, update.');
});
