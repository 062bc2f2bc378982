import type { ProjectMasters, ProjectRecord } from '../world/project.ts';
import { ROLE, type UserRecord } from '../world/records.ts';
import { seedCustomFields } from './custom-fields.ts';
import { PROJECTS } from './words.ts';

const FIRST_PROJECT_ID = 101;

/** In every project: ids that start with the project's own number, so that they are unique in the space. */
const IDS_PER_PROJECT = 1000;

export interface SeedProject {
  readonly record: ProjectRecord;
  readonly masters: ProjectMasters;
  readonly language: string;
}

export function seedProjects(count: number, users: readonly UserRecord[]): readonly SeedProject[] {
  return Array.from({ length: count }, (_, index) => seedProject(index, users));
}

function seedProject(index: number, users: readonly UserRecord[]): SeedProject {
  const named = PROJECTS[index];
  const id = FIRST_PROJECT_ID + index;
  const language = named?.lang ?? (index % 2 === 0 ? 'ja' : 'en');
  const members = users.filter((user) => index === 0 || user.roleType < ROLE.guestReporter).map((user) => user.id);
  return {
    language,
    masters: seedMasters(id, index, language),
    record: {
      id,
      projectKey: named?.key ?? `P${index + 1}`,
      name: named?.name ?? (language === 'ja' ? `プロジェクト${index + 1}` : `Project ${index + 1}`),
      settings: { ...SETTINGS, archived: named?.key === 'OLD_SITE', displayOrder: index === 0 ? 0 : 2147483646 },
      memberIds: members,
      administratorIds: members.slice(0, 2),
      teamIds: [],
    },
  };
}

const SETTINGS = {
  chartEnabled: true,
  useResolvedForChart: false,
  subtaskingEnabled: true,
  grandchildIssueEnabled: true,
  projectLeaderCanEditProjectLeader: false,
  useWiki: true,
  useDocument: true,
  useFileSharing: true,
  useWikiTreeView: true,
  useSubversion: false,
  useGit: true,
  useOriginalImageSizeAtWiki: false,
  useDevAttributes: true,
  textFormattingRule: 'markdown',
} as const;

/** Name in Japanese, name in English, colour. */
const STATUSES = [
  ['未対応', 'Open', '#ed8077'],
  ['処理中', 'In Progress', '#4488c5'],
  ['処理済み', 'Resolved', '#5eb5a6'],
  ['完了', 'Closed', '#a1af2f'],
  ['レビュー待ち', 'Waiting for review', '#b0be3c'],
] as const;

const ISSUE_TYPES = [
  ['タスク', 'Task', '#7ea800'],
  ['バグ', 'Bug', '#990000'],
  ['要望', 'Request', '#ff9200'],
] as const;

const CATEGORIES = [
  ['画面', 'Screens'],
  ['API・連携', 'API'],
  ['インフラ', 'Infrastructure'],
  ['文書', 'Documents'],
] as const;

function seedMasters(projectId: number, index: number, language: string): ProjectMasters {
  const own = projectId * IDS_PER_PROJECT;
  const column = language === 'ja' ? 0 : 1;
  const issueTypes = ISSUE_TYPES.map((type, order) => ({
    id: own + order + 1,
    projectId,
    name: type[column],
    color: type[2],
    displayOrder: order,
    templateSummary: order === 1 ? '[bug] ' : null,
    templateDescription: order === 1 ? '## 再現手順 / Steps\r\n1. ' : null,
  }));
  return {
    statuses: STATUSES.map((status, order) => ({
      id: order < 4 ? order + 1 : own + 50,
      projectId,
      name: status[column],
      color: status[2],
      displayOrder: (order + 1) * 1000,
    })),
    issueTypes,
    categories: CATEGORIES.map((category, order) => ({
      id: own + 100 + order,
      projectId,
      name: category[column],
      displayOrder: order,
    })),
    versions: seedVersions(projectId, own + 200, language),
    customFields: seedCustomFields(projectId, own + 300, index, issueTypes),
  };
}

function seedVersions(projectId: number, firstId: number, language: string): ProjectMasters['versions'] {
  return [2023, 2024, 2025].map((year, order) => ({
    id: firstId + order,
    projectId,
    name: language === 'ja' ? `${year}年版` : `Release ${year}`,
    description: order === 0 ? null : language === 'ja' ? 'リリース予定 🎉' : 'Planned release',
    startDate: order === 2 ? null : `${year}-04-01`,
    releaseDueDate: order === 2 ? null : `${year + 1}-03-31`,
    archived: order === 0,
    displayOrder: order,
  }));
}
