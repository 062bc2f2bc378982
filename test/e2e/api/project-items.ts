import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, items, without } from './items.ts';
import { activities, membersOf } from './space-items.ts';

export const projectItems: ItemSources = {
  Projects: async (api) => items(await api.projects()),
  ProjectStatuses: listed('statuses'),
  ProjectIssueTypes: listed('issueTypes'),
  ProjectCategories: listed('categories'),
  ProjectVersionMilestones: listed('versions'),
  ProjectCustomFields: perProject(async (api, { id }) =>
    items((await api.list(`/projects/${id}/customFields`)).map(fieldRow), { projectId: id }),
  ),
  ProjectCustomFieldItems: perProject(async (api, { id }) =>
    (await api.list(`/projects/${id}/customFields`)).flatMap((field) =>
      items(inside(field, 'items'), { projectId: id, customFieldId: field.id }),
    ),
  ),
  ProjectUsers: people('users'),
  ProjectAdministrators: people('administrators'),
  ProjectTeams: perProject(async (api, { id }) =>
    items(
      (await api.list(`/projects/${id}/teams`)).map((team) => without(team, 'members')),
      { projectId: id },
    ),
  ),
  ProjectTeamMembers: perProject(async (api, { id }) =>
    (await api.list(`/projects/${id}/teams`)).flatMap((team) => membersOf(team, { projectId: id })),
  ),
  ProjectWebhooks: listed('webhooks'),
  ProjectDiskUsage: perProject(async (api, { id }) => items([await api.get(`/projects/${id}/diskUsage`)])),
  ProjectSharedFiles: perProject(async (api, { id }) => items(await filesBelow(api, id, ''))),
  ProjectRecentUpdates: perProject(async (api, { id }) =>
    items(activities(await api.allById(`/projects/${id}/activities`))),
  ),
};

export function perProject(find: (api: Api, project: Body) => Promise<readonly Item[]>) {
  return async (api: Api) => each(await api.projects(), (project) => find(api, project));
}

function listed(path: string) {
  return perProject(async (api, { id }) => items(await api.list(`/projects/${id}/${path}`), { projectId: id }));
}

function people(path: string) {
  return perProject(async (api, { id }) => {
    const found = await api.list(`/projects/${id}/${path}`);
    return items(
      found.map((person) => without(person, 'nulabAccount', 'keyword')),
      { projectId: id },
    );
  });
}

const DATE_FIELD = 4;

/** The bounds of dates have columns of their own, beside those of numbers. */
function fieldRow(field: Body): Body {
  const { min, max, items: _, ...rest } = field;
  return field.typeId === DATE_FIELD ? { ...rest, minDate: min, maxDate: max } : { ...rest, min, max };
}

async function filesBelow(api: Api, projectId: unknown, path: string): Promise<readonly Body[]> {
  const here = await api.list(`/projects/${projectId}/files/metadata/${encodeURI(path)}`, { count: 1000 });
  const directories = here.filter(({ type }) => type === 'directory');
  return [...here, ...(await each(directories, ({ name }) => filesBelow(api, projectId, `${path}${name}/`)))];
}
