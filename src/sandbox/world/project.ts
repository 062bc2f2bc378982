import type { Day } from './records.ts';

/** What a project's settings page can switch, as `/projects` spells it. */
export interface ProjectSettings {
  readonly chartEnabled: boolean;
  readonly useResolvedForChart: boolean;
  readonly subtaskingEnabled: boolean;
  readonly grandchildIssueEnabled: boolean;
  readonly projectLeaderCanEditProjectLeader: boolean;
  readonly useWiki: boolean;
  readonly useDocument: boolean;
  readonly useFileSharing: boolean;
  readonly useWikiTreeView: boolean;
  readonly useSubversion: boolean;
  readonly useGit: boolean;
  readonly useOriginalImageSizeAtWiki: boolean;
  readonly useDevAttributes: boolean;
  readonly textFormattingRule: 'backlog' | 'markdown';
  readonly archived: boolean;
  /** 2147483646 stands for "not set". */
  readonly displayOrder: number;
}

export interface ProjectRecord {
  readonly id: number;
  readonly projectKey: string;
  readonly name: string;
  readonly settings: ProjectSettings;
  readonly memberIds: readonly number[];
  readonly administratorIds: readonly number[];
  readonly teamIds: readonly number[];
}

export interface Status {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly color: string;
  readonly displayOrder: number;
}

export interface IssueType extends Status {
  readonly templateSummary: string | null;
  readonly templateDescription: string | null;
}

export interface Category {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly displayOrder: number;
}

/** A version, which is called a milestone where an issue is to be done in it. */
export interface Version {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly description: string | null;
  readonly startDate: Day | null;
  readonly releaseDueDate: Day | null;
  readonly archived: boolean;
  readonly displayOrder: number;
}

/** The lists that belong to one project; each in display order. */
export interface ProjectMasters {
  readonly statuses: readonly Status[];
  readonly issueTypes: readonly IssueType[];
  readonly categories: readonly Category[];
  readonly versions: readonly Version[];
  readonly customFields: readonly CustomField[];
}

export const FIELD_TYPE = {
  text: 1,
  textArea: 2,
  number: 3,
  date: 4,
  singleList: 5,
  multipleList: 6,
  checkbox: 7,
  radio: 8,
} as const;

/** Item ids start at 1 inside each field. */
export interface CustomFieldItem {
  readonly id: number;
  readonly name: string;
  readonly displayOrder: number;
}

export interface CustomField {
  readonly id: number;
  readonly projectId: number;
  readonly typeId: number;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly useIssueType: boolean;
  /** Empty: every issue type. */
  readonly applicableIssueTypes: readonly number[];
  readonly displayOrder: number;
  readonly number?: NumberRange;
  readonly date?: DateRange;
  readonly list?: ItemList;
}

export interface NumberRange {
  readonly min: number | null;
  readonly max: number | null;
  readonly initialValue: number | null;
  readonly unit: string | null;
}

export interface DateRange {
  readonly min: Day | null;
  readonly max: Day | null;
  /** 1 today, 2 today and some days, 3 that day. */
  readonly initialDate: { readonly id: number; readonly shift: number | null; readonly date: Day | null } | null;
}

export interface ItemList {
  readonly items: readonly CustomFieldItem[];
  readonly allowAddItem: boolean;
  /** Whether people may write what is not on the list; told for check boxes and radio buttons only. */
  readonly allowInput: boolean;
}
