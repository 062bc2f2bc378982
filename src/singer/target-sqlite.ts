import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type SqliteSettings, sqlite } from '../dialects/sqlite/sqlite.ts';
import { setting } from '../runtime/setting-schema.ts';
import type { Text } from '../runtime/text.ts';
import type { Host } from './host.ts';
import { type Connected, runTarget, type Target } from './target-main.ts';
import { loadSettingsOf, loadSettingsShape, TARGET_CAPABILITIES } from './target-settings.ts';

const schema = z.object({
  database: setting(z.string().min(1), {
    en: 'Path of the database file; it is created if it is not there.',
    ja: 'データベースファイルのパス。存在しない場合は作成します。',
  }),
  ...loadSettingsShape,
});

export const targetSqlite: Target<typeof schema> = {
  kind: 'target',
  name: 'target-sqlite',
  description: {
    en: 'Singer target for SQLite: loads any Singer stream into tables of a database file.',
    ja: 'Singer のストリームを SQLite のデータベースファイルに書き込むターゲット。',
  },
  environmentPrefix: 'TARGET_SQLITE',
  capabilities: TARGET_CAPABILITIES,
  schema,
  dialect: sqlite,
  connect: ({ database }) => connect({ database }),
  connectToLook: async ({ database }) => (existsSync(database) ? connect({ database, looksOnly: true }) : undefined),
  loadSettingsOf: (config) => loadSettingsOf(config, undefined),
  noticesOf: ({ default_target_schema: name }) => (name === undefined ? [] : [withoutSchemas(name)]),
};

async function connect(settings: SqliteSettings): Promise<Connected> {
  const session = await sqlite.connect(settings);
  return { session, close: () => session[Symbol.asyncDispose]() };
}

function withoutSchemas(name: string): Text {
  return {
    en: `SQLite has no schemas: default_target_schema ("${name}") has no effect`,
    ja: `SQLite にはスキーマがないため、default_target_schema（"${name}"）は使われません`,
  };
}

/** The whole of `target-sqlite`, to its exit code. */
export function targetSqliteMain(host: Host): Promise<number> {
  return runTarget(targetSqlite, host);
}
