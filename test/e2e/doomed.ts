import type { PullRequest } from '../../src/sandbox/world/git.ts';
import type { IssueHistory } from '../../src/sandbox/world/issue.ts';
import type { World } from '../../src/sandbox/world/world.ts';

/** What will be deleted; it is there before the first load. */
export interface Doomed {
  readonly kind: string;
  /** Where it is a row. */
  readonly table: string;
  /** Some columns, as CData calls them, and their values, by which its rows are found. */
  readonly row: Readonly<Record<string, string | number>>;
  remove(): void;
}

export type Deletions = readonly Doomed[];

function doom(kind: string, table: string, row: Doomed['row'], remove: () => void): Doomed {
  return { kind, table, row, remove };
}

/** One of everything whose deletion shows, in the feed or in a list that is read whole. */
export const SHOWN: readonly string[] = [
  ...['issue', 'comment of an issue that changes', 'attachment', 'wiki page', 'document', 'document comment', 'reply'],
  ...['pull request', 'repository', 'issue type', 'status', 'category', 'milestone', 'custom field', 'shared file'],
  ...['webhook', 'user', 'team', 'team of a project', 'member of a project', 'watching'],
];

/** One of what goes without a sign. */
export const SILENT: readonly string[] = [
  ...['comment of an issue that stays as it is', 'issue of which no activity tells', 'its comments', 'its categories'],
  ...['wiki page of which no activity tells', 'its history', 'wiki attachment', 'link to a shared file'],
  ...['pull request of which no activity tells', 'its remarks', 'document in the trash', 'remarks on it'],
  ...['document of which no activity tells', 'category on issues', 'milestone on issues', 'custom field on issues'],
];

/** All is long past, and nothing elsewhere holds a copy of it, which would go without a sign. */
export function shownDeletions(world: World): Deletions {
  const [issue, discussed, attached] = historiesIn(world).filter(
    (history) => isUnnoticed(world, history) && history.comments.length > 1,
  );
  const withFile = historiesIn(world).find((history) => history.issue.attachments.length > 0 && history !== issue);
  if (!issue || !discussed || !attached || !withFile) throw nothing('issues');
  const [comment] = discussed.comments;
  const [file] = withFile.issue.attachments;
  if (!comment || !file) throw nothing('comments and files');
  return [
    doom('issue', 'Issues', { Id: issue.issue.id }, () => world.deleteIssue(issue.issue.id)),
    doom('comment of an issue that changes', 'IssueComments', { Id: comment.id }, () => {
      world.deleteComment(discussed.issue.id, comment.id);
      world.updateIssue(discussed.issue.id, { summary: 'lost a comment' });
    }),
    doom('attachment', 'IssueAttachments', { Id: file.id }, () => world.deleteAttachment(withFile.issue.id, file.id)),
    ...pageDeletions(world),
    ...gitDeletions(world),
    ...masterDeletions(world),
    ...peopleDeletions(world),
  ];
}

/** Copies inside other rows, what hangs on things that do not change, and what goes without an activity. */
export function silentDeletions(world: World): Deletions {
  return [...silentlyInIssues(world), ...silentlyInPages(world), ...silentlyInGit(world), ...silentlyInMasters(world)];
}

function silentlyInIssues(world: World): Deletions {
  const quiet = pick(historiesIn(world), ({ comments }) => comments.length > 1);
  const gone = pick(
    historiesIn(world).toReversed(),
    (history) =>
      history.comments.length > 0 &&
      history.issue.categoryIds.length > 0 &&
      isUnnoticed(world, history) &&
      isUnrelated(world, history.issue.id),
  );
  const linked = pick(historiesIn(world), ({ issue }) => issue.sharedFileIds.length > 0 && issue.id !== gone.issue.id);
  const { id } = gone.issue;
  const [comment] = quiet.comments;
  const [file = 0] = linked.issue.sharedFileIds;
  const nothingMore = () => undefined;
  return [
    doom('comment of an issue that stays as it is', 'IssueComments', { Id: comment?.id ?? 0 }, () =>
      world.deleteComment(quiet.issue.id, comment?.id ?? 0),
    ),
    doom('issue of which no activity tells', 'Issues', { Id: id }, () => {
      for (const watching of [...world.watchings.values()])
        if (watching.issueId === id) world.watchings.delete(watching.id);
      world.issues.delete(id);
    }),
    doom('its comments', 'IssueComments', { IssueId: id }, nothingMore),
    doom('its categories', 'IssueCategories', { IssueId: id }, nothingMore),
    doom('link to a shared file', 'IssueLinkedSharedFiles', { Id: file }, () => world.deleteSharedFile(file)),
  ];
}

function silentlyInPages(world: World): Deletions {
  const page = pick(world.wikis.values(), ({ attachments }) => attachments.length > 0);
  const gone = pick([...world.wikis.values()].toReversed(), (each) => each !== page && each.versions.length > 0);
  const about = new Set([...world.notifications.values()].map((notice) => notice.about.documentId));
  const documents = [...world.documents.values()].filter(({ trashed, id }) => !trashed && !about.has(id));
  const parents = new Set(documents.map(({ parentId }) => parentId));
  const trashed = pick(documents, ({ comments }) => comments.length > 0);
  const vanished = pick(
    documents.toReversed(),
    (each) => each !== trashed && each.parentId !== trashed.id && !parents.has(each.id),
  );
  const [file] = page.attachments;
  return [
    doom('wiki attachment', 'WikiPageAttachments', { Id: file?.id ?? 0 }, () =>
      world.deleteWikiAttachment(page.id, file?.id ?? 0),
    ),
    doom('wiki page of which no activity tells', 'WikiPages', { Id: gone.id }, () => world.wikis.delete(gone.id)),
    doom('its history', 'WikiPageHistory', { PageId: gone.id }, () => undefined),
    doom('document in the trash', 'Documents', { Id: trashed.id }, () => world.trashDocument(trashed.id)),
    doom('remarks on it', 'DocumentComments', { DocumentId: trashed.id }, () => undefined),
    doom('document of which no activity tells', 'Documents', { Id: vanished.id }, () =>
      world.documents.delete(vanished.id),
    ),
  ];
}

function silentlyInGit(world: World): Deletions {
  const { ownerId } = world.space;
  const pull = pick(
    [...world.pullRequests.values()].toReversed(),
    ({ comments }) =>
      comments.length > 0 &&
      comments.every(({ notifications }) => notifications.every(({ userId }) => userId !== ownerId)),
  );
  return [
    doom('pull request of which no activity tells', 'PullRequests', { Id: pull.id }, () =>
      world.pullRequests.delete(pull.id),
    ),
    doom('its remarks', 'PullRequestComments', { PullRequestId: pull.id }, () => undefined),
  ];
}

function silentlyInMasters(world: World): Deletions {
  const [masters] = world.masters.values();
  const [projectId = 0] = world.masters.keys();
  if (!masters) throw nothing('masters');
  const issues = historiesIn(world).map(({ issue }) => issue);
  const category = pick(masters.categories, ({ id }) => issues.some(({ categoryIds }) => categoryIds.includes(id)));
  const version = pick(masters.versions, ({ id }) => issues.some(({ milestoneIds }) => milestoneIds.includes(id)));
  const field = pick(masters.customFields, () => true);
  return [
    doom('category on issues', 'IssueCategories', { Id: category.id }, () =>
      world.deleteCategory(projectId, category.id),
    ),
    doom('milestone on issues', 'IssueMilestones', { Id: version.id }, () =>
      world.deleteVersion(projectId, version.id),
    ),
    doom('custom field on issues', 'IssueCustomFieldValues', { CustomFieldId: field.id }, () =>
      world.deleteCustomField(projectId, field.id),
    ),
  ];
}

/** No issue names it, be it as its parent or as one that is related to it. */
function isUnrelated(world: World, id: number): boolean {
  return [...world.issues.heads()].every(({ parentIssueId }) => parentIssueId !== id);
}

function historiesIn(world: World): readonly IssueHistory[] {
  return [...world.issues.heads()].flatMap(({ id }) => world.issues.history(id) ?? []);
}

/** Nobody was given a star for it or told of it. */
function isUnnoticed({ notifications }: World, { issue, comments }: IssueHistory): boolean {
  const told = [...notifications.values()].some(({ about }) => about.issueId === issue.id);
  const starred = issue.stars.length > 0 || comments.some(({ stars }) => stars.length > 0);
  return !told && !starred && comments.every((comment) => comment.notifications.length === 0);
}

function isUnnoticedPull({ stars, comments }: PullRequest): boolean {
  const isUnnoticed = comments.every((comment) => comment.notifications.length + comment.stars.length === 0);
  return stars.length === 0 && comments.length > 0 && isUnnoticed;
}

function pageDeletions(world: World): Deletions {
  const about = new Set([...world.notifications.values()].map((notice) => notice.about.documentId));
  const page = pick(world.wikis.values(), ({ stars, versions }) => stars.length === 0 && versions.length > 1);
  const active = [...world.documents.values()].filter(({ trashed, id }) => !trashed && !about.has(id));
  const parents = new Set([...world.documents.values()].map(({ parentId }) => parentId));
  const answered = pick(active, ({ comments }) => comments.some(({ replies }) => replies.length > 0));
  const remark = pick(answered.comments, ({ replies }) => replies.length > 0);
  const remarked = pick(active, (document) => document !== answered && document.comments.length > 0);
  const document = pick(active, (each) => each !== answered && each !== remarked && !parents.has(each.id));
  const comment = remarked.comments[0]?.id ?? '';
  const reply = remark.replies[0]?.id ?? '';
  return [
    doom('wiki page', 'WikiPages', { Id: page.id }, () => world.deleteWiki(page.id)),
    doom('document', 'Documents', { Id: document.id }, () => world.deleteDocument(document.id)),
    doom('document comment', 'DocumentComments', { Id: comment }, () =>
      world.deleteDocumentComment(remarked.id, comment),
    ),
    doom('reply', 'DocumentCommentReplies', { Id: reply }, () =>
      world.deleteDocumentReply(answered.id, remark.id, reply),
    ),
  ];
}

function gitDeletions(world: World): Deletions {
  const [projectId = 0] = world.projects.keys();
  const repository = world.createRepository({ projectId, name: 'empty' });
  const pull = pick(world.pullRequests.values(), isUnnoticedPull);
  return [
    doom('pull request', 'PullRequests', { Id: pull.id }, () => world.deletePullRequest(pull.id)),
    doom('repository', 'Repositories', { Id: repository.id }, () => world.deleteRepository(repository.id)),
  ];
}

/** New ones that no issue has. */
function masterDeletions(world: World): Deletions {
  const [projectId = 0] = world.projects.keys();
  const name = 'to be deleted';
  const type = world.addIssueType(projectId, { name });
  const [substitute] = world.masters.get(projectId)?.issueTypes ?? [];
  const status = world.addStatus(projectId, { name });
  const category = world.addCategory(projectId, { name });
  const version = world.addVersion(projectId, { name });
  const list = { items: [{ id: 1, name: 'one', displayOrder: 0 }], allowAddItem: false, allowInput: false };
  const field = world.addCustomField(projectId, { name, typeId: 5, list, applicableIssueTypes: [type.id] });
  const file = world.addSharedFile({ projectId, dir: '/', name: 'to-be-deleted.txt', size: 1 });
  const webhook = world.createWebhook({ projectId, name, hookUrl: 'https://example.test/' });
  return [
    doom('issue type', 'ProjectIssueTypes', { Id: type.id }, () =>
      world.deleteIssueType(projectId, type.id, substitute?.id ?? 0),
    ),
    doom('status', 'ProjectStatuses', { Id: status.id }, () => world.deleteStatus(projectId, status.id, 1)),
    doom('category', 'ProjectCategories', { Id: category.id }, () => world.deleteCategory(projectId, category.id)),
    doom('milestone', 'ProjectVersionMilestones', { Id: version.id }, () => world.deleteVersion(projectId, version.id)),
    doom('custom field', 'ProjectCustomFields', { Id: field.id }, () => world.deleteCustomField(projectId, field.id)),
    doom('shared file', 'ProjectSharedFiles', { Id: file.id }, () => world.deleteSharedFile(file.id)),
    doom('webhook', 'ProjectWebhooks', { Id: webhook.id }, () => world.deleteWebhook(webhook.id)),
  ];
}

function peopleDeletions(world: World): Deletions {
  const owner = world.space.ownerId;
  const [projectId = 0] = world.projects.keys();
  const user = world.createUser({ name: 'to be deleted' });
  const team = world.createTeam({ name: 'to be deleted', memberIds: [owner] });
  const joined = world.createTeam({ name: 'leaves its project', memberIds: [owner] });
  world.addProjectTeam(projectId, joined.id);
  const member = world.createUser({ name: 'leaves' });
  world.joinProject(projectId, member.id);
  const watching = pick(world.watchings.values(), ({ userId }) => userId === owner);
  return [
    doom('user', 'Users', { Id: user.id }, () => world.deleteUser(user.id)),
    doom('team', 'Teams', { Id: team.id }, () => world.deleteTeam(team.id)),
    doom('team of a project', 'ProjectTeams', { Id: joined.id }, () => world.removeProjectTeam(projectId, joined.id)),
    doom('member of a project', 'ProjectUsers', { Id: member.id }, () => world.leaveProject(projectId, member.id)),
    doom('watching', 'Watchings', { Id: watching.id }, () => world.unwatch(watching.id)),
  ];
}

function pick<T>(all: Iterable<T>, fits: (one: T) => boolean): T {
  for (const one of all) if (fits(one)) return one;
  throw nothing('things that fit');
}

function nothing(what: string): Error {
  return new Error(`the space has too few ${what}`);
}
