import type { CustomFieldValue, IssueHead, IssueRecord } from '../world/issue.ts';
import { type CustomField, FIELD_TYPE } from '../world/project.ts';
import { choose, type Dice } from './dice.ts';
import type { SeedProject } from './projects.ts';
import { longText, phrasesIn } from './words.ts';

const DAY = 86_400_000;

/** One salt per decision, so that no two decisions of an issue hang together. */
const SALT = {
  subject: 1,
  task: 2,
  description: 3,
  type: 4,
  priority: 5,
  assignee: 6,
  category: 7,
  version: 8,
  milestone: 9,
  start: 10,
  due: 11,
  estimate: 12,
  length: 13,
  author: 14,
  custom: 20,
} as const;

/** An issue as its author wrote it, with nothing attached yet. One literal, as thousands of these are made per second. */
export function writtenIssue(project: SeedProject, head: IssueHead, roll: Dice): IssueRecord {
  const { masters, record } = project;
  const { created } = head;
  const issueTypeId = choose(masters.issueTypes, roll(SALT.type)).id;
  return {
    id: head.id,
    projectId: head.projectId,
    keyId: head.keyId,
    issueTypeId,
    summary: summary(project.language, roll),
    description: description(project.language, roll),
    resolutionId: null,
    priorityId: choose([2, 3, 3, 4], roll(SALT.priority)),
    statusId: 1,
    assigneeId: choose([null, ...record.memberIds], roll(SALT.assignee)),
    categoryIds: some(masters.categories, roll(SALT.category)),
    versionIds: some(masters.versions, roll(SALT.version)),
    milestoneIds: some(masters.versions, roll(SALT.milestone)),
    startDate: roll(SALT.start) < 0.4 ? dayAfter(created, Math.floor(roll(SALT.start) * 20)) : null,
    dueDate: roll(SALT.due) < 0.6 ? dayAfter(created, 10 + Math.floor(roll(SALT.due) * 60)) : null,
    estimatedHours: roll(SALT.estimate) < 0.5 ? Math.ceil(roll(SALT.estimate) * 64) / 4 : null,
    actualHours: null,
    parentIssueId: head.parentIssueId,
    customFields: customFields(masters.customFields, issueTypeId, created, roll),
    createdUserId: choose(record.memberIds, roll(SALT.author)),
    created,
    updatedUserId: null,
    updated: created,
    attachments: [],
    sharedFileIds: [],
    externalFileLinks: [],
    stars: [],
    relatedIssueIds: [],
  };
}

function summary(language: string, roll: Dice): string {
  const { subjects, tasks } = phrasesIn(language);
  return choose(subjects, roll(SALT.subject)) + choose(tasks, roll(SALT.task));
}

function description(language: string, roll: Dice): string {
  if (roll(SALT.length) < 0.1) return '';
  if (roll(SALT.length) > 0.98) return longText(language);
  const { sentences } = phrasesIn(language);
  const first = Math.floor(roll(SALT.description) * sentences.length);
  return `${sentences[first]}\r\n\r\n${sentences[(first + 1) % sentences.length]}`;
}

/** None, one or two neighbours of the list. */
function some(list: readonly { readonly id: number }[], roll: number): readonly number[] {
  const count = roll < 0.3 ? 0 : roll < 0.75 ? 1 : 2;
  const first = Math.floor(((roll * 100) % 1) * (list.length - 1));
  return list.slice(first, first + count).map(({ id }) => id);
}

function dayAfter(instant: number, days: number): string {
  return new Date(instant + days * DAY).toISOString().slice(0, 10);
}

function customFields(
  fields: readonly CustomField[],
  issueTypeId: number,
  created: number,
  roll: Dice,
): IssueRecord['customFields'] {
  return fields
    .filter(({ applicableIssueTypes: types }) => types.length === 0 || types.includes(issueTypeId))
    .filter((_, order) => roll(SALT.custom + order) > 0.35)
    .map((field, order) => customValue(field, created, roll(SALT.custom + 20 + order)));
}

function customValue(field: CustomField, created: number, roll: number): CustomFieldValue {
  const { id } = field;
  const items = field.list?.items ?? [];
  const other = field.list?.allowInput ? { otherValue: roll > 0.8 ? 'その他: other ☕' : null } : {};
  switch (field.typeId) {
    case FIELD_TYPE.text:
      return { id, value: choose(['Acme & Sons', '株式会社𠮷田', '007', 'ナルラボ'], roll) };
    case FIELD_TYPE.textArea:
      return { id, value: 'Windows 11\r\nChrome 130\r\n日本語入力オン' };
    case FIELD_TYPE.number:
      return { id, value: Math.round(roll * 36_000) / 4 };
    case FIELD_TYPE.date:
      return { id, value: dayAfter(created, Math.floor(roll * 90)) };
    case FIELD_TYPE.singleList:
    case FIELD_TYPE.radio:
      return { id, value: [choose(items, roll).id], ...other };
    default:
      return {
        id,
        value: items.filter((_, order) => (roll * 2 ** (order + 1)) % 1 < 0.5).map(({ id }) => id),
        ...other,
      };
  }
}
