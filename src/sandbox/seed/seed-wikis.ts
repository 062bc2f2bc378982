import { choose, dice } from './dice.ts';
import type { Scribe } from './scribe.ts';
import { seededFileId } from './seeded-issues.ts';
import { phrasesIn } from './words.ts';

const FOLDERS = ['Home', '議事録/', '設計/画面/', 'Guide/', 'Guide/Setup/'] as const;

const TAGS = ['設計', 'howto', '重要 🔖'] as const;

/** Pages in folders, some of them rewritten, tagged, starred or with files. */
export function seedWikis(scribe: Scribe, count: number): void {
  for (let index = 0; index < count; index += 1) seedWiki(scribe, index, (index + 0.5) / count);
}

function seedWiki(scribe: Scribe, index: number, age: number): void {
  const { world, past, seed } = scribe;
  const { record, language } = scribe.projectFor(index);
  const roll = dice(seed, 1_000_000 + index);
  const sentence = () => choose(phrasesIn(language).sentences, roll(2));
  const author = (salt: number) => choose(record.memberIds, roll(salt));
  past.goTo(age * 0.7);
  const folder = choose(FOLDERS, roll(0));
  const { id } = world.createWiki({
    projectId: record.id,
    name:
      folder === 'Home' && index < scribe.projectCount
        ? 'Home'
        : `${folder}${index + 1} ${choose(phrasesIn(language).subjects, roll(1))}`,
    content: `# ${record.name}\r\n\r\n${sentence()}`,
    tags: TAGS.filter((_, order) => roll(3 + order) < 0.3),
    createdUserId: author(6),
  });
  for (let version = 0; version < roll(7) * 4 - 1; version += 1) {
    past.goTo(age * 0.7 + 0.07 * (version + 1));
    world.updateWiki(
      id,
      { content: `# ${record.name}\r\n\r\n${sentence()}\r\n\r\n第${version + 2}版` },
      author(8 + version),
    );
  }
  if (roll(20) < 0.4) world.addWikiAttachment(id, { name: '構成図 (最終).png', size: 12_345 });
  if (roll(21) < 0.3) world.linkWikiFile(id, seededFileId(record.id));
  if (roll(22) < 0.4) world.starWiki(id, author(23));
}
