import type { IssueHistory } from '../../src/sandbox/world/issue.ts';
import type { World } from '../../src/sandbox/world/world.ts';

/** What will be deleted; each is there before the first load. */
type Deletions = readonly (() => void)[];

/**
 * One of everything whose deletion shows, in the feed or in a list that is read whole. All is long past, and nothing
 * elsewhere holds a copy of it, which would go without a sign.
 */
export function shownDeletions(world: World): Deletions {
  const [issue, discussed, attached] = historiesIn(world).filter(
    (history) => isUnnoticed(world, history) && history.comments.length > 1,
  );
  const withFile = historiesIn(world).find((history) => history.issue.attachments.length > 0 && history !== issue);
  if (!issue || !discussed || !attached || !withFile) throw nothing('issues');
  return [
    () => world.deleteIssue(issue.issue.id),
    () => {
      world.deleteComment(discussed.issue.id, discussed.comments[0]?.id ?? 0);
      world.updateIssue(discussed.issue.id, { summary: 'lost a comment' });
    },
    () => world.deleteAttachment(withFile.issue.id, withFile.issue.attachments[0]?.id ?? 0),
    ...pageDeletions(world),
    ...gitDeletions(world),
    ...masterDeletions(world),
    ...peopleDeletions(world),
  ];
}

/** Deletions of which nothing tells: copies inside other rows, and what hangs on things that do not change. */
export function silentDeletions(world: World): Deletions {
  const page = pick(world.wikis.values(), ({ attachments }) => attachments.length > 0);
  const linked = pick(historiesIn(world), ({ issue }) => issue.sharedFileIds.length > 0);
  const document = pick(world.documents.values(), ({ trashed, comments }) => !trashed && comments.length > 0);
  const [masters] = world.masters.values();
  const [projectId = 0] = world.masters.keys();
  if (!masters) throw nothing('masters');
  return [
    () => world.deleteWikiAttachment(page.id, page.attachments[0]?.id ?? 0),
    () => world.deleteSharedFile(linked.issue.sharedFileIds[0] ?? 0),
    () => world.trashDocument(document.id),
    () => world.deleteCategory(projectId, pick(masters.categories, () => true).id),
    () => world.deleteVersion(projectId, pick(masters.versions, () => true).id),
    () => world.deleteCustomField(projectId, pick(masters.customFields, () => true).id),
  ];
}

/** A comment of an issue that does not change: found when the issue changes, and only then. */
export function quietComment(world: World): () => void {
  const { issue, comments } = pick(historiesIn(world), (history) => history.comments.length > 1);
  return () => world.deleteComment(issue.id, comments[0]?.id ?? 0);
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

function pageDeletions(world: World): Deletions {
  const about = new Set([...world.notifications.values()].map((notice) => notice.about.documentId));
  const page = pick(world.wikis.values(), ({ stars, versions }) => stars.length === 0 && versions.length > 1);
  const active = [...world.documents.values()].filter(({ trashed, id }) => !trashed && !about.has(id));
  const parents = new Set([...world.documents.values()].map(({ parentId }) => parentId));
  const answered = pick(active, ({ comments }) => comments.some(({ replies }) => replies.length > 0));
  const remark = pick(answered.comments, ({ replies }) => replies.length > 0);
  const remarked = pick(active, (document) => document !== answered && document.comments.length > 0);
  const document = pick(active, (each) => each !== answered && each !== remarked && !parents.has(each.id));
  return [
    () => world.deleteWiki(page.id),
    () => world.deleteDocument(document.id),
    () => world.deleteDocumentComment(remarked.id, remarked.comments[0]?.id ?? ''),
    () => world.deleteDocumentReply(answered.id, remark.id, remark.replies[0]?.id ?? ''),
  ];
}

function gitDeletions(world: World): Deletions {
  const [projectId = 0] = world.projects.keys();
  const repository = world.createRepository({ projectId, name: 'empty' });
  const pull = pick(
    world.pullRequests.values(),
    ({ stars, comments }) =>
      stars.length === 0 &&
      comments.length > 0 &&
      comments.every((comment) => comment.notifications.length + comment.stars.length === 0),
  );
  return [() => world.deletePullRequest(pull.id), () => world.deleteRepository(repository.id)];
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
    () => world.deleteIssueType(projectId, type.id, substitute?.id ?? 0),
    () => world.deleteStatus(projectId, status.id, 1),
    () => world.deleteCategory(projectId, category.id),
    () => world.deleteVersion(projectId, version.id),
    () => world.deleteCustomField(projectId, field.id),
    () => world.deleteSharedFile(file.id),
    () => world.deleteWebhook(webhook.id),
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
    () => world.deleteUser(user.id),
    () => world.deleteTeam(team.id),
    () => world.removeProjectTeam(projectId, joined.id),
    () => world.leaveProject(projectId, member.id),
    () => world.unwatch(watching.id),
  ];
}

function pick<T>(all: Iterable<T>, fits: (one: T) => boolean): T {
  for (const one of all) if (fits(one)) return one;
  throw nothing('things that fit');
}

function nothing(what: string): Error {
  return new Error(`the space has too few ${what}`);
}
