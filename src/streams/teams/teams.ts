import { readByOffset } from '../../backlog/paging.ts';
import { projectList } from '../list-resource.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, type Entry, entriesOf, type Stream, type StreamName } from '../stream.ts';

type Team = ApiObject & {
  readonly id: number;
  readonly members?: readonly ApiObject[] | null;
};

function teamRows(name: StreamName): Stream<Team> {
  return { name, selectedByDefault: true, elsewhere: ['members'] };
}

function memberRows(name: StreamName): Stream<Team> {
  return {
    name,
    selectedByDefault: true,
    elsewhere: ['nulabAccount', 'keyword'],
    entries: ({ fields, parents }) => entriesOf(fields.members, { ...parents, team_id: fields.id }),
  };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-teams/; for administrators and project administrators. */
const teams: Resource<Team> = {
  name: 'teams',
  sliceBy: 'space',
  replication: { method: 'FULL_TABLE', requests: '1 per 99 teams' },
  streams: [teamRows('teams'), memberRows('team_members')],
  async *read(reader) {
    const pages = readByOffset<Team>({
      fetchPage: (offset, count) => reader.get('/teams', { order: 'asc', offset, count }),
      idOf: ({ id }) => id,
    });
    for await (const page of pages) yield { entries: page.map((fields): Entry<Team> => ({ fields, parents: {} })) };
    yield { entries: [], complete: true };
  },
};

/** https://developer.nulab.com/docs/backlog/api/2/get-project-team-list/ */
const projectTeams = projectList('teams', [teamRows('project_teams'), memberRows('project_team_members')]);

export const teamResources: readonly Resource[] = [teams, projectTeams];
