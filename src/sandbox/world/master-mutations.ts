import { ACTIVITY, type ActivityType } from './activity.ts';
import type { IssueRecord } from './issue.ts';
import { foundIn, replaced, without } from './lookup.ts';
import type { Category, CustomField, IssueType, ProjectMasters, Status, Version } from './project.ts';
import { historyOf, logActivity, mastersOf, now, type WorldData } from './world-data.ts';

/**
 * The lists of a project. Issues show renamed entries under their new names at once, without any change of their
 * own; entries that are deleted vanish from them. Where a substitute is needed, the issues get it, and their `updated`
 * stays as it is. The feed tells of versions and of deleted statuses only.
 */
export interface MasterMutations {
  addStatus(projectId: number, status: Pick<Status, 'name'> & Partial<Status>): Status;
  updateStatus(projectId: number, id: number, changes: Partial<Omit<Status, 'id'>>): Status;
  deleteStatus(projectId: number, id: number, substituteId: number): void;
  addIssueType(projectId: number, type: Pick<IssueType, 'name'> & Partial<IssueType>): IssueType;
  updateIssueType(projectId: number, id: number, changes: Partial<Omit<IssueType, 'id'>>): IssueType;
  deleteIssueType(projectId: number, id: number, substituteId: number): void;
  addCategory(projectId: number, category: Pick<Category, 'name'> & Partial<Category>): Category;
  updateCategory(projectId: number, id: number, changes: Partial<Omit<Category, 'id'>>): Category;
  deleteCategory(projectId: number, id: number): void;
  addVersion(projectId: number, version: Pick<Version, 'name'> & Partial<Version>): Version;
  updateVersion(projectId: number, id: number, changes: Partial<Omit<Version, 'id'>>): Version;
  deleteVersion(projectId: number, id: number): void;
  addCustomField(projectId: number, field: Pick<CustomField, 'name' | 'typeId'> & Partial<CustomField>): CustomField;
  updateCustomField(projectId: number, id: number, changes: Partial<Omit<CustomField, 'id'>>): CustomField;
  deleteCustomField(projectId: number, id: number): void;
}

export function masterMutations(data: WorldData): MasterMutations {
  const statuses = editor(data, 'statuses', 'status');
  const issueTypes = editor(data, 'issueTypes', 'issueType');
  const categories = editor(data, 'categories', 'category');
  const versions = editor(data, 'versions', 'version');
  const customFields = editor(data, 'customFields', 'customField');
  return {
    addStatus: (projectId, status) => statuses.add(projectId, { ...COLOURED, ...status }),
    updateStatus: statuses.update,
    deleteStatus: (projectId, id, substituteId) => {
      const deleted = statuses.remove(projectId, id);
      const moved = moveIssues(data, projectId, ({ statusId }) => statusId === id, { statusId: substituteId });
      const name = foundIn(mastersOf(data, projectId).statuses, substituteId, 'status').name;
      tell(data, ACTIVITY.statusDeleted, projectId, {
        deletedStatus: { name: deleted.name },
        link: moved.map((issue) => ({ id: issue.id, key_id: issue.keyId, title: issue.summary })),
        change: { field: 'status', new_value: name, type: 'standard' },
      });
    },
    addIssueType: (projectId, type) =>
      issueTypes.add(projectId, { ...COLOURED, templateSummary: null, templateDescription: null, ...type }),
    updateIssueType: issueTypes.update,
    deleteIssueType: (projectId, id, substituteId) => {
      issueTypes.remove(projectId, id);
      moveIssues(data, projectId, ({ issueTypeId }) => issueTypeId === id, { issueTypeId: substituteId });
    },
    addCategory: (projectId, category) => categories.add(projectId, category),
    updateCategory: categories.update,
    deleteCategory: (projectId, id) => void categories.remove(projectId, id),
    addVersion: (projectId, given) => {
      const version = versions.add(projectId, { ...OPEN_VERSION, ...given });
      tell(data, ACTIVITY.versionCreated, projectId, versionContent(version));
      return version;
    },
    updateVersion: (projectId, id, changes) => {
      const before = foundIn(mastersOf(data, projectId).versions, id, 'version');
      const version = versions.update(projectId, id, changes);
      const content = { id, name: version.name, changes: versionChanges(before, version) };
      tell(data, ACTIVITY.versionUpdated, projectId, content);
      return version;
    },
    deleteVersion: (projectId, id) =>
      tell(data, ACTIVITY.versionDeleted, projectId, versionContent(versions.remove(projectId, id))),
    addCustomField: (projectId, field) => customFields.add(projectId, { ...PLAIN_FIELD, ...field }),
    updateCustomField: (projectId, id, changes) => {
      const { version } = foundIn(mastersOf(data, projectId).customFields, id, 'customField');
      return customFields.update(projectId, id, { ...changes, version: version + 1 });
    },
    deleteCustomField: (projectId, id) => void customFields.remove(projectId, id),
  };
}

const COLOURED = { color: '#7ea800' } as const;

const OPEN_VERSION = { description: null, startDate: null, releaseDueDate: null, archived: false } as const;

const PLAIN_FIELD = {
  version: 1,
  description: '',
  required: false,
  useIssueType: false,
  applicableIssueTypes: [],
} as const;

type ListName = keyof ProjectMasters;

type Item<List extends ListName> = ProjectMasters[List][number];

type IdKindOf = 'status' | 'issueType' | 'category' | 'version' | 'customField';

/** Adding, changing and removing are the same for all five lists. */
function editor<List extends ListName>(data: WorldData, list: List, kind: IdKindOf) {
  const itemsOf = (projectId: number) => mastersOf(data, projectId)[list] as readonly Item<List>[];
  const save = (projectId: number, items: readonly Item<List>[]) => {
    data.masters.set(projectId, { ...mastersOf(data, projectId), [list]: items });
  };
  return {
    add(projectId: number, given: Omit<Item<List>, 'id' | 'projectId' | 'displayOrder'> & Partial<Item<List>>) {
      const items = itemsOf(projectId);
      const own = { id: data.ids.next(kind), displayOrder: items.length, ...given, projectId };
      const item = own as unknown as Item<List>;
      save(projectId, [...items, item]);
      return item;
    },
    update(projectId: number, id: number, changes: Partial<Omit<Item<List>, 'id'>>) {
      const item = { ...foundIn(itemsOf(projectId), id, kind), ...changes };
      save(projectId, replaced(itemsOf(projectId), item));
      return item;
    },
    remove(projectId: number, id: number) {
      const item = foundIn(itemsOf(projectId), id, kind);
      save(projectId, without(itemsOf(projectId), id));
      return item;
    },
  };
}

function moveIssues(
  data: WorldData,
  projectId: number,
  concerned: (issue: IssueRecord) => boolean,
  to: Partial<IssueRecord>,
): readonly IssueRecord[] {
  const heads = [...data.issues.heads()].filter((head) => head.projectId === projectId);
  const histories = heads.map(({ id }) => historyOf(data, id)).filter(({ issue }) => concerned(issue));
  return histories.map(({ issue, comments }) => {
    const moved = { ...issue, ...to };
    data.issues.save({ issue: moved, comments });
    return moved;
  });
}

function versionContent({ id, name, startDate, releaseDueDate, description }: Version) {
  return { id, name, start_date: startDate, reference_date: releaseDueDate, description: description ?? '' };
}

/** In the words of the feed, for which the release day is the reference date. */
function versionChanges(before: Version, after: Version) {
  const FIELDS = [
    ['name', 'name'],
    ['description', 'description'],
    ['start_date', 'startDate'],
    ['reference_date', 'releaseDueDate'],
  ] as const;
  return FIELDS.filter(([, key]) => before[key] !== after[key]).map(([field, key]) => ({
    field,
    new_value: after[key] ?? '',
    old_value: before[key] ?? '',
  }));
}

function tell(
  data: WorldData,
  type: ActivityType,
  projectId: number,
  content: Readonly<Record<string, unknown>>,
): void {
  logActivity(data, { projectId, type, content, createdUserId: data.space.ownerId, created: now(data) });
}
