import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, items, numbered, withIdsAlone, without } from './items.ts';
import { perProject } from './project-items.ts';

export const gitItems: ItemSources = {
  Repositories: perProject(async (api, { id }) => items(await api.list(`/projects/${id}/git/repositories`))),
  PullRequests: perPull(async (pull) => items([withIdsAlone(without(pull, 'attachments', 'stars'), 'issue')])),
  PullRequestStars: perPull(async (pull) => items(inside(pull, 'stars'), parents(pull))),
  PullRequestAttachments: perPull(async (pull) => items(inside(pull, 'attachments'), parents(pull))),
  PullRequestComments: perComment((comment, pull) => [
    { body: without(comment, 'changeLog', 'stars', 'notifications'), parents: parents(pull) },
  ]),
  PullRequestCommentChangeLog: perComment((comment, pull) =>
    numbered(inside(comment, 'changeLog'), { ...parents(pull), commentId: comment.id }),
  ),
  PullRequestCommentStars: perComment((comment, pull) =>
    items(inside(comment, 'stars'), { ...parents(pull), commentId: comment.id }),
  ),
  PullRequestCommentNotifications: perComment((comment, pull) =>
    items(inside(comment, 'notifications'), { ...parents(pull), commentId: comment.id }),
  ),
};

async function pullsWithPaths(api: Api): Promise<readonly { readonly path: string; readonly pull: Body }[]> {
  return each(await api.projects(), async ({ id }) =>
    each(await api.list(`/projects/${id}/git/repositories`), async (repository) => {
      const path = `/projects/${id}/git/repositories/${repository.id}/pullRequests`;
      return (await api.all(path)).map((pull) => ({ path: `${path}/${pull.number}`, pull }));
    }),
  );
}

function perPull(rows: (pull: Body) => Promise<readonly Item[]>) {
  return async (api: Api) => each(await pullsWithPaths(api), ({ pull }) => rows(pull));
}

function perComment(rows: (comment: Body, pull: Body) => readonly Item[]) {
  return async (api: Api) =>
    each(await pullsWithPaths(api), async ({ path, pull }) =>
      (await api.allById(`${path}/comments`)).flatMap((comment) => rows(comment, pull)),
    );
}

function parents({ id, projectId, repositoryId, number }: Body): Body {
  return { pullRequestId: id, pullRequestNumber: number, projectId, repositoryId };
}
