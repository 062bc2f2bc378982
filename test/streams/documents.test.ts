import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectedRows } from '../tap/expected-rows.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

const STREAMS = [
  'documents',
  'document_tags',
  'document_attachments',
  'document_tree',
  'document_comments',
  'document_comment_replies',
];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 4, documents: 24 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectWorld(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

async function readAgain(): Promise<void> {
  space.clock.advance(60);
  space.requestsOf(/./);
  await space.readInto(replica, { streams: STREAMS });
}

function leaves() {
  const all = [...space.sandbox.world.documents.values()].filter(({ trashed }) => !trashed);
  return all.filter(({ id }) => !all.some(({ parentId }) => parentId === id));
}

function leafAt(index: number) {
  const document = leaves().at(index);
  if (!document) throw new Error('the seed has too few documents');
  return document;
}

describe('documents', () => {
  test('that were written, edited, moved, given files, put into the trash and deleted are as the space has them', async () => {
    await space.readInto(replica, { streams: STREAMS });
    expectWorld();
    const { world } = space.sandbox;
    const [edited, moved, filed, trashed, deleted] = [leafAt(0), leafAt(1), leafAt(2), leafAt(3), leafAt(4)];
    space.clock.advance(60);
    world.updateDocument(edited.id, { title: '改題', plain: 'one\r\n\r\ntwo' });
    world.moveDocument(moved.id, null);
    world.addDocumentAttachment(filed.id, { name: '図.png', size: 5 });
    world.trashDocument(trashed.id);
    world.deleteDocument(deleted.id);
    world.createDocument({ projectId: edited.projectId, title: 'new', plain: '', tags: ['tag'] });
    await readAgain();
    expectWorld();
  });

  test('take along what lies below them into the trash, and stay away afterwards', async () => {
    await space.readInto(replica, { streams: STREAMS });
    const { world } = space.sandbox;
    const all = [...world.documents.values()].filter(({ trashed }) => !trashed);
    const parent = all.find(({ id }) => all.some(({ parentId }) => parentId === id));
    const before = replica.rows('documents').length;
    space.clock.advance(60);
    world.trashDocument(parent?.id ?? '');
    await readAgain();
    expectWorld();
    expect(replica.rows('documents').length).toBeLessThan(before - 1);
    await readAgain();
    expectWorld();
  });

  test('cost their tree alone where nothing happened', async () => {
    await space.readInto(replica, { streams: STREAMS });
    await readAgain();
    expect(new Set(space.requestsOf(/document/).map(({ path }) => path))).toEqual(new Set(['/documents/tree']));
    expectWorld();
  });

  test('that changed in several projects are found in one list', async () => {
    await space.readInto(replica, { streams: STREAMS });
    space.clock.advance(60);
    const changed = new Map(leaves().map((document) => [document.projectId, document.id]));
    expect(changed.size).toBe(2);
    for (const id of changed.values()) space.sandbox.world.updateDocument(id, { plain: 'new' });
    await readAgain();
    expectWorld();
    expect(space.requestsOf(/^\/documents$/)).toHaveLength(1);
  });

  test('of a project that has switched them off do not keep those of another from being read', async () => {
    await space.readInto(replica, { streams: STREAMS });
    space.clock.advance(60);
    const [off, on] = [...new Map(leaves().map((document) => [document.projectId, document])).values()];
    for (const document of [off, on]) space.sandbox.world.updateDocument(document?.id ?? '', { plain: 'new' });
    space.sandbox.world.updateProject(off?.projectId ?? 0, { settings: { useDocument: false } });
    await readAgain();
    expect(replica.rows('documents').find(({ id }) => id === off?.id)).toMatchObject({ plain: off?.plain });
    expect(replica.rows('documents').find(({ id }) => id === on?.id)).toMatchObject({ plain: 'new' });
  });

  test('are asked one by one where the list leaves out their bodies', async () => {
    const { id, projectId } = leafAt(0);
    const listed = { id, projectId, title: 'x', updated: '2026-01-01T00:00:00Z' };
    const fault = { kind: 'body', body: JSON.stringify([listed]) } as const;
    space.sandbox.faults.add({ path: '/documents', times: 2, fault });
    await space.readInto(replica, { streams: ['documents'] });
    const expected = expectedRows(space.sandbox.world, 'documents').filter((row) => row.id === id);
    expect(replica.rows('documents')).toEqual(expected);
  });
});

describe('comments on documents', () => {
  test('are read again where the feed tells of a comment or reply, and nowhere else', async () => {
    await space.readInto(replica, { streams: STREAMS });
    const { world } = space.sandbox;
    const commented = [...world.documents.values()].filter(({ comments, trashed }) => !trashed && comments.length > 0);
    const [first, second] = commented;
    const [comment, other] = [first?.comments[0], second?.comments[0]];
    if (!first || !second || !comment || !other) throw new Error('the seed has too few comments');
    space.clock.advance(60);
    world.updateDocumentComment(first.id, comment.id, 'edited');
    world.addDocumentReply(first.id, comment.id, { plain: '返信' });
    world.deleteDocumentComment(second.id, other.id);
    await readAgain();
    expectWorld();
    expect(
      space
        .requestsOf(/comments$|activities/)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([...[first.id, second.id].map((id) => `/documents/${id}/comments`).sort(), '/space/activities']);
  });

  test('go with their document', async () => {
    await space.readInto(replica, { streams: STREAMS });
    const document = leaves().find(({ comments }) => comments.some(({ replies }) => replies.length > 0));
    space.clock.advance(60);
    space.sandbox.world.deleteDocument(document?.id ?? '');
    await readAgain();
    expectWorld();
  });

  test('of all documents of a project are read again where no feed says which it means', async () => {
    const streams = ['document_comments'];
    await space.readInto(replica, { streams });
    const [document] = [...space.sandbox.world.documents.values()].filter(({ comments }) => comments.length > 0);
    const comment = document?.comments[0];
    if (!document || !comment) throw new Error('the seed has no comment');
    space.clock.advance(60);
    space.sandbox.world.updateDocumentComment(document.id, comment.id, 'edited');
    const { projectId } = document;
    const known = replica.state?.bookmarks.document_comments?.[projectId]?.activity;
    const old = { id: known, type: 1, content: {}, created: '2020-01-01T00:00:00Z' };
    const told = { id: 10 ** 9, type: 41, content: { what: '?' }, created: '2026-06-15T13:00:00Z' };
    const unknown = { ...told, project: { id: projectId } };
    const answer = (...body: readonly unknown[]) => ({ kind: 'body', body: JSON.stringify(body) }) as const;
    space.sandbox.faults.add({ path: '/space/activities', fault: answer(old, unknown) });
    space.sandbox.faults.add({ path: `/projects/${projectId}/activities`, fault: answer(unknown, old) });
    space.clock.advance(60);
    space.requestsOf(/./);
    await space.readInto(replica, { streams });
    expect(replica.rows('document_comments')).toEqual(expectedRows(space.sandbox.world, 'document_comments'));
    expect(space.requestsOf(/activities$/).map(({ path }) => path)).toEqual([
      '/space/activities',
      `/projects/${projectId}/activities`,
    ]);
  });
});
