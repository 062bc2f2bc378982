import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, stamp, touch } from './authorship.ts';
import type { Repository } from './git.ts';
import { found } from './lookup.ts';
import { logActivity, now, type WorldData } from './world-data.ts';

export interface NewRepository extends Authorship {
  readonly projectId: number;
  readonly name: string;
  readonly description?: string | null;
}

export interface Revision {
  readonly rev: string;
  readonly comment: string;
}

export interface GitMutations {
  createRepository(repository: NewRepository): Repository;
  /** Together with its pull requests; the feed says nothing. */
  deleteRepository(id: number): void;
  pushCommits(repositoryId: number, revisions: readonly Revision[], ref?: string): Repository;
  commitSubversion(projectId: number, revision: number, comment: string): void;
}

export function gitMutations(data: WorldData): GitMutations {
  return {
    createRepository: (repository) => createRepository(data, repository),
    deleteRepository: (id) => {
      found(data.repositories, id, 'repository');
      data.repositories.delete(id);
      for (const pull of [...data.pullRequests.values()])
        if (pull.repositoryId === id) data.pullRequests.delete(pull.id);
    },
    pushCommits: (id, revisions, ref = 'refs/heads/main') => pushCommits(data, id, revisions, ref),
    commitSubversion: (projectId, rev, comment) => {
      const { createdUserId, created } = stamp(data, {});
      const type = ACTIVITY.subversionCommitted;
      logActivity(data, { projectId, type, content: { rev, comment }, createdUserId, created });
    },
  };
}

/** How activities speak of a repository. */
export function repositoryMention({ id, name, description }: Repository) {
  return { id, name, description };
}

function createRepository(
  data: WorldData,
  { projectId, name, description = null, ...authorship }: NewRepository,
): Repository {
  const id = data.ids.next('repository');
  const author = stamp(data, authorship);
  const repository = { id, projectId, name, description, displayOrder: id, lastNumber: 0, pushedAt: null, ...author };
  data.repositories.set(id, repository);
  if (authorship.created === undefined) tell(data, ACTIVITY.repositoryCreated, repository, {});
  return repository;
}

function pushCommits(data: WorldData, id: number, revisions: readonly Revision[], ref: string): Repository {
  const before = found(data.repositories, id, 'repository');
  const repository = { ...before, ...touch(data, undefined), pushedAt: now(data) };
  data.repositories.set(id, repository);
  tell(data, ACTIVITY.gitPushed, repository, {
    change_type: 'update',
    revision_type: 'commit',
    ref,
    revision_count: revisions.length,
    revisions,
  });
  return repository;
}

function tell(
  data: WorldData,
  type: ActivityType,
  repository: Repository,
  more: Readonly<Record<string, unknown>>,
): void {
  const content = { repository: repositoryMention(repository), ...more };
  const { projectId, updatedUserId: createdUserId, updated: created } = repository;
  logActivity(data, { projectId, type, content, createdUserId, created });
}
