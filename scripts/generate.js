// @ts-check
/** Writes every generated file anew from its source; with --check compares instead, and fails where one is stale. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GENERATORS = ['generate-types.js', 'generate-reference.js', 'generate-spec.js', 'generate-settings.js'];
const here = dirname(fileURLToPath(import.meta.url));

const failed = GENERATORS.filter(
  (script) =>
    spawnSync(process.execPath, [join(here, script), ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0,
);
if (failed.length > 0) {
  console.log(`Stale or broken: ${failed.join(', ')}. Run: npm run build && npm run generate`);
  process.exit(1);
}
