// @ts-check
import { measurePipeline } from './measure-pipeline.js';

const STREAMS = [
  'issues',
  'issue_categories',
  'issue_milestones',
  'issue_versions',
  'issue_attachments',
  'issue_linked_shared_files',
  'issue_stars',
  'issue_custom_field_values',
];

/** Issues with all that comes with them, of which each page of the API holds a hundred. */
export function pipeline(issues = 200_000) {
  return measurePipeline({ issues, commentsPerIssue: 0, streams: STREAMS, mostMegabytes: 200 });
}
