// @ts-check
import { measurePipeline } from './measure-pipeline.js';

const STREAMS = ['issues', 'issue_comments', 'issue_comment_change_log'];

/** Issues with three comments each, which takes a request for nearly every issue. */
export function commentsMemory(issues = 200_000) {
  return measurePipeline({ issues, commentsPerIssue: 3, streams: STREAMS, mostMegabytes: 250 });
}
