import type { IssueFields } from '../world/issue.ts';
import { choose, type Dice } from './dice.ts';
import type { SeedProject } from './projects.ts';
import { phrasesIn } from './words.ts';

/** What one comment of the seeded past brought. */
export interface Step<Issue extends IssueFields> {
  readonly issue: Issue;
  readonly content: string | null;
  readonly authorId: number;
  /** Who was told, if anybody was. */
  readonly notifiedId: number | null;
  readonly starredById: number | null;
}

const DAY = 86_400_000;

/** Rolls per step; steps of one issue have salts of their own. */
const SALTS_PER_STEP = 8;
const FIRST_SALT = 100;

/** The issue's next step: words alone, a change of a field, or both. */
export function nextStep<Issue extends IssueFields>(
  before: Issue,
  project: SeedProject,
  time: number,
  step: number,
  roll: Dice,
): Step<Issue> {
  const at = (salt: number) => roll(FIRST_SALT + step * SALTS_PER_STEP + salt);
  const issue = changed(before, project, time, at(0), at(1));
  const members = project.record.memberIds;
  return {
    issue,
    content: issue === before || at(2) < 0.3 ? choose(phrasesIn(project.language).replies, at(3)) : null,
    authorId: choose(members, at(4)),
    notifiedId: at(5) < 0.3 ? choose(members, at(6)) : null,
    starredById: at(7) < 0.15 ? choose(members, at(6)) : null,
  };
}

function changed<Issue extends IssueFields>(
  before: Issue,
  project: SeedProject,
  time: number,
  kind: number,
  roll: number,
): Issue {
  if (kind < 0.4) return before;
  if (kind < 0.7) return advanced(before, project);
  if (kind < 0.8) return { ...before, assigneeId: another(project.record.memberIds, before.assigneeId, roll) };
  if (kind < 0.88) return { ...before, dueDate: new Date(time + (5 + roll * 30) * DAY).toISOString().slice(0, 10) };
  if (kind < 0.94) return { ...before, actualHours: (before.actualHours ?? 0) + 0.25 + Math.floor(roll * 8) };
  return withScore(before, project, roll);
}

/** Through the project's statuses; closing gives a resolution, for which 0 is a proper id. */
function advanced<Issue extends IssueFields>(before: Issue, project: SeedProject): Issue {
  const statusId = before.statusId < 4 ? before.statusId + 1 : (project.masters.statuses.at(-1)?.id ?? 4);
  return {
    ...before,
    statusId: before.statusId > 4 ? 4 : statusId,
    resolutionId: statusId === 4 ? 0 : before.resolutionId,
  };
}

function another(members: readonly number[], current: number | null, roll: number): number | null {
  return choose(
    [null, ...members].filter((id) => id !== current),
    roll,
  );
}

function withScore<Issue extends IssueFields>(before: Issue, project: SeedProject, roll: number): Issue {
  const field = project.masters.customFields.find(({ name }) => name === 'Score');
  if (
    field === undefined ||
    !(field.applicableIssueTypes.length === 0 || field.applicableIssueTypes.includes(before.issueTypeId))
  )
    return before;
  const score = Math.floor(roll * 1000) + 0.5;
  const value = field.number === undefined ? String(score) : score;
  const others = before.customFields.filter(({ id }) => id !== field.id);
  return { ...before, customFields: [...others, { id: field.id, value }] };
}
