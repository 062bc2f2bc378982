import type { Route } from '../http/route.ts';
import { activityRoutes } from './activities.ts';
import { commentRoutes } from './comments.ts';
import { issueRoutes } from './issues.ts';
import { projectRoutes } from './projects.ts';
import { spaceRoutes } from './space.ts';
import { userRoutes } from './users.ts';

/** Everything that is served; the first route that fits a path answers it. */
export const ROUTES: readonly Route[] = [
  ...spaceRoutes,
  ...userRoutes,
  ...projectRoutes,
  ...activityRoutes,
  ...issueRoutes,
  ...commentRoutes,
];
