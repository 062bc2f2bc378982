/** The 20 tables and 35 views of CData's connector for Backlog. */
export const CDATA_TABLES = [
  ...['IssueAttachments', 'IssueComments', 'IssueLinkedSharedFiles', 'Issues', 'ProjectAdministrators'],
  ...['ProjectCategories', 'ProjectCustomFieldItems', 'ProjectCustomFields', 'ProjectIssueTypes', 'Projects'],
  ...['ProjectStatuses', 'ProjectTeams', 'ProjectUsers', 'ProjectVersionMilestones', 'PullRequestAttachments'],
  ...['PullRequestComments', 'PullRequests', 'Watchings', 'WikiPageAttachments', 'WikiPages'],
] as const;

export const CDATA_VIEWS = [
  ...['IssueCategories', 'IssueCommentChangeLog', 'IssueCommentNotifications', 'IssueCommentStars', 'IssueMilestones'],
  ...['IssueParticipants', 'IssueVersions', 'Licenses', 'Notifications', 'Priorities', 'ProjectRecentUpdates'],
  ...['ProjectSharedFiles', 'ProjectTeamMembers', 'PullRequestCommentChangeLog', 'PullRequestCommentNotifications'],
  ...['PullRequestCommentStars', 'Repositories', 'Resolutions', 'Space', 'SpaceDiskUsage', 'SpaceDiskUsageDetails'],
  ...['SpaceNotifications', 'SpaceUpdates', 'TeamMembers', 'Teams', 'UserReceivedStars', 'UserRecentlyViewedIssues'],
  ...['UserRecentlyViewedProjects', 'UserRecentlyViewedWikiPages', 'UserRecentUpdates', 'Users', 'WikiPageHistory'],
  ...['WikiPageLinkedSharedFiles', 'WikiPageStars', 'WikiPageTags'],
] as const;
