import { authored, NONE } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const projectExpectations: Expectations = {
  project_shared_files: (world) =>
    [...world.sharedFiles.values()].map((file) => ({
      ...{ id: file.id, project_id: file.projectId, type: file.type, dir: file.dir, name: file.name, size: file.size },
      ...authored(world, file),
      ...NONE,
    })),
  project_webhooks: (world) =>
    [...world.webhooks.values()].map((webhook) => ({
      ...{ id: webhook.id, project_id: webhook.projectId, name: webhook.name, description: webhook.description },
      ...{ hook_url: webhook.hookUrl, all_event: webhook.allEvent },
      activity_type_ids: [...webhook.activityTypeIds],
      ...authored(world, webhook),
      ...NONE,
    })),
};
