import type { View } from '../bodies/view.ts';
import { noSuch, refused } from '../http/api-error.ts';
import type { ApiRequest } from '../http/route.ts';
import type { IssueHistory } from '../world/issue.ts';
import type { ProjectRecord } from '../world/project.ts';
import { ROLE } from '../world/records.ts';
import type { WorldData } from '../world/world-data.ts';

/** Who may see what. What somebody may not see does not exist for him (code 6); what he may not do is refused (code 5). */
export function isJoined({ data, viewer }: View, project: ProjectRecord): boolean {
  return membersOf(data, project).includes(viewer.id);
}

/** By themselves or by a team. */
export function membersOf({ teams }: WorldData, { memberIds, teamIds }: ProjectRecord): readonly number[] {
  return [...memberIds, ...teamIds.flatMap((id) => teams.get(id)?.memberIds ?? [])];
}

export function joinedProjects(view: View): readonly ProjectRecord[] {
  return [...view.data.projects.values()].filter((project) => isJoined(view, project));
}

/** The project that the request names by id or key. */
export function projectAt(request: ApiRequest, idOrKey = request.path.project): ProjectRecord {
  const project = findProject(request, idOrKey ?? '');
  if (project === undefined || !isJoined(request, project)) throw noSuch('project');
  return project;
}

function findProject({ data }: View, idOrKey: string): ProjectRecord | undefined {
  if (/^\d+$/.test(idOrKey)) return data.projects.get(Number(idOrKey));
  return [...data.projects.values()].find(({ projectKey }) => projectKey === idOrKey);
}

/** The issue that the request names by id or key, with its comments. */
export function issueAt(request: ApiRequest): IssueHistory {
  const id = issueId(request, request.path.issue ?? '');
  const history = id === undefined ? undefined : request.data.issues.history(id);
  const project = history && request.data.projects.get(history.issue.projectId);
  if (history === undefined || project === undefined || !isJoined(request, project)) throw noSuch('issue');
  return history;
}

function issueId(request: ApiRequest, idOrKey: string): number | undefined {
  if (/^\d+$/.test(idOrKey)) return Number(idOrKey);
  const [, key, number] = /^(.+)-(\d+)$/.exec(idOrKey) ?? [];
  const project = key === undefined ? undefined : findProject(request, key);
  return project && request.data.issues.idOfKey(project.id, Number(number));
}

/** A number in the path; what is none names nothing. */
export function idAt({ path }: ApiRequest, name: string): number {
  const text = path[name] ?? '';
  if (!/^\d+$/.test(text)) throw noSuch(name);
  return Number(text);
}

export function existing<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw noSuch(what);
  return found;
}

export function requireAdministrator({ viewer }: View): void {
  if (viewer.roleType !== ROLE.administrator) throw refused();
}

/** Administrators of the space, or of the project; of any project where none is named. */
export function requireProjectAdministrator({ viewer, data }: View, project?: ProjectRecord): void {
  const projects = project === undefined ? [...data.projects.values()] : [project];
  const leads = projects.some(({ administratorIds }) => administratorIds.includes(viewer.id));
  if (viewer.roleType !== ROLE.administrator && !leads) throw refused();
}
