import type { Row } from '../../src/message/value.ts';
import type { Team } from '../../src/sandbox/world/space.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { authored, member, NONE } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const peopleExpectations: Expectations = {
  teams: (world) => [...world.teams.values()].map((team) => teamRow(world, team)),
  team_members: (world) => [...world.teams.values()].flatMap((team) => memberRows(world, team)),
  project_teams: (world) =>
    joined(world).map(({ projectId, team }) => ({ project_id: projectId, ...teamRow(world, team) })),
  project_team_members: (world) =>
    joined(world).flatMap(({ projectId, team }) =>
      memberRows(world, team).map((row) => ({ project_id: projectId, ...row })),
    ),
  project_administrators: (world) =>
    [...world.projects.values()].flatMap(({ id, administratorIds }) =>
      people(world, administratorIds).map((row) => ({ project_id: id, ...row })),
    ),
};

function joined({ projects, teams }: World) {
  return [...projects.values()].flatMap(({ id, teamIds }) =>
    teamIds.flatMap((teamId) => {
      const team = teams.get(teamId);
      return team ? [{ projectId: id, team }] : [];
    }),
  );
}

function teamRow(world: World, team: Team): Row {
  return { id: team.id, name: team.name, display_order: team.displayOrder, ...authored(world, team), ...NONE };
}

function memberRows(world: World, { id, memberIds }: Team): readonly Row[] {
  return people(world, memberIds).map((row) => ({ team_id: id, ...row }));
}

function people({ users }: World, ids: readonly number[]): readonly Row[] {
  return ids.flatMap((id) => users.get(id) ?? []).map((user) => ({ ...member(user), ...NONE }));
}
