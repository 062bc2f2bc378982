import type { Row } from '../../src/message/value.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { activityExpectations } from './expected-activities.ts';
import { documentExpectations } from './expected-documents.ts';
import { gitExpectations } from './expected-git.ts';
import { issueListExpectations } from './expected-issue-lists.ts';
import { peopleExpectations } from './expected-people.ts';
import { personalExpectations } from './expected-personal.ts';
import { projectExpectations } from './expected-projects.ts';
import { spaceExpectations } from './expected-space.ts';
import { wikiExpectations } from './expected-wikis.ts';

/** What must stand in a table, in any order, worked out from what the sandbox remembers. */
export type Expectations = Readonly<Record<string, (world: World) => readonly Row[]>>;

export const FAMILY_EXPECTATIONS: Expectations = {
  ...spaceExpectations,
  ...peopleExpectations,
  ...projectExpectations,
  ...wikiExpectations,
  ...documentExpectations,
  ...issueListExpectations,
  ...gitExpectations,
  ...activityExpectations,
  ...personalExpectations,
};
