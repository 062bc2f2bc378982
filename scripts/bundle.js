// @ts-check
/**
 * Makes dist/bin/: one file for each program, files that programs share, and one for each package that is not installed
 * with ours. Does nothing while they are newer than what they are made of. docs/adr/0012 says why.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { noticesOf } from './third-party-notices.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** As deep below the root as the modules of src/, because these find schemas/ and package.json from where they are. */
const folder = join(root, 'dist/bin');
/** Written last: tells when the bundles were complete. */
const notices = join(folder, 'THIRD-PARTY-NOTICES.md');
const { bin, dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const installed = Object.keys({ ...dependencies, ...optionalDependencies });
const OTHER_INPUTS = [
  'package.json',
  'node_modules/.package-lock.json',
  'scripts/bundle.js',
  'scripts/third-party-notices.js',
];

if (!isFresh()) await bundle();

async function bundle() {
  const build = await rolldown({
    cwd: root,
    input: {
      ...Object.fromEntries(Object.keys(bin).map((program) => [program, `src/programs/${program}.ts`])),
      'sqlite-thread': 'src/dialects/sqlite/thread/thread-main.ts',
    },
    platform: 'node',
    external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
    transform: { target: 'es2023' },
  });
  const { output } = await build.write({
    dir: folder,
    cleanDir: true,
    sourcemap: true,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups: [{ debugName: 'packages', test: /node_modules/, name: packageNameOf }] },
  });
  await build.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  writeFileSync(notices, noticesOf(modules));
}

/** @param {string} module */
function packageNameOf(module) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module.replaceAll('\\', '/'))?.[1]?.replace('/', '-') ?? null;
}

/** Folders count too, since one changes when a file of its own goes. */
function isFresh() {
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join('src', String(name)));
  const complete = changedAt(notices) ?? 0;
  return [...sources, ...OTHER_INPUTS].every((path) => (changedAt(join(root, path)) ?? complete) < complete);
}

/** @param {string} path */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
