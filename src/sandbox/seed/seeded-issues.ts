import { changeLogOf, type NameBook, noticeEntry } from '../world/change-log.ts';
import type { CommentRecord, IssueHead, IssueHistory, IssueRecord } from '../world/issue.ts';
import type { IssueSource } from '../world/issue-table.ts';
import type { Attachment, Star } from '../world/records.ts';
import { commentUrl, issueUrl } from '../world/web-address.ts';
import { choose, type Dice, dice } from './dice.ts';
import { nextStep } from './issue-steps.ts';
import { writtenIssue } from './issue-values.ts';
import type { SeedProject } from './projects.ts';
import type { Timeline } from './timeline.ts';

export interface SeededIssuesOptions {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly projects: readonly SeedProject[];
  readonly userNames: ReadonlyMap<number, string>;
  /** On average; an issue has from none to twice as many. */
  readonly commentsPerIssue: number;
}

const SALT = { comments: 60, presenter: 61, attachment: 62, sharedFile: 63, star: 64 } as const;

/** Issues that are worked out of their index: the n-th belongs to project n modulo the number of projects. */
export class SeededIssues implements IssueSource {
  readonly #options: SeededIssuesOptions;

  constructor(options: SeededIssuesOptions) {
    this.#options = options;
  }

  *heads(): Iterable<IssueHead> {
    for (let index = 0; index < this.#options.timeline.issues; index += 1) yield this.head(index);
  }

  head(index: number): IssueHead {
    const { projects, timeline } = this.#options;
    return {
      id: timeline.id(timeline.moment(index, 0)),
      projectId: this.#projectOf(index).record.id,
      keyId: Math.floor(index / projects.length) + 1,
      created: timeline.time(timeline.moment(index, 0)),
      updated: timeline.time(timeline.moment(index, this.commentCount(index))),
      parentIssueId: this.#parentOf(index),
    };
  }

  history(id: number): IssueHistory | undefined {
    const { timeline } = this.#options;
    const index = timeline.issueAt(timeline.momentOf(id));
    return index === undefined ? undefined : this.historyAt(index, this.commentCount(index));
  }

  /** How many comments, change-only ones included, the issue has. */
  commentCount(index: number): number {
    const { commentsPerIssue, timeline } = this.#options;
    const spread = this.#dice(index)(SALT.comments) * (2 * commentsPerIssue + 1);
    return Math.min(Math.floor(spread), timeline.places);
  }

  /** As the issue stood after its first `steps` comments. */
  historyAt(index: number, steps: number): IssueHistory {
    let issue = this.#created(index);
    const comments: CommentRecord[] = [];
    for (let place = 1; place <= steps; place += 1) {
      const next = this.#step(issue, index, place);
      comments.push(next.comment);
      issue = next.issue;
    }
    return { issue, comments };
  }

  projectId(index: number): number {
    return this.#projectOf(index).record.id;
  }

  #created(index: number): IssueRecord {
    const roll = this.#dice(index);
    const issue = writtenIssue(this.#projectOf(index), this.head(index), roll);
    return {
      ...issue,
      attachments: this.#attachments(index, issue.createdUserId, roll),
      sharedFileIds: roll(SALT.sharedFile) < 0.08 ? [seededFileId(issue.projectId)] : [],
      stars: roll(SALT.star) < 0.1 ? [this.#issueStar(issue, index)] : [],
    };
  }

  #issueStar(issue: IssueRecord, index: number): Star {
    const { memberIds, projectKey } = this.#projectOf(index).record;
    return {
      id: issue.id,
      comment: null,
      url: issueUrl(projectKey, issue.keyId),
      title: issue.summary,
      presenterId: choose(memberIds, this.#dice(index)(SALT.presenter)),
      created: issue.created,
    };
  }

  #attachments(index: number, createdUserId: number, roll: Dice): readonly Attachment[] {
    const { timeline } = this.#options;
    const count = roll(SALT.attachment) < 0.88 ? 0 : roll(SALT.attachment) < 0.96 ? 1 : 2;
    return ['画面キャプチャ 1.png', 'log (2).txt'].slice(0, count).map((name, place) => ({
      id: timeline.id({ slot: index, place }),
      name,
      size: 1000 + Math.floor(roll(SALT.attachment) * 90_000),
      createdUserId,
      created: timeline.time(timeline.moment(index, 0)),
    }));
  }

  #step(before: IssueRecord, index: number, place: number): { issue: IssueRecord; comment: CommentRecord } {
    const { timeline, userNames } = this.#options;
    const moment = timeline.moment(index, place);
    const id = timeline.id(moment);
    const created = timeline.time(moment);
    const project = this.#projectOf(index);
    const step = nextStep(before, project, created, place, this.#dice(index));
    const changes = step.issue === before ? [] : changeLogOf(before, step.issue, this.#names(project));
    const { notifiedId, starredById, authorId } = step;
    const url = commentUrl(project.record.projectKey, before.keyId, id);
    const comment = {
      id,
      projectId: before.projectId,
      issueId: before.id,
      content: changes.length === 0 ? (step.content ?? '👍') : step.content,
      changeLog: notifiedId === null ? changes : [...changes, noticeEntry(userNames.get(notifiedId))],
      createdUserId: authorId,
      created,
      updated: created,
      stars:
        starredById === null
          ? []
          : [{ id, comment: null, url, title: before.summary, presenterId: starredById, created }],
      notifications:
        notifiedId === null
          ? []
          : [{ id, userId: notifiedId, reason: 2, alreadyRead: place % 2 === 0, resourceAlreadyRead: false }],
    };
    return { issue: { ...step.issue, updated: created, updatedUserId: authorId }, comment };
  }

  #names(project: SeedProject): NameBook {
    return {
      masters: project.masters,
      userName: (id) => this.#options.userNames.get(id),
      issueKey: () => undefined,
    };
  }

  /** Every sixth issue is a child, of every third of those the parent is a child itself. */
  #parentOf(index: number): number | null {
    const { projects, timeline } = this.#options;
    if (index % 6 !== 5) return null;
    const back = index % 18 === 17 && (index - 6 * projects.length) % 18 !== 17 ? 6 * projects.length : projects.length;
    const parent = index - back;
    if (parent < 0 || (back === projects.length && parent % 6 === 5)) return null;
    return timeline.id(timeline.moment(parent, 0));
  }

  #projectOf(index: number): SeedProject {
    const { projects } = this.#options;
    const project = projects[index % projects.length];
    if (project === undefined) throw new RangeError('a world with issues needs a project');
    return project;
  }

  #dice(index: number): Dice {
    return dice(this.#options.seed, index);
  }
}

/** The file that seeded issues of the project are linked to. */
export function seededFileId(projectId: number): number {
  return projectId * 10 + 1;
}
