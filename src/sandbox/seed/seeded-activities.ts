import { ACTIVITY, type ActivityRecord } from '../world/activity.ts';
import { issueCommentedContent, issueCreatedContent } from '../world/activity-content.ts';
import { type ActivitySource, type IdRange, matches } from '../world/activity-log.ts';
import type { IssueHistory } from '../world/issue.ts';
import type { SeededIssues } from './seeded-issues.ts';
import type { Moment, Timeline } from './timeline.ts';

/** The feed of the seeded issues: each creation and each comment, worked out of the activity's id. */
export function seededActivities(issues: SeededIssues, timeline: Timeline): ActivitySource {
  const at = (moment: Moment): ActivityRecord | undefined => {
    const index = timeline.issueAt(moment);
    if (index === undefined || moment.place > issues.commentCount(index)) return undefined;
    return activityOf(timeline.id(moment), issues.historyAt(index, moment.place));
  };
  return {
    get: (id) => at(timeline.momentOf(id)),
    *select(range, filter) {
      if (filter.types !== undefined && !MADE_HERE.some((type) => filter.types?.has(type))) return;
      for (const moment of momentsIn(range, timeline)) {
        const index = timeline.issueAt(moment);
        if (index === undefined || filter.projectIds?.has(issues.projectId(index)) === false) continue;
        const activity = at(moment);
        if (activity !== undefined && matches(filter, activity)) yield activity;
      }
    },
  };
}

const MADE_HERE = [ACTIVITY.issueCreated, ACTIVITY.issueUpdated, ACTIVITY.issueCommented] as const;

function activityOf(id: number, { issue, comments }: IssueHistory): ActivityRecord {
  const comment = comments.at(-1);
  const { projectId } = issue;
  if (comment === undefined) {
    const { createdUserId, created } = issue;
    return { id, projectId, type: ACTIVITY.issueCreated, content: issueCreatedContent(issue), createdUserId, created };
  }
  const { createdUserId, created } = comment;
  const type = comment.content === null ? ACTIVITY.issueUpdated : ACTIVITY.issueCommented;
  return { id, projectId, type, content: issueCommentedContent(issue, comment), createdUserId, created };
}

function* momentsIn({ min, max, order }: IdRange, timeline: Timeline): Iterable<Moment> {
  const low = Math.max(1, min);
  const high = Math.min(timeline.lastId, max);
  const next = order === 'asc' ? after : before;
  let moment = timeline.momentOf(order === 'asc' ? low : high);
  if (moment.place > timeline.places) {
    moment = order === 'asc' ? { slot: moment.slot + 1, place: 0 } : { slot: moment.slot, place: timeline.places };
  }
  for (let id = timeline.id(moment); id >= low && id <= high; id = timeline.id(moment)) {
    yield moment;
    moment = next(moment, timeline);
  }
}

function after({ slot, place }: Moment, { places }: Timeline): Moment {
  return place < places ? { slot, place: place + 1 } : { slot: slot + 1, place: 0 };
}

function before({ slot, place }: Moment, { places }: Timeline): Moment {
  return place > 0 ? { slot, place: place - 1 } : { slot: slot - 1, place: places };
}
