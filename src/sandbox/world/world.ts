import { type CommentMutations, commentMutations } from './comment-mutations.ts';
import { type IssueMutations, issueMutations } from './issue-mutations.ts';
import type { WorldData } from './world-data.ts';

/** What can be done to the world, as people do it on Backlog's pages. Each takes and gives plain data. */
export type Mutations = IssueMutations & CommentMutations;

/** The data to look at and the ways to change it. */
export type World = WorldData & Mutations;

export function mutationsOf(data: WorldData): Mutations {
  return { ...issueMutations(data), ...commentMutations(data) };
}
