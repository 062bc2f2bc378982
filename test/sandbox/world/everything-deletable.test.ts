import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker } from '../asker.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

const ask = (path: string) => asker(sandbox)(path);
const newest = async () => (await ask('/space/activities?count=1')).body[0] as { type: number; content: unknown };

/** Ids that a list shows. */
async function idsAt(path: string): Promise<readonly unknown[]> {
  const { body } = await ask(path);
  return (body as { id: unknown }[]).map(({ id }) => id);
}

/** The list loses exactly this id, and the feed tells it so, or says nothing. */
async function expectGone(path: string, id: unknown, remove: () => void, told?: { type: number; content: object }) {
  const [before, feed] = [await idsAt(path), await newest()];
  expect(before).toContain(id);
  remove();
  expect(await idsAt(path)).toEqual(before.filter((each) => each !== id));
  if (told === undefined) expect(await newest()).toEqual(feed);
  else expect(await newest()).toMatchObject(told);
}

const firstOf = <Value>(records: Iterable<Value>, fits: (value: Value) => boolean = () => true): Value => {
  const value = [...records].find(fits);
  if (value === undefined) throw new Error('the demo space has none');
  return value;
};

test('wiki page', async () => {
  const { id, name, content } = firstOf(sandbox.world.wikis.values(), ({ projectId }) => projectId === 101);
  const told = { type: 7, content: { id, name, content } };
  await expectGone('/wikis?projectIdOrKey=101', id, () => sandbox.world.deleteWiki(id), told);
  expect((await ask(`/wikis/${id}`)).status).toBe(404);
});

test('wiki attachment and linked file', async () => {
  const page = firstOf(sandbox.world.wikis.values());
  const { id } = sandbox.world.addWikiAttachment(page.id, { name: 'a', size: 1 });
  await expectGone(`/wikis/${page.id}/attachments`, id, () => sandbox.world.deleteWikiAttachment(page.id, id));
  const file = firstOf(sandbox.world.sharedFiles.values(), ({ type }) => type === 'file');
  sandbox.world.linkWikiFile(page.id, file.id);
  await expectGone(`/wikis/${page.id}/sharedFiles`, file.id, () => sandbox.world.unlinkWikiFile(page.id, file.id));
});

test('document, first into the trash and then for good, with all below it', async () => {
  const parent = sandbox.world.createDocument({ projectId: 101, title: '親', plain: 'p' });
  const child = sandbox.world.createDocument({ projectId: 101, title: '子', plain: 'c', parentId: parent.id });
  const tree = async () => (await ask('/documents/tree?projectIdOrKey=101')).text.split('"trashTree"');
  sandbox.world.trashDocument(parent.id);
  expect(await newest()).toMatchObject({ type: 37, content: { id: parent.id, title: '親' } });
  const [active, trash] = await tree();
  for (const { id } of [parent, child]) expect([active?.includes(id), trash?.includes(id)]).toEqual([false, true]);
  expect(await idsAt('/documents?offset=0&count=100')).not.toContain(child.id);
  sandbox.world.deleteDocument(parent.id);
  expect((await tree()).join()).not.toContain(child.id);
  expect((await ask(`/documents/${child.id}`)).status).toBe(404);
});

test('document comment and reply', async () => {
  const { id } = firstOf(sandbox.world.documents.values(), ({ trashed }) => !trashed);
  const comment = sandbox.world.addDocumentComment(id, { plain: 'c' });
  const reply = sandbox.world.addDocumentReply(id, comment.id, { plain: 'r' });
  sandbox.world.deleteDocumentReply(id, comment.id, reply.id);
  expect(await newest()).toMatchObject({ type: 45, content: { id, comment: { id: reply.id } } });
  const told = { type: 42, content: { id, comment: { id: comment.id } } };
  const remove = () => sandbox.world.deleteDocumentComment(id, comment.id);
  await expectGone(`/documents/${id}/comments`, comment.id, remove, told);
});

test('shared file, and a directory with all in it', async () => {
  const file = sandbox.world.addSharedFile({ projectId: 101, dir: '/a/b/', name: 'c.txt', size: 3 });
  const told = { type: 10, content: { id: file.id, dir: '/a/b/', name: 'c.txt', size: 3 } };
  const files = '/projects/101/files/metadata';
  await expectGone(`${files}/a/b`, file.id, () => sandbox.world.deleteSharedFile(file.id), told);
  const inner = sandbox.world.addSharedFile({ projectId: 101, dir: '/a/b/', name: 'd.txt', size: 4 });
  const directory = firstOf(sandbox.world.sharedFiles.values(), ({ name }) => name === 'a');
  const remove = () => sandbox.world.deleteSharedFile(directory.id);
  await expectGone(`${files}/`, directory.id, remove, { type: 10, content: { id: inner.id } });
  expect((await ask(`${files}/a/b`)).status).toBe(404);
});

test('pull request and repository', async () => {
  const pull = firstOf(sandbox.world.pullRequests.values(), ({ projectId }) => projectId === 102);
  const repositories = '/projects/102/git/repositories';
  const path = `${repositories}/${pull.repositoryId}/pullRequests?count=100`;
  const told = { type: 21, content: { id: pull.id, number: pull.number } };
  await expectGone(path, pull.id, () => sandbox.world.deletePullRequest(pull.id), told);
  const next = sandbox.world.createPullRequest({ repositoryId: pull.repositoryId, summary: 's' });
  sandbox.world.deletePullRequest(next.id);
  expect(sandbox.world.createPullRequest({ repositoryId: pull.repositoryId, summary: 's' }).number).toBe(
    next.number + 1,
  );
  await expectGone(repositories, pull.repositoryId, () => sandbox.world.deleteRepository(pull.repositoryId));
  expect((await ask(path)).status).toBe(404);
});

test('version, with what the feed says of it; issues lose it and stay as they are', async () => {
  const issue = sandbox.world.createIssue({ projectId: 101, summary: 's', milestoneIds: [101200, 101201] });
  const told = { type: 24, content: { id: 101200, name: '2023年版', reference_date: '2024-03-31' } };
  await expectGone('/projects/101/versions', 101200, () => sandbox.world.deleteVersion(101, 101200), told);
  const { body } = await ask(`/issues/${issue.id}`);
  expect([body.milestone.map(({ id }: { id: number }) => id), body.updated]).toEqual([[101201], body.created]);
});

test('status, whose issues get another one without being updated', async () => {
  const status = sandbox.world.addStatus(101, { name: '保留' });
  const issue = sandbox.world.createIssue({ projectId: 101, summary: 's', statusId: status.id });
  const told = {
    type: 34,
    content: {
      deletedStatus: { name: '保留' },
      link: [{ id: issue.id, key_id: issue.keyId, title: 's' }],
      change: { field: 'status', new_value: '処理中' },
    },
  };
  await expectGone('/projects/101/statuses', status.id, () => sandbox.world.deleteStatus(101, status.id, 2), told);
  expect((await ask(`/issues/${issue.id}`)).body).toMatchObject({ status: { id: 2 }, updated: expect.any(String) });
});

test('issue type, category and custom field, of which the feed says nothing', async () => {
  const { world } = sandbox;
  const issue = world.createIssue({
    projectId: 101,
    summary: 's',
    issueTypeId: 101001,
    categoryIds: [101100],
    customFields: [{ id: 101300, value: 'v' }],
  });
  await expectGone('/projects/101/issueTypes', 101001, () => world.deleteIssueType(101, 101001, 101002));
  await expectGone('/projects/101/categories', 101100, () => world.deleteCategory(101, 101100));
  await expectGone('/projects/101/customFields', 101300, () => world.deleteCustomField(101, 101300));
  const { body } = await ask(`/issues/${issue.id}`);
  expect(body).toMatchObject({ issueType: { id: 101002 }, category: [] });
  expect(body.customFields.map(({ id }: { id: number }) => id)).not.toContain(101300);
});

test('attachment of an issue, which is an edit with a change log', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's' });
  const file = sandbox.world.addAttachment(id, { name: '図.png', size: 10 });
  const told = { type: 2, content: { id, changes: [{ field: 'attachment', old_value: '図.png', new_value: '' }] } };
  await expectGone(`/issues/${id}/attachments`, file.id, () => sandbox.world.deleteAttachment(id, file.id), told);
  const { body } = await ask(`/issues/${id}/comments?order=asc`);
  expect(body.map(({ changeLog }: { changeLog: unknown[] }) => changeLog[0])).toMatchObject([
    { field: 'attachment', newValue: '図.png', originalValue: null, attachmentInfo: { id: file.id, name: '図.png' } },
    { field: 'attachment', newValue: null, originalValue: '図.png', attachmentInfo: { id: file.id, name: '図.png' } },
  ]);
});

test('links of an issue to files and to other issues', async () => {
  const [one, other] = [1, 2].map((key) => sandbox.world.issues.idOfKey(102, key) ?? 0) as [number, number];
  const file = firstOf(sandbox.world.sharedFiles.values(), ({ projectId }) => projectId === 102);
  sandbox.world.linkFile(one, file.id);
  await expectGone(`/issues/${one}/sharedFiles`, file.id, () => sandbox.world.unlinkFile(one, file.id));
  sandbox.world.relateIssues(one, other);
  expect((await ask(`/issues/${other}/relatedIssues`)).body).toMatchObject([{ id: one, type: 'RELATES' }]);
  await expectGone(`/issues/${one}/relatedIssues`, other, () => sandbox.world.unrelateIssues(one, other));
  sandbox.world.relateIssues(one, other);
  sandbox.world.deleteIssue(other);
  expect(await idsAt(`/issues/${one}/relatedIssues`)).toEqual([]);
});

test('member, team, webhook, watching, user', async () => {
  const { world } = sandbox;
  const user = { type: 16, content: { users: [{ id: 5003 }] } };
  await expectGone('/projects/102/administrators', 5002, () => world.updateProject(102, { administratorIds: [5001] }));
  await expectGone('/projects/102/users?excludeGroupMembers=true', 5003, () => world.leaveProject(102, 5003), user);
  const team = firstOf(world.teams.values(), ({ id }) => world.projects.get(102)?.teamIds.includes(id) ?? false);
  const parties = { type: 26, content: { parties: [{ id: team.id, name: team.name }] } };
  await expectGone('/projects/102/teams', team.id, () => world.removeProjectTeam(102, team.id), parties);
  await expectGone('/teams', team.id, () => world.deleteTeam(team.id));
  const webhook = firstOf(world.webhooks.values(), ({ projectId }) => projectId === 101);
  await expectGone('/projects/101/webhooks', webhook.id, () => world.deleteWebhook(webhook.id));
  const watching = firstOf(world.watchings.values(), ({ userId }) => userId === 5001);
  await expectGone('/users/5001/watchings', watching.id, () => world.unwatch(watching.id));
  await expectGone('/users', 5004, () => world.deleteUser(5004));
});

test('what a deleted user wrote stays, without an author', async () => {
  const { id } = sandbox.world.createIssue({ projectId: 101, summary: 's', createdUserId: 5004, assigneeId: 5004 });
  sandbox.world.deleteUser(5004);
  expect((await ask(`/issues/${id}`)).body).toMatchObject({ createdUser: null, assignee: null });
  expect((await ask('/users/5004')).status).toBe(404);
});

test('project, with everything in it', async () => {
  const issueId = sandbox.world.issues.idOfKey(102, 1);
  const page = firstOf(sandbox.world.wikis.values(), ({ projectId }) => projectId === 102);
  sandbox.world.deleteProject(102);
  for (const path of ['/projects/102', `/issues/${issueId}`, `/wikis/${page.id}`, '/projects/ROCKET/git/repositories'])
    expect((await ask(path)).status).toBe(404);
  expect(await idsAt('/projects')).toEqual([101, 103]);
  for (const { project } of (await ask('/space/activities?count=100')).body) expect(project.id).not.toBe(102);
});
