import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tests also start the programs as users do; what they start must be made of the source that is tested. */
export function setup(): void {
  const script = join(dirname(dirname(fileURLToPath(import.meta.url))), 'scripts/bundle.js');
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
