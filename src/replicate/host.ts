import type { Environment } from './job/environment.ts';

/** The machine that a job file is read on. */
export interface Host {
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
}
