import { listResource, projectList } from '../list-resource.ts';
import type { Resource } from '../resource.ts';
import type { ApiObject } from '../stream.ts';

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-project-administrators/ */
const administrators = projectList('administrators', [
  { name: 'project_administrators', selectedByDefault: true, elsewhere: ['nulabAccount', 'keyword'] },
]);

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-webhooks/; for administrators and project administrators. */
const webhooks = projectList('webhooks', [{ name: 'project_webhooks', selectedByDefault: false }]);

/** https://developer.nulab.com/docs/backlog/api/2/get-project-disk-usage/; for administrators. */
const diskUsage = listResource({
  name: 'project_disk_usage',
  sliceBy: 'project',
  streams: [{ name: 'project_disk_usage', selectedByDefault: false }],
  list: async (reader, { id }) => [await reader.get<ApiObject>(`/projects/${id}/diskUsage`)],
});

export const projectSettingResources: readonly Resource[] = [administrators, webhooks, diskUsage];
