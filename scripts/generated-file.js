// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Writes a file that is made from others; with --check on the command line it compares instead, and fails the process
 * where the file is stale.
 * @param {string} path below the project's root
 * @param {string} content
 */
export function emit(path, content) {
  const file = join(root, path);
  const stale = !existsSync(file) || readFileSync(file, 'utf8') !== content;
  if (!stale) return;
  if (process.argv.includes('--check')) {
    console.log(`${path} is stale`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, content);
    console.log(`${path} written`);
  }
}
