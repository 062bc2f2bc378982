// @ts-check
/**
 * Makes a fresh clone ready: installs what package-lock.json names, unless it is installed already, compiles
 * src/ into dist/, and bundles the programs. Uses nothing but Node itself, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

requireNode(20, 19);
if (!isInstalled()) install();
run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], 'Compiling …');
run(process.execPath, [join(root, 'scripts/bundle.js')], 'Bundling …');

/** @param {number} major @param {number} minor */
function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  stop(
    `Node ${major}.${minor} or newer is needed; this is ${process.version}. Install it from your system's packages or nodejs.org.`,
  );
}

/**
 * `npm install` and not `npm ci`, which refuses a lock file that lacks a package of another platform: a registry mirror
 * need not have those. Nothing but the lock file decides on versions all the same.
 */
function install() {
  const what = 'Installing dependencies (SQLite is compiled here if no ready-made build fits) …';
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], what);
}

/** npm keeps the tree that it installed in node_modules/.package-lock.json; it must agree with ours, package by package. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const { '': _root, ...wanted } = packagesOf(join(root, 'package-lock.json'));
  const have = packagesOf(installed);
  return Object.entries(wanted).every(([path, { version, optional }]) => optional || have[path]?.version === version);
}

/** @param {string} lockFile @returns {Record<string, { version: string, optional?: boolean }>} */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** @param {string} command @param {string[]} args @param {string} what */
function run(command, args, what) {
  process.stderr.write(`${what}\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    stop(error ? `${command}: ${error.message}` : `${command} ${args.join(' ')} failed (status ${status}).`);
}

/** @param {string} message @returns {never} */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
