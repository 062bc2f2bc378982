import { readFileSync } from 'node:fs';

/** Tells Nulab who is calling, as `backlog-sync/1.2.3 (+node v20.19.0)`. */
export function describeUserAgent(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return `backlog-sync/${version} (+node ${process.version})`;
}
