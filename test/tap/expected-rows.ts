import type { Row, Value } from '../../src/message/value.ts';
import { PRIORITIES, RESOLUTIONS } from '../../src/sandbox/world/change-log.ts';
import type { CommentRecord, IssueRecord } from '../../src/sandbox/world/issue.ts';
import type { CustomField, ProjectRecord, Version } from '../../src/sandbox/world/project.ts';
import type { UserRecord } from '../../src/sandbox/world/records.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { mastersOf } from '../../src/sandbox/world/world-data.ts';
import { offeredStreams } from '../../src/tap/tap.ts';
import { FAMILY_EXPECTATIONS } from '../streams/expected-families.ts';
import { type Columns, instant, member, NONE, person, starColumns } from './expected-columns.ts';
import { expectedHistory } from './expected-history.ts';
import { sortByKey } from './replica.ts';

/**
 * What must stand in the table of a stream, in the order of its key, worked out column by column from what the sandbox
 * remembers.
 */
export function expectedRows(world: World, stream: string): readonly Row[] {
  const rows = EXPECTATIONS[stream];
  const keys = offeredStreams().find(({ name }) => name === stream)?.keyProperties;
  if (!rows || !keys) throw new Error(`no expectation for ${stream}`);
  return sortByKey(keys, rows(world));
}

export const EXPECTED_STREAMS = (): readonly string[] => Object.keys(EXPECTATIONS);

const EXPECTATIONS: Readonly<Record<string, (world: World) => readonly Row[]>> = {
  space: ({ space }) => [
    {
      space_key: space.spaceKey,
      name: space.name,
      owner_id: space.ownerId,
      lang: space.lang,
      timezone: space.timezone,
      report_send_time: space.reportSendTime,
      text_formatting_rule: space.textFormattingRule,
      created: instant(space.created),
      updated: instant(space.updated),
      ...NONE,
    },
  ],
  users: ({ users }) =>
    [...users.values()].map((user) => ({
      ...member(user),
      keyword: user.keyword,
      nulab_account_nulab_id: user.nulabAccount?.nulabId ?? null,
      nulab_account_name: user.nulabAccount?.name ?? null,
      nulab_account_unique_id: user.nulabAccount?.uniqueId ?? null,
      nulab_account_icon_url: user.nulabAccount?.iconUrl ?? null,
      ...NONE,
    })),
  priorities: () => PRIORITIES.map((priority) => ({ ...priority, ...NONE })),
  resolutions: () => RESOLUTIONS.map((resolution) => ({ ...resolution, ...NONE })),
  projects: ({ projects }) =>
    [...projects.values()].map(({ id, projectKey, name, settings }) => ({
      id,
      project_key: projectKey,
      name,
      chart_enabled: settings.chartEnabled,
      use_resolved_for_chart: settings.useResolvedForChart,
      subtasking_enabled: settings.subtaskingEnabled,
      grandchild_issue_enabled: settings.grandchildIssueEnabled,
      project_leader_can_edit_project_leader: settings.projectLeaderCanEditProjectLeader,
      use_wiki: settings.useWiki,
      use_document: settings.useDocument,
      use_file_sharing: settings.useFileSharing,
      use_wiki_tree_view: settings.useWikiTreeView,
      use_original_image_size_at_wiki: settings.useOriginalImageSizeAtWiki,
      use_subversion: settings.useSubversion,
      use_git: settings.useGit,
      use_dev_attributes: settings.useDevAttributes,
      text_formatting_rule: settings.textFormattingRule,
      archived: settings.archived,
      display_order: settings.displayOrder,
      ...NONE,
    })),
  project_statuses: perProject((world, { id }) =>
    mastersOf(world, id).statuses.map((status) => ({
      project_id: status.projectId,
      id: status.id,
      name: status.name,
      color: status.color,
      display_order: status.displayOrder,
      ...NONE,
    })),
  ),
  project_issue_types: perProject((world, { id }) =>
    mastersOf(world, id).issueTypes.map((type) => ({
      id: type.id,
      project_id: type.projectId,
      name: type.name,
      color: type.color,
      display_order: type.displayOrder,
      template_summary: type.templateSummary,
      template_description: type.templateDescription,
      ...NONE,
    })),
  ),
  project_categories: perProject((world, { id }) =>
    mastersOf(world, id).categories.map((category) => ({
      id: category.id,
      project_id: category.projectId,
      name: category.name,
      display_order: category.displayOrder,
      ...NONE,
    })),
  ),
  project_version_milestones: perProject((world, { id }) =>
    mastersOf(world, id).versions.map((version) => ({ ...versionColumns(version), project_id: id, ...NONE })),
  ),
  project_custom_fields: perProject((world, { id }) => mastersOf(world, id).customFields.map(customFieldRow)),
  project_custom_field_items: perProject((world, { id }) =>
    mastersOf(world, id).customFields.flatMap((field) =>
      (field.list?.items ?? []).map((item) => ({
        custom_field_id: field.id,
        id: item.id,
        project_id: id,
        name: item.name,
        display_order: item.displayOrder,
        ...NONE,
      })),
    ),
  ),
  project_users: perProject((world, project) =>
    project.memberIds.map((id) => ({ project_id: project.id, ...member(userOf(world, id)), ...NONE })),
  ),
  issues: perIssue((world, issue) => [issueRow(world, issue)]),
  issue_categories: perIssue((world, issue) =>
    mastersOf(world, issue.projectId)
      .categories.filter(({ id }) => issue.categoryIds.includes(id))
      .map(({ id, name, displayOrder }) => ({
        ...issueParents(issue),
        id,
        name,
        display_order: displayOrder,
        ...NONE,
      })),
  ),
  issue_milestones: perIssue((world, issue) => versionRows(world, issue, issue.milestoneIds)),
  issue_versions: perIssue((world, issue) => versionRows(world, issue, issue.versionIds)),
  issue_attachments: perIssue((world, issue) =>
    issue.attachments.map(({ id, name, size, createdUserId, created }) => ({
      ...issueParents(issue),
      id,
      name,
      size,
      ...person(world, 'created_user', createdUserId),
      created: instant(created),
      ...NONE,
    })),
  ),
  issue_linked_shared_files: perIssue((world, issue) =>
    issue.sharedFileIds.flatMap((fileId) => {
      const file = world.sharedFiles.get(fileId);
      if (!file) return [];
      const { id, type, dir, name, size } = file;
      return {
        ...issueParents(issue),
        ...{ id, type, dir, name, size },
        ...person(world, 'created_user', file.createdUserId),
        created: instant(file.created),
        ...person(world, 'updated_user', file.updatedUserId),
        updated: file.updated === null ? null : instant(file.updated),
        ...NONE,
      };
    }),
  ),
  issue_external_file_links: perIssue((world, issue) =>
    issue.externalFileLinks.map(({ id, type, url, title, createdUserId, created }, position) => ({
      ...issueParents(issue),
      ...{ position, id, type, url, title, name: null },
      ...person(world, 'created_user', createdUserId),
      created: instant(created),
      ...person(world, 'updated_user', null),
      updated: null,
      ...NONE,
    })),
  ),
  issue_stars: perIssue((world, issue) =>
    issue.stars.map((star) => ({ ...issueParents(issue), ...starColumns(world, star) })),
  ),
  issue_custom_field_values: perIssue((world, issue) =>
    fieldsOf(world, issue).map((field) => customValueRow(issue, field)),
  ),
  issue_comments: perComment((world, comment) => [
    {
      id: comment.id,
      issue_id: comment.issueId,
      project_id: comment.projectId,
      content: comment.content,
      ...person(world, 'created_user', comment.createdUserId),
      created: instant(comment.created),
      updated: instant(comment.updated),
      ...NONE,
    },
  ]),
  issue_comment_change_log: perComment((_, comment) =>
    comment.changeLog.map((change, position) => ({
      ...commentParents(comment),
      position,
      field: change.field,
      new_value: change.newValue,
      original_value: change.originalValue,
      attachment_info_id: change.attachmentInfo?.id ?? null,
      attachment_info_type: null,
      attachment_info_name: change.attachmentInfo?.name ?? null,
      attribute_info_id: change.attributeInfo?.id ?? null,
      attribute_info_type_id: change.attributeInfo ? Number(change.attributeInfo.typeId) : null,
      notification_info_type: change.notificationInfo?.type ?? null,
      ...NONE,
    })),
  ),
  issue_history: (world) => expectedHistory(world),
  issue_comment_stars: perComment((world, comment) =>
    comment.stars.map((star) => ({ ...commentParents(comment), ...starColumns(world, star) })),
  ),
  issue_comment_notifications: perComment((world, comment) =>
    comment.notifications.map(({ id, userId, reason, alreadyRead, resourceAlreadyRead }) => ({
      ...commentParents(comment),
      ...{ id, reason, already_read: alreadyRead, resource_already_read: resourceAlreadyRead },
      ...person(world, 'user', userId),
      ...NONE,
    })),
  ),
  ...FAMILY_EXPECTATIONS,
};

function perProject(rows: (world: World, project: ProjectRecord) => readonly Row[]) {
  return (world: World) => [...world.projects.values()].flatMap((project) => rows(world, project));
}

function perIssue(rows: (world: World, issue: IssueRecord) => readonly Row[]) {
  return (world: World) => [...world.issues.heads()].flatMap(({ id }) => rows(world, historyOf(world, id).issue));
}

function perComment(rows: (world: World, comment: CommentRecord) => readonly Row[]) {
  return (world: World) =>
    [...world.issues.heads()].flatMap(({ id }) => historyOf(world, id).comments.flatMap((each) => rows(world, each)));
}

function historyOf(world: World, id: number) {
  const history = world.issues.history(id);
  if (!history) throw new Error(`no issue ${id}`);
  return history;
}

function issueRow(world: World, issue: IssueRecord): Row {
  const masters = mastersOf(world, issue.projectId);
  const type = masters.issueTypes.find(({ id }) => id === issue.issueTypeId);
  const status = masters.statuses.find(({ id }) => id === issue.statusId);
  return {
    id: issue.id,
    project_id: issue.projectId,
    issue_key: `${world.projects.get(issue.projectId)?.projectKey}-${issue.keyId}`,
    key_id: issue.keyId,
    issue_type_id: issue.issueTypeId,
    issue_type_project_id: type?.projectId ?? null,
    issue_type_name: type?.name ?? null,
    issue_type_color: type?.color ?? null,
    issue_type_display_order: type?.displayOrder ?? null,
    summary: issue.summary,
    description: issue.description,
    resolution_id: issue.resolutionId,
    resolution_name: RESOLUTIONS.find(({ id }) => id === issue.resolutionId)?.name ?? null,
    priority_id: issue.priorityId,
    priority_name: PRIORITIES.find(({ id }) => id === issue.priorityId)?.name ?? null,
    status_id: issue.statusId,
    status_project_id: status?.projectId ?? null,
    status_name: status?.name ?? null,
    status_color: status?.color ?? null,
    status_display_order: status?.displayOrder ?? null,
    ...person(world, 'assignee', issue.assigneeId),
    start_date: issue.startDate,
    due_date: issue.dueDate,
    estimated_hours: issue.estimatedHours,
    actual_hours: issue.actualHours,
    parent_issue_id: issue.parentIssueId,
    ...person(world, 'created_user', issue.createdUserId),
    created: instant(issue.created),
    ...person(world, 'updated_user', issue.updatedUserId),
    updated: instant(issue.updated),
    custom_fields: fieldsOf(world, issue).map((field) => customFieldJson(issue, field)),
    ...NONE,
  };
}

function fieldsOf(world: World, { projectId, issueTypeId }: IssueRecord): readonly CustomField[] {
  return mastersOf(world, projectId).customFields.filter(
    ({ applicableIssueTypes }) => applicableIssueTypes.length === 0 || applicableIssueTypes.includes(issueTypeId),
  );
}

/** Chosen items in the order of the field's list; undefined for fields without items. */
function chosenItems(issue: IssueRecord, field: CustomField) {
  const held = issue.customFields.find(({ id }) => id === field.id)?.value;
  return field.list?.items.filter(({ id }) => Array.isArray(held) && held.includes(id));
}

function customValueRow(issue: IssueRecord, field: CustomField): Row {
  const held = issue.customFields.find(({ id }) => id === field.id);
  const value = held?.value ?? null;
  const items = chosenItems(issue, field);
  const many = field.typeId === 6 || field.typeId === 7;
  const shown = items && (many || items.length > 0) ? items : undefined;
  return {
    ...issueParents(issue),
    custom_field_id: field.id,
    field_type_id: field.typeId,
    name: field.name,
    text_value: field.typeId <= 2 ? (value as string | null) : null,
    number_value: field.typeId === 3 ? (value as number | null) : null,
    date_value: field.typeId === 4 ? (value as string | null) : null,
    item_ids: shown?.map(({ id }) => id) ?? null,
    item_names: shown?.map(({ name }) => name) ?? null,
    other_value: (field.typeId >= 7 && field.list?.allowInput && held?.otherValue) || null,
    ...NONE,
  };
}

function customFieldJson(issue: IssueRecord, field: CustomField): Value {
  const held = issue.customFields.find(({ id }) => id === field.id);
  const items = chosenItems(issue, field)?.map((item) => ({ ...item }));
  const many = field.typeId === 6 || field.typeId === 7;
  const plain = field.typeId === 4 && held?.value ? `${held.value}T00:00:00Z` : ((held?.value ?? null) as Value);
  const value: Value = items ? (many ? items : (items[0] ?? null)) : plain;
  const other = field.list?.allowInput ? { otherValue: held?.otherValue ?? null } : {};
  return { id: field.id, fieldTypeId: field.typeId, name: field.name, value, ...other };
}

function customFieldRow(field: CustomField): Row {
  const { number, date, list } = field;
  return {
    id: field.id,
    project_id: field.projectId,
    type_id: field.typeId,
    version: field.version,
    name: field.name,
    description: field.description,
    required: field.required,
    use_issue_type: field.useIssueType,
    applicable_issue_types: [...field.applicableIssueTypes],
    display_order: field.displayOrder,
    min: number?.min ?? null,
    max: number?.max ?? null,
    initial_value: number?.initialValue ?? null,
    unit: number?.unit ?? null,
    min_date: date?.min ?? null,
    max_date: date?.max ?? null,
    initial_date_id: date?.initialDate?.id ?? null,
    initial_date_shift: date?.initialDate?.shift ?? null,
    initial_date_date: date?.initialDate?.date ?? null,
    allow_add_item: list?.allowAddItem ?? null,
    allow_input: field.typeId >= 7 ? (list?.allowInput ?? null) : null,
    ...NONE,
  };
}

function versionRows(world: World, issue: IssueRecord, ids: readonly number[]): readonly Row[] {
  return mastersOf(world, issue.projectId)
    .versions.filter(({ id }) => ids.includes(id))
    .map((version) => ({ ...issueParents(issue), ...versionColumns(version), ...NONE }));
}

function versionColumns({
  id,
  name,
  description,
  startDate,
  releaseDueDate,
  archived,
  displayOrder,
}: Version): Columns {
  const dates = { start_date: startDate, release_due_date: releaseDueDate };
  return { id, name, description, ...dates, archived, display_order: displayOrder };
}

function issueParents({ id, projectId }: IssueRecord): Columns {
  return { issue_id: id, project_id: projectId };
}

function commentParents({ id, issueId, projectId }: CommentRecord): Columns {
  return { comment_id: id, issue_id: issueId, project_id: projectId };
}

function userOf(world: World, id: number): UserRecord {
  const user = world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
}
