import { choose, dice } from './dice.ts';
import type { Scribe } from './scribe.ts';
import { phrasesIn } from './words.ts';

/** A tree of documents in each project, with comments and replies; some are in the trash. */
export function seedDocuments(scribe: Scribe, count: number): void {
  const newest = new Map<number, string>();
  for (let index = 0; index < count; index += 1) {
    const projectId = scribe.projectFor(index).record.id;
    const id = seedDocument(scribe, index, (index + 0.5) / count, newest.get(projectId) ?? null);
    if (index % 4 !== 3) newest.set(projectId, id);
  }
}

function seedDocument(scribe: Scribe, index: number, age: number, above: string | null): string {
  const { world, past, seed } = scribe;
  const { record, language } = scribe.projectFor(index);
  const roll = dice(seed, 2_000_000 + index);
  const words = phrasesIn(language);
  const author = (salt: number) => choose(record.memberIds, roll(salt));
  past.goTo(age * 0.7);
  const { id } = world.createDocument({
    projectId: record.id,
    title: `${choose(words.subjects, roll(0))} ${index + 1}`,
    plain: choose(words.sentences, roll(1)),
    emoji: roll(2) < 0.4 ? '📄' : null,
    parentId: roll(3) < 0.5 ? above : null,
    tags: roll(4) < 0.4 ? ['計画'] : [],
    createdUserId: author(5),
  });
  if (roll(6) < 0.3) world.addDocumentAttachment(id, { name: '計画 𠮷.pdf', size: 54_321 });
  past.goTo(age * 0.7 + 0.1);
  if (roll(7) < 0.4) world.updateDocument(id, { plain: choose(words.sentences, roll(8)) }, author(9));
  if (roll(10) < 0.4) seedComments(scribe, id, choose(words.replies, roll(11)), author(12));
  past.goTo(age * 0.7 + 0.2);
  if (index % 12 === 11) world.trashDocument(id);
  return id;
}

function seedComments({ world }: Scribe, id: string, plain: string, createdUserId: number): void {
  const comment = world.addDocumentComment(id, { plain, createdUserId });
  world.addDocumentReply(id, comment.id, { plain: '承知しました 🙇', createdUserId });
  world.addDocumentComment(id, { plain: 'Second thoughts.' });
}
