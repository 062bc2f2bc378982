import { ACTIVITY, type ActivityType } from './activity.ts';
import { found } from './lookup.ts';
import type { ProjectMasters, ProjectRecord, ProjectSettings } from './project.ts';
import { logActivity, now, projectOf, type WorldData } from './world-data.ts';

export interface NewProject {
  readonly projectKey: string;
  readonly name: string;
  readonly settings?: Partial<ProjectSettings>;
  readonly memberIds?: readonly number[];
  /** Copied from the space's first project if absent. */
  readonly masters?: Omit<ProjectMasters, 'customFields'>;
}

export interface ProjectChanges {
  readonly projectKey?: string;
  readonly name?: string;
  readonly settings?: Partial<ProjectSettings>;
  readonly administratorIds?: readonly number[];
}

export interface ProjectMutations {
  createProject(project: NewProject): ProjectRecord;
  /** Renames it, archives it, switches its wiki, documents, files or git on and off. */
  updateProject(id: number, changes: ProjectChanges): ProjectRecord;
  deleteProject(id: number): void;
  joinProject(id: number, userId: number): ProjectRecord;
  /** The user sees nothing of the project any more. */
  leaveProject(id: number, userId: number): ProjectRecord;
  addProjectTeam(id: number, teamId: number): ProjectRecord;
  removeProjectTeam(id: number, teamId: number): ProjectRecord;
}

export function projectMutations(data: WorldData): ProjectMutations {
  return {
    createProject: (project) => createProject(data, project),
    updateProject: (id, { settings, ...changes }) => {
      const project = projectOf(data, id);
      return save(data, { ...project, ...changes, settings: { ...project.settings, ...settings } });
    },
    deleteProject: (id) => deleteProject(data, id),
    joinProject: (id, userId) => {
      const project = projectOf(data, id);
      tellOfUser(data, ACTIVITY.userJoined, id, userId);
      return save(data, { ...project, memberIds: [...new Set([...project.memberIds, userId])] });
    },
    leaveProject: (id, userId) => {
      const { memberIds, administratorIds, ...project } = projectOf(data, id);
      tellOfUser(data, ACTIVITY.userLeft, id, userId);
      const others = (ids: readonly number[]) => ids.filter((each) => each !== userId);
      return save(data, { ...project, memberIds: others(memberIds), administratorIds: others(administratorIds) });
    },
    addProjectTeam: (id, teamId) => {
      const project = projectOf(data, id);
      tellOfTeam(data, ACTIVITY.teamJoined, id, teamId);
      return save(data, { ...project, teamIds: [...new Set([...project.teamIds, teamId])] });
    },
    removeProjectTeam: (id, teamId) => {
      const project = projectOf(data, id);
      tellOfTeam(data, ACTIVITY.teamLeft, id, teamId);
      return save(data, { ...project, teamIds: project.teamIds.filter((each) => each !== teamId) });
    },
  };
}

function save(data: WorldData, project: ProjectRecord): ProjectRecord {
  data.projects.set(project.id, project);
  return project;
}

function createProject(data: WorldData, given: NewProject): ProjectRecord {
  const [model] = data.projects.values();
  if (model === undefined) throw new RangeError('no project to take the settings from');
  const id = data.ids.next('project');
  const masters = given.masters ?? found(data.masters, model.id, 'project');
  data.masters.set(id, ownMasters(data, id, masters));
  return save(data, {
    id,
    projectKey: given.projectKey,
    name: given.name,
    settings: { ...model.settings, archived: false, ...given.settings },
    memberIds: given.memberIds ?? [data.space.ownerId],
    administratorIds: [data.space.ownerId],
    teamIds: [],
  });
}

/** The same names under new ids; statuses 1 to 4 keep theirs, as in every project. */
function ownMasters(data: WorldData, projectId: number, masters: NonNullable<NewProject['masters']>): ProjectMasters {
  const { statuses, issueTypes, categories, versions } = masters;
  return {
    statuses: statuses.map((status) => ({
      ...status,
      projectId,
      id: status.id > 4 ? data.ids.next('status') : status.id,
    })),
    issueTypes: issueTypes.map((type) => ({ ...type, projectId, id: data.ids.next('issueType') })),
    categories: categories.map((category) => ({ ...category, projectId, id: data.ids.next('category') })),
    versions: versions.map((version) => ({ ...version, projectId, id: data.ids.next('version') })),
    customFields: [],
  };
}

/** With all that is in it. No activity is left to tell of it, as they go too. */
function deleteProject(data: WorldData, id: number): void {
  projectOf(data, id);
  for (const { id: issueId, projectId } of [...data.issues.heads()]) if (projectId === id) data.issues.delete(issueId);
  const numbered = [
    data.sharedFiles,
    data.wikis,
    data.repositories,
    data.pullRequests,
    data.webhooks,
    data.notifications,
  ];
  for (const store of numbered) deleteOf<number>(store, id);
  deleteOf(data.documents, id);
  for (const watching of [...data.watchings.values()])
    if (data.issues.get(watching.issueId) === undefined) data.watchings.delete(watching.id);
  data.masters.delete(id);
  data.projects.delete(id);
}

function deleteOf<Key extends string | number>(
  store: Map<Key, { readonly id: Key; readonly projectId: number }>,
  projectId: number,
): void {
  for (const record of [...store.values()]) if (record.projectId === projectId) store.delete(record.id);
}

function tellOfUser(data: WorldData, type: ActivityType, projectId: number, userId: number): void {
  const { id, name } = found(data.users, userId, 'user');
  const content = { users: [{ id, name }], group_project_activities: [], comment: '' };
  logActivity(data, { projectId, type, content, createdUserId: data.space.ownerId, created: now(data) });
}

function tellOfTeam(data: WorldData, type: ActivityType, projectId: number, teamId: number): void {
  const { id, name } = found(data.teams, teamId, 'team');
  const content = { parties: [{ id, name }] };
  logActivity(data, { projectId, type, content, createdUserId: data.space.ownerId, created: now(data) });
}
