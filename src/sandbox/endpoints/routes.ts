import type { Route } from '../http/route.ts';
import { activityRoutes } from './activities.ts';
import { commentRoutes } from './comments.ts';
import { diskUsageRoutes } from './disk-usage.ts';
import { documentRoutes } from './documents.ts';
import { gitRoutes } from './git.ts';
import { issueRoutes } from './issues.ts';
import { notificationRoutes } from './notifications.ts';
import { personalRoutes } from './personal-lists.ts';
import { projectRoutes } from './projects.ts';
import { sharedFileRoutes } from './shared-files.ts';
import { spaceRoutes } from './space.ts';
import { starRoutes } from './stars.ts';
import { teamRoutes } from './teams.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';
import { wikiRoutes } from './wikis.ts';

/** Everything that is served; the first route that fits a path answers it. */
export const ROUTES: readonly Route[] = [
  ...spaceRoutes,
  ...diskUsageRoutes,
  ...userRoutes,
  ...starRoutes,
  ...personalRoutes,
  ...notificationRoutes,
  ...teamRoutes,
  ...projectRoutes,
  ...webhookRoutes,
  ...sharedFileRoutes,
  ...gitRoutes,
  ...activityRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...wikiRoutes,
  ...documentRoutes,
];
