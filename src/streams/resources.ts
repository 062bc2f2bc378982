import { activityResources } from './activities/activities.ts';
import { issues } from './issues/issues.ts';
import { projectResources } from './projects/projects.ts';
import type { Resource } from './resource.ts';
import { spaceResources } from './space.ts';

/** Everything that can be read, in the order in which it is read and shown. */
export const resources: readonly Resource[] = [...spaceResources, ...projectResources, issues, ...activityResources];
