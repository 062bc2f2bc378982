// @ts-check
/** docs/reference/settings.md and its Japanese twin: what `--about --format markdown` says of each Singer program. */
import { formatAbout } from '../dist/singer/about.js';
import { tapBacklog } from '../dist/singer/tap-main.js';
import { targetMysql } from '../dist/singer/target-mysql.js';
import { targetPostgres } from '../dist/singer/target-postgres.js';
import { targetSqlite } from '../dist/singer/target-sqlite.js';
import { emit } from './generated-file.js';

const PROGRAMS = [tapBacklog, targetSqlite, targetPostgres, targetMysql];

const HEADS = {
  en: 'Every setting may stand in the file given with `--config` or in the environment; a file wins over the environment.',
  ja: '各設定は `--config` で渡すファイルまたは環境変数で指定します。両方にある場合はファイルが優先されます。',
};

for (const language of /** @type {const} */ (['en', 'ja'])) {
  const pages = PROGRAMS.map((program) => formatAbout(program, '', language, 'markdown'));
  const name = language === 'en' ? 'settings.md' : 'settings.ja.md';
  emit(`docs/reference/${name}`, `${HEADS[language]}\n\n${pages.join('\n').replaceAll(/` \n/g, '`\n')}`);
}
