import { type BulkMutations, bulkMutations } from './bulk-mutations.ts';
import { type CommentMutations, commentMutations } from './comment-mutations.ts';
import { type DocumentCommentMutations, documentCommentMutations } from './document-comment-mutations.ts';
import { type DocumentMutations, documentMutations } from './document-mutations.ts';
import { type GitMutations, gitMutations } from './git-mutations.ts';
import { type IssueFileMutations, issueFileMutations } from './issue-file-mutations.ts';
import { type IssueMutations, issueMutations } from './issue-mutations.ts';
import { type MasterMutations, masterMutations } from './master-mutations.ts';
import { type PeopleMutations, peopleMutations } from './people-mutations.ts';
import { type PersonalMutations, personalMutations } from './personal-mutations.ts';
import { type ProjectMutations, projectMutations } from './project-mutations.ts';
import { type PullRequestMutations, pullRequestMutations } from './pull-request-mutations.ts';
import { type SharedFileMutations, sharedFileMutations } from './shared-file-mutations.ts';
import { type SpaceMutations, spaceMutations } from './space-mutations.ts';
import { type WikiMutations, wikiMutations } from './wiki-mutations.ts';
import type { WorldData } from './world-data.ts';

/** What can be done to the world, as people do it on Backlog's pages. Each takes and gives plain data. */
export type Mutations = IssueMutations &
  CommentMutations &
  IssueFileMutations &
  BulkMutations &
  MasterMutations &
  ProjectMutations &
  PeopleMutations &
  WikiMutations &
  DocumentMutations &
  DocumentCommentMutations &
  GitMutations &
  PullRequestMutations &
  SharedFileMutations &
  PersonalMutations &
  SpaceMutations;

/** The data to look at and the ways to change it. */
export type World = WorldData & Mutations;

export function mutationsOf(data: WorldData): Mutations {
  return {
    ...issueMutations(data),
    ...commentMutations(data),
    ...issueFileMutations(data),
    ...bulkMutations(data),
    ...masterMutations(data),
    ...projectMutations(data),
    ...peopleMutations(data),
    ...wikiMutations(data),
    ...documentMutations(data),
    ...documentCommentMutations(data),
    ...gitMutations(data),
    ...pullRequestMutations(data),
    ...sharedFileMutations(data),
    ...personalMutations(data),
    ...spaceMutations(data),
  };
}
