import type { createConnection } from 'mysql2/promise';
import { EnvironmentError } from '../../runtime/errors.ts';

/** Loads the driver, which is an optional dependency, only when a MySQL or MariaDB database is really used. */
export async function loadDriver(): Promise<{ readonly createConnection: typeof createConnection }> {
  try {
    return await import('mysql2/promise');
  } catch (cause) {
    throw new EnvironmentError({
      code: 'mysql.driver-missing',
      text: {
        en: 'MySQL and MariaDB need the package mysql2, which is not installed.',
        ja: 'MySQL と MariaDB を使うためのパッケージ mysql2 がインストールされていません。',
      },
      hint: { en: 'Run: npm install mysql2', ja: '次を実行してください: npm install mysql2' },
      cause,
    });
  }
}
