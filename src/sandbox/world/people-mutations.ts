import { type Authorship, stamp, touch } from './authorship.ts';
import { found } from './lookup.ts';
import { ROLE, type UserRecord } from './records.ts';
import type { Team } from './space.ts';
import type { WorldData } from './world-data.ts';

export interface NewTeam extends Authorship {
  readonly name: string;
  readonly memberIds?: readonly number[];
}

/** The feed tells of none of these. */
export interface PeopleMutations {
  createUser(user: Partial<UserRecord> & Pick<UserRecord, 'name'>): UserRecord;
  /** Among others the role, and with it what the user may do. */
  updateUser(id: number, changes: Partial<Omit<UserRecord, 'id'>>): UserRecord;
  /** What the user wrote stays, without an author. */
  deleteUser(id: number): void;
  createTeam(team: NewTeam): Team;
  updateTeam(id: number, changes: Partial<Pick<Team, 'name' | 'memberIds'>>): Team;
  deleteTeam(id: number): void;
}

export function peopleMutations(data: WorldData): PeopleMutations {
  return {
    createUser: (given) => {
      const user = { ...NOBODY, ...given, id: given.id ?? data.ids.next('user') };
      data.users.set(user.id, user);
      return user;
    },
    updateUser: (id, changes) => {
      const user = { ...found(data.users, id, 'user'), ...changes };
      data.users.set(id, user);
      return user;
    },
    deleteUser: (id) => deleteUser(data, id),
    createTeam: ({ name, memberIds = [], ...authorship }) => {
      const team = { id: data.ids.next('team'), name, memberIds, displayOrder: null, ...stamp(data, authorship) };
      data.teams.set(team.id, team);
      return team;
    },
    updateTeam: (id, changes) => {
      const team = { ...found(data.teams, id, 'team'), ...changes, ...touch(data, undefined) };
      data.teams.set(id, team);
      return team;
    },
    deleteTeam: (id) => {
      found(data.teams, id, 'team');
      data.teams.delete(id);
      for (const project of data.projects.values())
        data.projects.set(project.id, { ...project, teamIds: project.teamIds.filter((teamId) => teamId !== id) });
    },
  };
}

const NOBODY = {
  userId: null,
  roleType: ROLE.normal,
  lang: null,
  mailAddress: '',
  nulabAccount: null,
  keyword: '',
  lastLoginTime: null,
};

function deleteUser(data: WorldData, id: number): void {
  found(data.users, id, 'user');
  data.users.delete(id);
  const others = (ids: readonly number[]) => ids.filter((each) => each !== id);
  for (const project of data.projects.values()) {
    const [memberIds, administratorIds] = [others(project.memberIds), others(project.administratorIds)];
    data.projects.set(project.id, { ...project, memberIds, administratorIds });
  }
  for (const team of data.teams.values()) data.teams.set(team.id, { ...team, memberIds: others(team.memberIds) });
  for (const watching of [...data.watchings.values()]) if (watching.userId === id) data.watchings.delete(watching.id);
}
