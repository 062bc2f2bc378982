import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectedRows } from '../tap/expected-rows.ts';
import { Replica } from '../tap/replica.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

const STREAMS = [
  'wiki_pages',
  'wiki_page_tags',
  'wiki_page_attachments',
  'wiki_page_linked_shared_files',
  'wiki_page_stars',
  'wiki_page_history',
];

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 4, wikis: 60, sharedFiles: 10 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

function expectWorld(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

function pageAt(index: number) {
  const page = [...space.sandbox.world.wikis.values()].at(index);
  if (!page) throw new Error('the seed has too few pages');
  return page;
}

describe('wiki pages', () => {
  test('cost one request per changed page; what left a page goes, and so does a deleted page', async () => {
    await space.readInto(replica, { streams: STREAMS });
    expectWorld();
    space.clock.advance(60);
    space.requestsOf(/./);
    const { world } = space.sandbox;
    const [changed, deleted] = [pageAt(0), pageAt(2)];
    expect(deleted.projectId).toBe(changed.projectId);
    world.updateWiki(changed.id, { content: 'new', tags: ['only this'] });
    world.deleteWiki(deleted.id);
    const created = world.createWiki({ projectId: changed.projectId, name: '新しいページ', content: '', tags: ['a'] });
    await space.readInto(replica, { streams: STREAMS });
    expectWorld();
    expect(
      space
        .requestsOf(/^\/wikis/)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(
      [
        `/wikis/${changed.id}`,
        `/wikis/${changed.id}/history`,
        `/wikis/${created.id}`,
        `/wikis/${created.id}/history`,
      ].sort(),
    );
  });

  test('whose changes no activity told are found by the list, which is read once a day where any page changed', async () => {
    await space.readInto(replica, { streams: STREAMS });
    const { world } = space.sandbox;
    const [silent, other] = [pageAt(0), pageAt(2)];
    const change = (content: string) => {
      space.clock.advance(60);
      world.updateWiki(other.id, { content });
      space.clock.advance(10);
    };
    space.clock.advance(30);
    const updated = space.clock.now();
    world.wikis.set(silent.id, { ...silent, content: 'changed in silence', updated });
    const lists = async () => {
      await space.readInto(replica, { streams: STREAMS });
      return space.requestsOf(/^\/wikis$/).length;
    };
    space.requestsOf(/./);
    change('told');
    expect(await lists()).toBe(0);
    change('told again');
    expect(await lists()).toBe(0);
    space.clock.advance(60 * 24);
    expect(await lists()).toBe(0);
    change('told once more');
    expect(await lists()).toBe(1);
    expectWorld();
    change('told at last');
    expect(await lists()).toBe(0);
    expectWorld();
  });

  test('are listed in every run where the activities are not to be relied on', async () => {
    await space.readInto(replica, { streams: STREAMS });
    space.clock.advance(60);
    space.sandbox.world.updateWiki(pageAt(0).id, { content: 'new' });
    space.requestsOf(/./);
    await space.readInto(replica, { streams: STREAMS, settings: { detectChanges: false } });
    expect(space.requestsOf(/^\/wikis$/)).toHaveLength(2);
    expectWorld();
  });

  test('cost nothing where no page changed', async () => {
    await space.readInto(replica, { streams: STREAMS });
    space.clock.advance(60);
    space.requestsOf(/./);
    await space.readInto(replica, { streams: STREAMS });
    expect(space.requestsOf(/wiki/)).toEqual([]);
    expectWorld();
  });

  test('go on where an interrupted reading stopped', async () => {
    await space.readInto(replica, { streams: STREAMS }, 200);
    const before = space.requestsOf(/^\/wikis\/\d+$/).length;
    const kept = replica.rows('wiki_pages').length;
    expect(kept).toBeGreaterThan(0);
    await space.readInto(replica, { streams: STREAMS });
    expectWorld();
    expect(space.requestsOf(/^\/wikis\/\d+$/).length).toBeLessThan(before + 60 - kept + 1);
  });

  test('that are deleted between list and reading are no failure', async () => {
    const { id } = pageAt(0);
    space.sandbox.faults.add({
      path: `/wikis/${id}`,
      fault: { kind: 'change', action: 'deleteWiki', arguments: [id] },
    });
    const { report } = await space.read({ streams: STREAMS });
    expect(report.failures).toEqual([]);
    expect(report.rows.get('wiki_pages')).toBe(59);
  });
});

test('a project without a wiki is a failure of its own, without a request, and keeps its rows', async () => {
  await space.readInto(replica, { streams: STREAMS });
  const rows = replica.rows('wiki_pages');
  const [first] = [...space.sandbox.world.projects.values()];
  space.sandbox.world.updateProject(first?.id ?? 0, { settings: { useWiki: false } });
  space.clock.advance(60);
  space.sandbox.world.updateWiki(pageAt(0).id, { content: 'new' });
  space.requestsOf(/./);
  const { report } = await space.read({ streams: ['wiki_pages'] });
  expect(report.failures).toMatchObject([
    { slice: first?.projectKey, error: { code: 'backlog.feature-off', recovery: 'skippable' } },
  ]);
  expect(space.requestsOf(/^\/wikis$/)).toHaveLength(1);
  await space.readInto(replica, { streams: ['wiki_pages'] });
  expect(replica.rows('wiki_pages')).toHaveLength(rows.length);
});
