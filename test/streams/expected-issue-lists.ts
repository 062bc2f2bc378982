import type { Row } from '../../src/message/value.ts';
import type { IssueHistory } from '../../src/sandbox/world/issue.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { member, NONE } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const issueListExpectations: Expectations = {
  issue_participants: perIssue((world, { issue, comments }) => {
    const ids = new Set([issue.createdUserId, issue.assigneeId, ...comments.map(({ createdUserId }) => createdUserId)]);
    return [...world.users.values()]
      .filter(({ id }) => ids.has(id))
      .map((user) => {
        const { last_login_time: _, ...columns } = member(user);
        return { issue_id: issue.id, project_id: issue.projectId, ...columns, ...NONE };
      });
  }),
  issue_related_issues: perIssue((world, { issue }) =>
    issue.relatedIssueIds.map((id) => {
      const related = world.issues.get(id);
      const key = world.projects.get(related?.projectId ?? 0)?.projectKey;
      return {
        ...{ issue_id: issue.id, project_id: issue.projectId, related_issue_id: id, type: 'RELATES' },
        ...{ related_issue_key: `${key}-${related?.keyId}`, related_issue_summary: related?.summary ?? null },
        ...{ related_issue_status_id: related?.statusId ?? null, ...NONE },
      };
    }),
  ),
};

function perIssue(rows: (world: World, history: IssueHistory) => readonly Row[]) {
  return (world: World) =>
    [...world.issues.heads()].flatMap(({ id }) => {
      const history = world.issues.history(id);
      return history ? rows(world, history) : [];
    });
}
