import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, items, objectIn, withIdsAlone, without } from './items.ts';

export const spaceItems: ItemSources = {
  Space: async (api) => items([await api.get('/space')]),
  SpaceNotifications: async (api) => items([await api.get('/space/notification')], await spaceKey(api)),
  Licenses: async (api) => items([await api.get('/space/licence')], await spaceKey(api)),
  SpaceDiskUsage: async (api) => items([without(await api.get('/space/diskUsage'), 'details')], await spaceKey(api)),
  SpaceDiskUsageDetails: async (api) => items(inside(await api.get('/space/diskUsage'), 'details')),
  Priorities: async (api) => items(await api.list('/priorities')),
  Resolutions: async (api) => items(await api.list('/resolutions')),
  Users: async (api) => items(await api.list('/users')),
  UserReceivedStars: perUser(async (api, user) =>
    items(await api.allById(`/users/${user.id}/stars`), { userId: user.id }),
  ),
  UserRecentUpdates: perUser(async (api, user) =>
    items(activities(await api.allById(`/users/${user.id}/activities`)), { userId: user.id }),
  ),
  Teams: async (api) => items((await api.all('/teams')).map((team) => without(team, 'members'))),
  TeamMembers: async (api) => (await api.all('/teams')).flatMap((team) => membersOf(team)),
  SpaceUpdates: async (api) => items(activities(await api.allById('/space/activities'))),
  Notifications: async (api) => items((await api.allById('/notifications')).map(notice)),
  Watchings: async (api) => {
    const { id } = await api.get('/users/myself');
    const watchings = await api.all(`/users/${id}/watchings`);
    return items(
      watchings.map((watching) => withIdsAlone(watching, 'issue')),
      { userId: id },
    );
  },
  UserRecentlyViewedIssues: viewed('recentlyViewedIssues', 'issue', 'issue'),
  UserRecentlyViewedProjects: viewed('recentlyViewedProjects', 'project', 'project'),
  UserRecentlyViewedWikiPages: viewed('recentlyViewedWikis', 'page', 'wikiPage'),
};

async function spaceKey(api: Api): Promise<Body> {
  return { spaceKey: (await api.get('/space')).spaceKey };
}

/** Of the project an activity keeps the id; lists tell nothing of who was notified. */
export function activities(bodies: readonly Body[]): readonly Body[] {
  return bodies.map((body) => withIdsAlone(without(body, 'notifications'), 'project'));
}

/** A team's members are people with all they have, but not with what `users` alone says. */
export function membersOf(team: Body, parents: Body = {}): readonly Item[] {
  const people = inside(team, 'members').map((member) => without(member, 'nulabAccount', 'keyword'));
  return items(people, { ...parents, teamId: team.id });
}

function perUser(find: (api: Api, user: Body) => Promise<readonly Item[]>) {
  return async (api: Api) => each(await api.list('/users'), (user) => find(api, user));
}

const SUBJECTS = ['project', 'issue', 'comment', 'repository', 'pullRequest', 'pullRequestComment'];

function notice(body: Body): Body {
  return withIdsAlone(body, ...SUBJECTS, 'document', 'documentComment', 'documentCommentReply');
}

/** Lists inside what was looked at are rows of tables of their own. */
const OF_OTHER_TABLES = [
  ...['category', 'milestone', 'versions', 'attachments', 'sharedFiles', 'externalFileLinks', 'stars', 'tags'],
];

function viewed(path: string, field: string, name: string) {
  return async (api: Api): Promise<readonly Item[]> => {
    const { id } = await api.get('/users/myself');
    const views = await api.all(`/users/myself/${path}`);
    return views.map(({ [field]: thing, updated }) => ({
      body: { [name]: untemplated(without(thing as Body, ...OF_OTHER_TABLES)), updated },
      parents: { userId: id },
    }));
  };
}

/** An issue's type comes with the templates that the table of issue types has. */
export function untemplated(issue: Body): Body {
  const type = objectIn(issue, 'issueType');
  return type ? { ...issue, issueType: without(type, 'templateSummary', 'templateDescription') } : issue;
}
