import { activityResources } from './activities/activities.ts';
import { documentResources } from './documents/documents.ts';
import { gitResources } from './git/git.ts';
import { issues } from './issues/issues.ts';
import { notifications } from './personal/notifications.ts';
import { recentlyViewedResources } from './personal/recently-viewed.ts';
import { watchings } from './personal/watchings.ts';
import { projectSettingResources } from './projects/project-settings.ts';
import { projectResources } from './projects/projects.ts';
import type { Resource } from './resource.ts';
import { sharedFiles } from './shared-files/shared-files.ts';
import { spacePlanResources } from './space/space-plan.ts';
import { spaceResources } from './space.ts';
import { teamResources } from './teams/teams.ts';
import { wikis } from './wikis/wikis.ts';

/** Everything that can be read, in the order in which it is read and shown. */
export const resources: readonly Resource[] = [
  ...spaceResources,
  ...spacePlanResources,
  ...projectResources,
  ...projectSettingResources,
  ...teamResources,
  issues,
  wikis,
  ...documentResources,
  ...gitResources,
  sharedFiles,
  ...activityResources,
  notifications,
  watchings,
  ...recentlyViewedResources,
];
