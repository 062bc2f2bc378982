// @ts-check
/** Runs our programs as real processes and measures each one's peak memory, read from /proc while it lives (Linux). */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// What is measured is the source as it is now.
execFileSync(process.execPath, [join(root, 'scripts/bundle.js')]);

const POLL_MILLISECONDS = 50;

/**
 * @typedef {object} Measured
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} ended exit code
 * @property {() => number} peakMegabytes highest resident set so far
 */

/**
 * @param {string} program name of a launcher in bin/
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} stdio
 * @returns {Measured}
 */
export function start(program, args, stdio) {
  return measure(process.execPath, [join(root, 'bin', `${program}.js`), ...args], { stdio });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Measured}
 */
export function measure(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options });
  let peak = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, residentPeak(child.pid));
  }, POLL_MILLISECONDS);
  const ended = new Promise((resolve) => {
    child.on('error', () => undefined);
    child.on('close', (code) => {
      clearInterval(poll);
      resolve(code ?? 1);
    });
  });
  return { child, ended, peakMegabytes: () => peak };
}

/** VmHWM never falls, so the last reading before the end is the peak but for one poll. @param {number | undefined} pid */
function residentPeak(pid) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
