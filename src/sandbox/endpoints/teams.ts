import { authorBody } from '../bodies/file-body.ts';
import { people } from '../bodies/user-body.ts';
import type { Body } from '../bodies/view.ts';
import { byOffset } from '../http/paging.ts';
import { type ApiRequest, icon, read } from '../http/route.ts';
import type { Team } from '../world/space.ts';
import { existing, idAt, projectAt, requireProjectAdministrator } from './access.ts';
import { picture } from './binaries.ts';

export const teamRoutes = [
  read('/teams', (request) => {
    requireProjectAdministrator(request);
    const rising = [...request.data.teams.values()];
    const teams = request.query.order() === 'asc' ? rising : rising.reverse();
    return byOffset(teams, request.query.page()).map((team) => teamBody(request, team));
  }),
  read('/teams/:team', (request) => teamBody(request, teamAt(request))),
  icon('/teams/:team/icon', (request) => picture(`team_${teamAt(request).id}.png`)),
  read('/projects/:project/teams', (request) =>
    projectAt(request)
      .teamIds.flatMap((id) => request.data.teams.get(id) ?? [])
      .map((team) => teamBody(request, team)),
  ),
];

function teamAt(request: ApiRequest): Team {
  return existing(request.data.teams.get(idAt(request, 'team')), 'team');
}

function teamBody(request: ApiRequest, team: Team): Body {
  const { id, name, memberIds, displayOrder } = team;
  return { id, name, members: people(request, memberIds), displayOrder, ...authorBody(request, team) };
}
