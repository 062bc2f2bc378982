import { exactly } from '../estimates.ts';
import { listResource, projectList } from '../list-resource.ts';
import type { Resource } from '../resource.ts';
import type { Stream } from '../stream.ts';
import { customFieldItems, customFields } from './custom-fields.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-project-list/; archived projects are among them. */
const projects: Resource = {
  ...listResource({
    name: 'projects',
    sliceBy: 'space',
    streams: [{ name: 'projects', selectedByDefault: true }],
    list: (reader) => reader.projects(),
  }),
  itemsAreProjects: true,
};

const statuses = projectList('statuses', [{ name: 'project_statuses', selectedByDefault: true }]);

const issueTypes = projectList('issueTypes', [{ name: 'project_issue_types', selectedByDefault: true }]);

const categories = projectList('categories', [{ name: 'project_categories', selectedByDefault: true }]);

const versions = projectList('versions', [{ name: 'project_version_milestones', selectedByDefault: true }]);

/** https://developer.nulab.com/docs/backlog/api/2/get-custom-field-list/ */
const fields: Resource = {
  ...listResource({
    name: customFields.name,
    sliceBy: 'project',
    streams: [customFields, customFieldItems] as readonly Stream[],
    list: (reader, { id }) => reader.customFields(id),
  }),
  estimate: async (reader, { id }) => exactly({ read: reader.knowsCustomFields(id) ? 0 : 1 }),
};

const members = projectList('users', [
  { name: 'project_users', selectedByDefault: true, elsewhere: ['nulabAccount', 'keyword'] },
]);

export const projectResources: readonly Resource[] = [
  projects,
  statuses,
  issueTypes,
  categories,
  versions,
  fields,
  members,
];
