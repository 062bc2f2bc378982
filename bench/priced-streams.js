// @ts-check

/** The lists of each project that are read whole, as nothing tells of their changes. */
export const PROJECT_LISTS = [
  'project_statuses',
  'project_issue_types',
  'project_categories',
  'project_version_milestones',
  'project_custom_fields',
  'project_users',
  'repositories',
  'document_tree',
];

/** What a reading is priced with: what most users want, of every kind of resource. */
export const PRICED_STREAMS = [
  ...['projects', ...PROJECT_LISTS, 'issues', 'issue_categories', 'issue_custom_field_values'],
  ...['issue_comments', 'issue_comment_change_log', 'wiki_pages', 'wiki_page_tags', 'wiki_page_history'],
  ...['documents', 'document_tags', 'document_comments', 'pull_requests', 'pull_request_comments'],
  'pull_request_attachments',
];
