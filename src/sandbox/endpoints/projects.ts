import { customFieldBody, projectBody, versionBody } from '../bodies/project-body.ts';
import { people } from '../bodies/user-body.ts';
import type { Body } from '../bodies/view.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { ProjectMasters, ProjectRecord } from '../world/project.ts';
import { ROLE } from '../world/records.ts';
import { mastersOf } from '../world/world-data.ts';
import { joinedProjects, membersOf, projectAt } from './access.ts';
import { picture } from './binaries.ts';
import { requireLicence } from './features.ts';

export const projectRoutes = [
  read('/projects', (request) => listProjects(request).map(projectBody)),
  read('/projects/:project', (request) => projectBody(projectAt(request))),
  read('/projects/:project/image', (request) => picture(`project_${projectAt(request).id}.png`)),
  read('/projects/:project/statuses', (request) => masters(request).statuses),
  read('/projects/:project/issueTypes', (request) => masters(request).issueTypes),
  read('/projects/:project/categories', (request) => masters(request).categories),
  read('/projects/:project/versions', (request) => masters(request).versions.map(versionBody)),
  read('/projects/:project/customFields', (request) => {
    requireLicence(request, 'attribute');
    return masters(request).customFields.map(customFieldBody);
  }),
  read('/projects/:project/users', listMembers),
  read('/projects/:project/administrators', (request) => people(request, projectAt(request).administratorIds)),
];

function listProjects(request: ApiRequest): readonly ProjectRecord[] {
  const all = request.query.flag('all') === true && request.viewer.roleType === ROLE.administrator;
  const archived = request.query.flag('archived');
  const projects = all ? [...request.data.projects.values()] : joinedProjects(request);
  return projects.filter(({ settings }) => archived === undefined || settings.archived === archived);
}

function listMembers(request: ApiRequest): readonly Body[] {
  const project = projectAt(request);
  const alone = request.query.flag('excludeGroupMembers') === true;
  return people(request, alone ? project.memberIds : membersOf(request.data, project));
}

function masters(request: ApiRequest): ProjectMasters {
  return mastersOf(request.data, projectAt(request).id);
}
