import type { World } from '../../src/sandbox/world/world.ts';

/** Adds what the seed has none of: related issues, and stars on comments of pull requests. */
export function enrichFamilies(world: World): void {
  const [one, other] = [...world.issues.heads()];
  const pull = [...world.pullRequests.values()].find(({ comments }) => comments.length > 0);
  if (!one || !other || !pull) throw new Error('the seed has too little');
  world.relateIssues(one.id, other.id);
  const star = world.starPullRequest(pull.id);
  const [first, ...rest] = pull.comments;
  const comments = first ? [{ ...first, stars: [{ ...star, id: star.id + 1 }] }, ...rest] : [];
  world.pullRequests.set(pull.id, { ...pull, comments });
}
