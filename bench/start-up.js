// @ts-check
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.js';

/** How long each program needs until it has told its help, beside Node.js with nothing to do. */
export async function startUp(times = 11) {
  const programs = readdirSync(join(root, 'bin'));
  const rows = programs.map((program) => [program, timed(times, [join(root, 'bin', program), '--help'])]);
  console.table(Object.fromEntries([['node alone', timed(times, ['--eval', ''])], ...rows]));
  return true;
}

/** @param {number} times @param {string[]} args */
function timed(times, args) {
  const milliseconds = Array.from({ length: times }, () => once(args)).sort((one, other) => one - other);
  return { 'least ms': milliseconds[0], 'median ms': milliseconds[times >> 1] };
}

/** @param {string[]} args */
function once(args) {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return Math.round(performance.now() - began);
}
