import { expect, test } from 'vitest';
import { matchName, pascalName } from '../../src/replicate/names.ts';
import { offeredStreams } from '../../src/tap/tap.ts';

/** The 20 tables of CData's connector. */
const TABLES = [
  'IssueAttachments',
  'IssueComments',
  'IssueLinkedSharedFiles',
  'Issues',
  'ProjectAdministrators',
  'ProjectCategories',
  'ProjectCustomFieldItems',
  'ProjectCustomFields',
  'ProjectIssueTypes',
  'Projects',
  'ProjectStatuses',
  'ProjectTeams',
  'ProjectUsers',
  'ProjectVersionMilestones',
  'PullRequestAttachments',
  'PullRequestComments',
  'PullRequests',
  'Watchings',
  'WikiPageAttachments',
  'WikiPages',
];

/** Its 35 views. */
const VIEWS = [
  'IssueCategories',
  'IssueCommentChangeLog',
  'IssueCommentNotifications',
  'IssueCommentStars',
  'IssueMilestones',
  'IssueParticipants',
  'IssueVersions',
  'Licenses',
  'Notifications',
  'Priorities',
  'ProjectRecentUpdates',
  'ProjectSharedFiles',
  'ProjectTeamMembers',
  'PullRequestCommentChangeLog',
  'PullRequestCommentNotifications',
  'PullRequestCommentStars',
  'Repositories',
  'Resolutions',
  'Space',
  'SpaceDiskUsage',
  'SpaceDiskUsageDetails',
  'SpaceNotifications',
  'SpaceUpdates',
  'TeamMembers',
  'Teams',
  'UserReceivedStars',
  'UserRecentlyViewedIssues',
  'UserRecentlyViewedProjects',
  'UserRecentlyViewedWikiPages',
  'UserRecentUpdates',
  'Users',
  'WikiPageHistory',
  'WikiPageLinkedSharedFiles',
  'WikiPageStars',
  'WikiPageTags',
];

const NAMES = [...TABLES, ...VIEWS];

const offered = offeredStreams().map(({ name }) => name);

test('there are 20 tables and 35 views, no name twice', () => {
  expect([TABLES.length, VIEWS.length, new Set(NAMES).size]).toEqual([20, 35, 55]);
});

test.each(NAMES)('%s is a stream, spelled back the same', (name) => {
  const stream = offered.find((each) => pascalName(each) === name);
  expect(stream).toBeDefined();
  expect(matchName(name, offered)).toEqual({ name: stream });
});

test('no stream is offered twice', () => {
  expect(new Set(offered).size).toBe(offered.length);
});
