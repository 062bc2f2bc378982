import { instant } from '../bodies/instant.ts';
import { read } from '../http/route.ts';
import { PRIORITIES, RESOLUTIONS } from '../world/change-log.ts';

export const spaceRoutes = [
  read('/space', ({ data: { space } }) => ({
    ...space,
    created: instant(space.created),
    updated: instant(space.updated),
  })),
  read('/priorities', () => PRIORITIES),
  read('/resolutions', () => RESOLUTIONS),
  read('/rateLimit', ({ rates }) => ({ rateLimit: rates })),
];
