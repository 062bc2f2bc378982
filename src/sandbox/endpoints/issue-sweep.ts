import type { CommentNotification, CommentRecord, IssueRecord } from '../world/issue.ts';
import type { Star } from '../world/records.ts';
import type { WorldData } from '../world/world-data.ts';

/** What only a look at every issue can tell. */
export interface IssueSweep {
  /** By the user who was told. */
  readonly notices: ReadonlyMap<number, readonly Notice[]>;
  /** By the user whose work was starred. */
  readonly stars: ReadonlyMap<number, readonly Star[]>;
  /** Bytes attached to issues, by project. */
  readonly bytes: ReadonlyMap<number, number>;
}

export interface Notice {
  readonly notification: CommentNotification;
  readonly issue: IssueRecord;
  readonly comment: CommentRecord;
}

interface Kept {
  readonly revision: number;
  readonly sweep: IssueSweep;
}

const kept = new WeakMap<WorldData['issues'], Kept>();

/** Done once for each state of the issues. */
export function sweepIssues({ issues }: WorldData): IssueSweep {
  const known = kept.get(issues);
  if (known?.revision === issues.revision) return known.sweep;
  const [notices, stars, bytes] = [new Map<number, Notice[]>(), new Map<number, Star[]>(), new Map<number, number>()];
  for (const { id, projectId } of issues.heads()) {
    const history = issues.history(id);
    if (history === undefined) continue;
    const { issue, comments } = history;
    append(stars, issue.createdUserId, issue.stars);
    const size = issue.attachments.reduce((sum, attachment) => sum + attachment.size, 0);
    bytes.set(projectId, (bytes.get(projectId) ?? 0) + size);
    for (const comment of comments) {
      append(stars, comment.createdUserId, comment.stars);
      for (const notification of comment.notifications)
        append(notices, notification.userId, [{ notification, issue, comment }]);
    }
  }
  const sweep = { notices, stars, bytes };
  kept.set(issues, { revision: issues.revision, sweep });
  return sweep;
}

function append<T>(lists: Map<number, T[]>, key: number, items: readonly T[]): void {
  if (items.length === 0) return;
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...items]);
  else list.push(...items);
}
