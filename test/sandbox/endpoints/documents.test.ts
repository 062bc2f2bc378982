import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: { projects: 2, issues: 20, documents: 130 }, budgets: { read: 1e6 } });
});

afterAll(() => sandbox.close());

const ask = (path: string) => asker(sandbox)(path);

interface Node {
  readonly id: string;
  readonly name: string;
  readonly children: readonly Node[];
}

test('the offset must be given', async () => {
  expect(await ask('/documents?count=10')).toMatchObject({ status: 400, body: errorBody(7) });
});

test('pages hold every document that is not in the trash, newest change first', async () => {
  const pages = await Promise.all([0, 100].map((offset) => ask(`/documents?count=100&offset=${offset}`)));
  const listed = pages.flatMap(({ body }) => body as { id: string; updated: string }[]);
  const active = [...sandbox.world.documents.values()].filter(({ trashed }) => !trashed);
  expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(active.map(({ id }) => id)));
  expect(listed).toHaveLength(active.length);
  const times = listed.map(({ updated }) => updated);
  expect(times).toEqual([...times].sort().reverse());
});

test('a project that is not joined is refused', async () => {
  expect(await ask('/documents?offset=0&projectId[]=999')).toMatchObject({ status: 404, body: errorBody(6) });
});

test('the tree shows active and trashed documents below their parents', async () => {
  const { body } = await ask('/documents/tree?projectIdOrKey=101');
  const flat = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap((node) => [node, ...flat(node.children)]);
  const own = [...sandbox.world.documents.values()].filter(({ projectId }) => projectId === 101);
  const ids = (trashed: boolean) => own.filter((each) => each.trashed === trashed).map(({ id }) => id);
  expect(body).toMatchObject({ projectId: 101, activeTree: { id: 'Active' }, trashTree: { id: 'Trash' } });
  expect(new Set(flat(body.activeTree.children).map(({ id }) => id))).toEqual(new Set(ids(false)));
  expect(new Set(flat(body.trashTree.children).map(({ id }) => id))).toEqual(new Set(ids(true)));
  for (const node of flat(body.activeTree.children))
    for (const child of node.children) expect(sandbox.world.documents.get(child.id)?.parentId).toBe(node.id);
  expect(flat(body.activeTree.children).length).toBeGreaterThan(body.activeTree.children.length);
});

test('a document holds its text in both forms, its tags and attachments', async () => {
  const id = sandbox.world.createDocument({ projectId: 101, title: '題', plain: '一\r\n二', tags: ['計画'] }).id;
  const file = sandbox.world.addDocumentAttachment(id, { name: '図 1.png', size: 5 });
  const { body } = await ask(`/documents/${id}`);
  expect(body).toMatchObject({
    title: '題',
    plain: '一\r\n二',
    tags: [{ name: '計画' }],
    attachments: [{ id: file.id }],
  });
  expect(JSON.parse(body.json).content).toHaveLength(2);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  const download = await ask(`/documents/${id}/attachments/${file.id}`);
  expect(download.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E5%9B%B3%201.png");
  expect(download.headers.get('content-length')).toBe('5');
});

test('comments hold their replies, and do not move the document', async () => {
  const document = sandbox.world.createDocument({ projectId: 101, title: 't', plain: 'p' });
  const comment = sandbox.world.addDocumentComment(document.id, { plain: '質問', createdUserId: 5002 });
  const reply = sandbox.world.addDocumentReply(document.id, comment.id, { plain: '回答' });
  const { body } = await ask(`/documents/${document.id}/comments`);
  expect(body).toMatchObject([
    {
      id: comment.id,
      documentId: document.id,
      plain: '質問',
      createdUserId: 5002,
      createdUser: { id: 5002, roleType: 255 },
      replies: [{ id: reply.id, documentId: document.id, commentId: comment.id, plain: '回答' }],
    },
  ]);
  expect(sandbox.world.documents.get(document.id)?.updated).toBe(document.updated);
});
