import { basename, extname } from 'node:path';
import { parseAddress } from '../../backlog/address.ts';
import type { JobFile } from '../../replicate/job-file.ts';
import type { Logger } from '../../runtime/log.ts';
import type { Text } from '../../runtime/text.ts';

/**
 * What tells jobs apart for people: the host of the space, or the name of the job file where several read the same one.
 * Undefined where there is nothing to tell apart.
 */
export function jobLabels(jobs: readonly JobFile[]): readonly (string | undefined)[] {
  if (jobs.length === 1) return [undefined];
  const hosts = jobs.map(({ source }) => parseAddress(source.url).host);
  const files = jobs.map(({ path }) => basename(path, extname(path)));
  const names = areDifferent(hosts) ? hosts : files;
  return areDifferent(names) ? names : names.map((name, index) => `${name} (${index + 1})`);
}

function areDifferent(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

/** A log whose lines begin with the job that they are about. */
export function labelledLog(log: Logger, label: string | undefined): Logger {
  if (label === undefined) return log;
  const labelled = ({ en, ja }: Text): Text => ({ en: `${label}: ${en}`, ja: `${label}: ${ja}` });
  return {
    debug: (text) => log.debug(labelled(text)),
    info: (text) => log.info(labelled(text)),
    warning: (text) => log.warning(labelled(text)),
    error: (text) => log.error(labelled(text)),
  };
}
