// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of the packages that these modules belong to, which have to go with any copy of them.
 * @param {readonly string[]} modules paths of files
 */
export function noticesOf(modules) {
  const folders = new Set(
    modules.flatMap((module) => /.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module) ?? []),
  );
  const head = '# Third-party notices\n\nThe programs in this folder contain these packages.\n';
  return [head, ...[...folders].sort().map(notice)].join('\n');
}

/** @param {string} folder */
function notice(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `## ${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
