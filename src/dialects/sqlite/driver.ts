import type Database from 'better-sqlite3';
import { EnvironmentError } from '../../runtime/errors.ts';

export type Connection = Database.Database;

/** Loads the driver, which is an optional dependency, only when a SQLite database is really used. */
export async function loadDriver(): Promise<typeof Database> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (cause) {
    throw new EnvironmentError({
      code: 'sqlite.driver-missing',
      text: {
        en: 'SQLite needs the package better-sqlite3, which is not installed or does not run here.',
        ja: 'SQLite を使うためのパッケージ better-sqlite3 がインストールされていないか、この環境で動作しません。',
      },
      hint: {
        en: 'Run: npm install better-sqlite3 (it needs Python, make and a C++ compiler where no ready-made build exists)',
        ja: '次を実行してください: npm install better-sqlite3（ビルド済みのものがない環境では Python、make、C++ コンパイラが必要です）',
      },
      cause,
    });
  }
}
