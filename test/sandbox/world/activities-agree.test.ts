import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { ACTIVITY } from '../../../src/sandbox/world/activity.ts';
import { asker } from '../asker.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ budgets: { read: 1e6, search: 1e6 } });
});

afterEach(() => sandbox.close());

/** What the feed tells since the call of `mark`, oldest first. */
async function since(mark: number) {
  const { body } = await asker(sandbox)(`/space/activities?count=100&order=asc&minId=${mark + 1}`);
  return body as { id: number; type: number; content: Record<string, unknown> }[];
}

async function mark(): Promise<number> {
  return (await asker(sandbox)('/space/activities?count=1')).body[0].id as number;
}

test('there is a change for every kind of activity', async () => {
  const start = await mark();
  const { world } = sandbox;
  const projectId = 101;
  const issue = world.createIssue({ projectId, summary: 's' });
  world.updateIssue(issue.id, { statusId: 2 });
  const comment = world.addComment(issue.id, { content: 'c' });
  world.notifyOfComment(issue.id, comment.id, [5002]);
  world.createIssues([
    { projectId, summary: 'a' },
    { projectId, summary: 'b' },
  ]);
  world.updateIssues([issue.id], { priorityId: 2 });
  world.updateIssues([issue.id], { dueDate: '2026-01-31' });
  world.deleteIssue(issue.id);
  const wiki = world.createWiki({ projectId, name: 'w', content: 'c' });
  world.updateWiki(wiki.id, { content: 'd' });
  world.deleteWiki(wiki.id);
  const file = world.addSharedFile({ projectId, dir: '/', name: 'f', size: 1 });
  world.updateSharedFile(file.id, 2);
  world.deleteSharedFile(file.id);
  world.commitSubversion(projectId, 7, 'fix');
  const repository = world.createRepository({ projectId, name: 'r' });
  world.pushCommits(repository.id, [{ rev: 'abc', comment: 'c' }]);
  const pull = world.createPullRequest({ repositoryId: repository.id, summary: 'p' });
  world.updatePullRequest(pull.id, { statusId: 3 });
  world.addPullRequestComment(pull.id, { content: 'c' });
  world.deletePullRequest(pull.id);
  world.joinProject(projectId, 5001);
  world.leaveProject(projectId, 5004);
  const version = world.addVersion(projectId, { name: 'v' });
  world.updateVersion(projectId, version.id, { releaseDueDate: '2026-03-31' });
  world.deleteVersion(projectId, version.id);
  const team = world.createTeam({ name: 't' });
  world.addProjectTeam(projectId, team.id);
  world.removeProjectTeam(projectId, team.id);
  const status = world.addStatus(projectId, { name: 's' });
  world.deleteStatus(projectId, status.id, 1);
  const document = world.createDocument({ projectId, title: 'd', plain: 'p' });
  world.createDocuments([{ projectId, title: 'e', plain: '' }]);
  world.updateDocument(document.id, { title: 'd2', plain: 'p2' });
  const remark = world.addDocumentComment(document.id, { plain: 'c' });
  world.updateDocumentComment(document.id, remark.id, 'c2');
  const reply = world.addDocumentReply(document.id, remark.id, { plain: 'r' });
  world.updateDocumentReply(document.id, remark.id, reply.id, 'r2');
  world.deleteDocumentReply(document.id, remark.id, reply.id);
  world.deleteDocumentComment(document.id, remark.id);
  world.addDocumentAttachment(document.id, { name: 'a', size: 1 });
  world.mentionInDocument(document.id, 5002);
  world.deleteDocument(document.id);
  const told = await since(start);
  expect(new Set(told.map(({ type }) => type))).toEqual(new Set(Object.values(ACTIVITY)));
  const ids = told.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((one, other) => one - other));
});

test('a bulk edit is one activity without old values, and a comment in each issue', async () => {
  const [one, two] = ['a', 'b'].map((summary) => sandbox.world.createIssue({ projectId: 102, summary }));
  if (one === undefined || two === undefined) throw new Error('not created');
  const start = await mark();
  sandbox.world.updateIssues([one.id, two.id], { milestoneIds: [102202], dueDate: '2026-02-28' });
  const [told, ...more] = await since(start);
  expect(more).toEqual([]);
  const { body: comments } = await asker(sandbox)(`/issues/${two.id}/comments`);
  expect(comments[0].changeLog).toMatchObject([{ field: 'milestone' }, { field: 'limitDate', newValue: '2026-02-28' }]);
  expect(told).toMatchObject({
    type: 14,
    content: {
      link: [
        { id: one.id, key_id: one.keyId, title: 'a' },
        { id: two.id, comment: { id: comments[0].id } },
      ],
      changes: [
        { field: 'milestone', new_value: 'Release 2025', type: 'standard' },
        { field: 'limitDate', new_value: '2026/02/28', type: 'standard' },
      ],
    },
  });
});

test('the merge of a pull request arrives as an update with ids for values', async () => {
  const [pull] = [...sandbox.world.pullRequests.values()].filter(({ statusId }) => statusId === 1);
  if (pull === undefined) throw new Error('no open pull request');
  const start = await mark();
  sandbox.world.updatePullRequest(pull.id, { statusId: 3 }, 5002);
  expect(await since(start)).toMatchObject([
    {
      type: 19,
      content: {
        id: pull.id,
        number: pull.number,
        repository: { id: pull.repositoryId },
        changes: [{ field: 'status', old_value: '1', new_value: '3' }],
      },
      createdUser: { id: 5002 },
    },
  ]);
  const path = `/projects/${pull.projectId}/git/repositories/${pull.repositoryId}/pullRequests/${pull.number}`;
  const { body } = await asker(sandbox)(path);
  expect(body).toMatchObject({ status: { id: 3, name: 'Merged' }, mergeAt: body.updated, closeAt: null });
  const { body: comments } = await asker(sandbox)(`${path}/comments?count=1`);
  expect(comments).toMatchObject([
    { content: null, changeLog: [{ field: 'status', newValue: 'Merged', originalValue: 'Open' }] },
  ]);
});

test('renamed masters show in issues at once, and change logs keep the old names', async () => {
  const { world } = sandbox;
  const { id } = world.createIssue({ projectId: 102, summary: 's' });
  world.updateIssue(id, { statusId: 2, categoryIds: [102100] });
  world.updateStatus(102, 2, { name: 'Doing' });
  world.updateCategory(102, 102100, { name: 'Views' });
  world.updateCustomField(102, 102300, { name: 'Client' });
  const { body } = await asker(sandbox)(`/issues/${id}`);
  expect(body).toMatchObject({ status: { id: 2, name: 'Doing' }, category: [{ id: 102100, name: 'Views' }] });
  expect(body.customFields[0]).toMatchObject({ id: 102300, name: 'Client' });
  const { body: comments } = await asker(sandbox)(`/issues/${id}/comments`);
  expect(comments[0].changeLog).toMatchObject([{ newValue: 'Screens' }, { newValue: 'In Progress' }]);
  expect((await asker(sandbox)('/projects/102/customFields')).body[0].version).toBe(2);
});

test('the seeded past tells of each page, document, pull request and file that it holds', async () => {
  const activities = [...sandbox.world.activities.select({ min: 0, max: Number.MAX_SAFE_INTEGER, order: 'asc' }, {})];
  const told = (type: number) =>
    new Set(activities.filter((each) => each.type === type).map(({ content }) => content.id));
  for (const { id } of sandbox.world.wikis.values()) expect(told(ACTIVITY.wikiCreated)).toContain(id);
  for (const { id } of sandbox.world.documents.values()) expect(told(ACTIVITY.documentCreated)).toContain(id);
  for (const { id } of sandbox.world.pullRequests.values()) expect(told(ACTIVITY.pullRequestCreated)).toContain(id);
  for (const type of [ACTIVITY.wikiDeleted, ACTIVITY.documentDeleted, ACTIVITY.fileDeleted, ACTIVITY.versionDeleted])
    expect(told(type).size).toBeGreaterThan(0);
});
