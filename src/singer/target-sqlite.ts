import { z } from 'zod';
import { sqlite } from '../dialects/sqlite/sqlite.ts';
import { setting } from '../runtime/setting-schema.ts';
import type { Host } from './host.ts';
import { runTarget, type Target } from './target-main.ts';
import { loadSettingsOf, loadSettingsShape } from './target-settings.ts';

const schema = z.object({
  database: setting(z.string().min(1), {
    en: 'Path of the database file; it is created if it is not there.',
    ja: 'データベースファイルのパス。存在しない場合は作成します。',
  }),
  ...loadSettingsShape,
});

export const targetSqlite: Target<typeof schema, { readonly database: string }> = {
  kind: 'target',
  name: 'target-sqlite',
  description: {
    en: 'Singer target for SQLite: loads any Singer stream into tables of a database file.',
    ja: 'Singer のストリームを SQLite のデータベースファイルに書き込むターゲット。',
  },
  environmentPrefix: 'TARGET_SQLITE',
  capabilities: ['about', 'activate-version', 'hard-delete', 'soft-delete', 'structured-logging'],
  schema,
  dialect: sqlite,
  connectionOf: ({ database }) => ({ database }),
  loadSettingsOf,
};

/** The whole of `target-sqlite`, to its exit code. */
export function targetSqliteMain(host: Host): Promise<number> {
  return runTarget(targetSqlite, host);
}
