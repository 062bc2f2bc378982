import type pg from 'pg';
import type * as CopyStreams from 'pg-copy-streams';
import { EnvironmentError } from '../../runtime/errors.ts';

export interface Driver {
  readonly Client: typeof pg.Client;
  readonly copyFrom: typeof CopyStreams.from;
}

/** Loads the driver, which is an optional dependency, only when a PostgreSQL database is really used. */
export async function loadDriver(): Promise<Driver> {
  try {
    const [client, streams] = await Promise.all([import('pg'), import('pg-copy-streams')]);
    return { Client: client.default.Client, copyFrom: streams.from };
  } catch (cause) {
    throw new EnvironmentError({
      code: 'postgres.driver-missing',
      text: {
        en: 'PostgreSQL needs the packages pg and pg-copy-streams, which are not installed.',
        ja: 'PostgreSQL を使うためのパッケージ pg と pg-copy-streams がインストールされていません。',
      },
      hint: {
        en: 'Run: npm install pg pg-copy-streams',
        ja: '次を実行してください: npm install pg pg-copy-streams',
      },
      cause,
    });
  }
}
