import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { isAlive, thisProcess } from '../../../src/jobs/state/running-process.ts';

it('sees that this process is alive, and that one which has ended is not', () => {
  expect(isAlive(thisProcess())).toBe(true);
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect(isAlive(`${hostname()}:${pid}`)).toBe(false);
});

it('takes what it cannot see for ended', () => {
  expect(isAlive(`elsewhere.${hostname()}:1`)).toBe(false);
  expect(isAlive('')).toBe(false);
});
