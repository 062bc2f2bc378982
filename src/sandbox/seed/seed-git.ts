import type { PullRequest } from '../world/git.ts';
import { choose, dice } from './dice.ts';
import type { Scribe } from './scribe.ts';
import { phrasesIn } from './words.ts';

/** Two repositories in each project; the first has the pull requests. */
export function seedGit(scribe: Scribe, pullRequests: number): void {
  const { world, past } = scribe;
  const repositories = Array.from({ length: scribe.projectCount }, (_, index) => {
    const projectId = scribe.projectFor(index).record.id;
    past.goTo(0.02);
    const { id } = world.createRepository({ projectId, name: 'app', description: '本体 / main' });
    world.createRepository({ projectId, name: 'infra-tools' });
    return id;
  });
  for (let index = 0; index < pullRequests; index += 1) {
    const repositoryId = repositories[index % repositories.length];
    if (repositoryId !== undefined) seedPullRequest(scribe, index, (index + 0.5) / pullRequests, repositoryId);
  }
}

function seedPullRequest(scribe: Scribe, index: number, age: number, repositoryId: number): void {
  const { world, past, seed } = scribe;
  const { record, language } = scribe.projectFor(index);
  const roll = dice(seed, 3_000_000 + index);
  const words = phrasesIn(language);
  const author = (salt: number) => choose(record.memberIds, roll(salt));
  past.goTo(0.05 + age * 0.7);
  const issueId = world.issues.idOfKey(record.id, 1 + Math.floor(roll(0) * 20)) ?? null;
  world.pushCommits(repositoryId, [{ rev: `${index}`.padStart(40, 'a'), comment: choose(words.replies, roll(1)) }]);
  const { id } = world.createPullRequest({
    repositoryId,
    summary: choose(words.subjects, roll(2)) + choose(words.tasks, roll(3)),
    description: choose(words.sentences, roll(4)),
    assigneeId: roll(5) < 0.7 ? author(6) : null,
    issueId: roll(7) < 0.6 ? issueId : null,
    createdUserId: author(8),
  });
  if (roll(9) < 0.3) world.addPullRequestAttachment(id, { name: 'before & after.png', size: 23_456 });
  past.goTo(0.07 + age * 0.7);
  seedComments(scribe, id, roll, author, words.replies);
  past.goTo(0.1 + age * 0.7);
  const end = roll(30);
  if (end < 0.5) world.updatePullRequest(id, { statusId: 3 }, author(31));
  else if (end < 0.7) world.updatePullRequest(id, { statusId: 2 }, author(31));
}

function seedComments(
  { world }: Scribe,
  id: PullRequest['id'],
  roll: (salt: number) => number,
  author: (salt: number) => number,
  replies: readonly string[],
): void {
  for (let comment = 0; comment < roll(10) * 4 - 1; comment += 1) {
    const inline = roll(20 + comment) < 0.4;
    world.addPullRequestComment(id, {
      content: choose(replies, roll(11 + comment)),
      createdUserId: author(14 + comment),
      ...(inline && { place: { oldBlobId: null, newBlobId: '9f9f', filePath: 'src/画面.ts', position: 14 } }),
      ...(comment === 0 && { notifiedUserIds: [author(18)] }),
    });
  }
  if (roll(19) < 0.2) world.starPullRequest(id, author(18));
}
