import { packageVersion } from '../runtime/package-version.ts';

/** Tells Nulab who is calling, as `backlog-sync/1.2.3 (+node v20.19.0)`. */
export function describeUserAgent(): string {
  return `backlog-sync/${packageVersion()} (+node ${process.version})`;
}
