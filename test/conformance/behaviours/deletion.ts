import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { activate, heldClock, record, schema, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });
const LOG = schema('log', { line: { type: 'string' } }, []);
const SOFT = { deletion: 'mark' } as const;
const FLAG = { deletion: 'mark', markColumn: { name: '_deleted', holds: 'flag' } } as const;
const people = (...ids: number[]) => ids.map((id) => record('people', { id, name: `n${id}` }));
const versioned = (version: number, ...ids: number[]) =>
  ids.map((id) => record('people', { id, name: `n${id}` }, version));

export function deletionBehaviours(open: OpenWorkshop): void {
  describe('a deleted row', () => {
    test('is removed', async () => {
      const { load, column } = await open();
      await load([PEOPLE, ...people(1, 2, 3)]);
      const report = await load([PEOPLE, tombstone('people', { id: 2 })]);
      expect(report.tables.get('people')).toMatchObject({ deleted: 1 });
      expect(await column('people', 'id')).toEqual([1, 3]);
    });

    test('is marked once, and keeps the mark of its first deletion', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, ...people(1, 2)], SOFT);
      expect((await load([PEOPLE, tombstone('people', { id: 1 })], SOFT)).tables.get('people')).toMatchObject({
        deleted: 1,
      });
      const again = await load([PEOPLE, tombstone('people', { id: 1 }, '2026-02-02T00:00:00Z')], SOFT);
      expect(again.tables.get('people')).toMatchObject({ deleted: 0 });
      expect(await rows('people')).toEqual([
        { id: 1, name: 'n1', _sdc_deleted_at: '2026-01-01T00:00:00Z' },
        { id: 2, name: 'n2', _sdc_deleted_at: null },
      ]);
    });

    test('that comes back is no longer marked', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, ...people(1), tombstone('people', { id: 1 })], SOFT);
      const report = await load([PEOPLE, ...people(1)], SOFT);
      expect(report.tables.get('people')).toMatchObject({ updated: 1 });
      expect(await rows('people')).toEqual([{ id: 1, name: 'n1', _sdc_deleted_at: null }]);
    });

    test('may be marked by a flag, which rows that were there before have as false', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, ...people(1, 2)]);
      const report = await load([PEOPLE, ...people(1), tombstone('people', { id: 2 })], FLAG);
      expect(report.tables.get('people')).toMatchObject({ unchanged: 1, updated: 0, deleted: 1 });
      expect(await rows('people')).toEqual([
        { id: 1, name: 'n1', _deleted: false },
        { id: 2, name: 'n2', _deleted: true },
      ]);
    });

    test('stays where deletions are ignored, and is counted', async () => {
      const { load, column } = await open();
      const report = await load([PEOPLE, ...people(1), tombstone('people', { id: 1 })], { deletion: 'ignore' });
      expect(report.tables.get('people')).toMatchObject({ ignored: 1, deleted: 0 });
      expect(await column('people', 'id')).toEqual([1]);
    });
  });

  describe('a version that is activated', () => {
    test('removes what was not part of it, and nothing more when it comes again', async () => {
      const { load, column } = await open();
      await load([PEOPLE, ...people(1, 2)]);
      const messages = [PEOPLE, ...versioned(5, 2, 3), activate('people', 5)];
      expect((await load(messages)).tables.get('people')).toMatchObject({ inserted: 1, unchanged: 1, deleted: 1 });
      expect(await column('people', 'id')).toEqual([2, 3]);
      const again = await load(messages);
      expect(again.tables.get('people')).toMatchObject({ inserted: 0, unchanged: 2, deleted: 0 });
      expect(await column('people', 'id')).toEqual([2, 3]);
    });

    test('marks what was not part of it, and leaves marks of long ago alone', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, ...people(1, 2), tombstone('people', { id: 1 })], SOFT);
      const messages = [PEOPLE, ...versioned(5, 3), activate('people', 5)];
      const wanted = [
        { id: 1, name: 'n1', _sdc_deleted_at: '2026-01-01T00:00:00Z' },
        { id: 2, name: 'n2', _sdc_deleted_at: '2026-01-02T03:04:05Z' },
        { id: 3, name: 'n3', _sdc_deleted_at: null },
      ];
      expect((await load(messages, SOFT)).tables.get('people')).toMatchObject({ deleted: 1 });
      expect(await rows('people')).toEqual(wanted);
      const again = await load(messages, SOFT, heldClock(Date.UTC(2027, 0, 1)));
      expect(again.tables.get('people')).toMatchObject({ deleted: 0 });
      expect(await rows('people')).toEqual(wanted);
    });

    test('counts only after the rows before it, and leaves those behind it', async () => {
      const { load, column } = await open();
      await load([PEOPLE, ...people(1)]);
      const messages = [PEOPLE, ...versioned(5, 2), activate('people', 5), ...versioned(5, 3)];
      await load(messages, { batchRows: 1 });
      expect(await column('people', 'id')).toEqual([2, 3]);
    });

    test('without any row empties the table', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, ...people(1, 2)]);
      await load([PEOPLE, activate('people', 5)]);
      expect(await rows('people')).toEqual([]);
    });

    test('before its schema has no effect', async () => {
      const { load, column } = await open();
      await load([activate('people', 5), PEOPLE, ...people(1)]);
      expect(await column('people', 'id')).toEqual([1]);
    });

    test('may be read in several runs', async () => {
      const { load, column } = await open();
      await load([PEOPLE, ...people(1, 2)]);
      await load([PEOPLE, ...versioned(5, 2)]);
      expect(await column('people', 'id')).toEqual([1, 2]);
      await load([PEOPLE, ...versioned(5, 3), activate('people', 5)]);
      expect(await column('people', 'id')).toEqual([2, 3]);
    });

    test('replaces rows without a key in one step', async () => {
      const { load, column } = await open();
      await load([LOG, record('log', { line: 'old' }, 4), activate('log', 4)]);
      await load([LOG, record('log', { line: 'new 1' }, 5)], { batchRows: 1 });
      expect(await column('log', 'line')).toEqual(['old']);
      await load([LOG, record('log', { line: 'new 2' }, 5), activate('log', 5)], { batchRows: 1 });
      expect(await column('log', 'line')).toEqual(['new 1', 'new 2']);
    });

    test.each([
      { says: 'of rows with a key', key: ['line'], seen: (count: number) => count >= 100 && count <= 200 },
      { says: 'of rows without a key', key: [], seen: (count: number) => count === 100 || count === 101 },
    ])('$says shows its readers the old rows or the new ones at any time, never none', async ({ key, seen }) => {
      const { load, start, count, column } = await open();
      const log = schema('log', { line: { type: 'string' } }, key);
      const rows = (version: number) =>
        Array.from({ length: 99 + version }, (_, at) => record('log', { line: `${version} ${at}` }, version));
      await load([log, ...rows(1), activate('log', 1)]);
      const { loader } = start({ batchRows: 10 });
      const counts: number[] = [];
      const looking = new AbortController();
      const look = async () => {
        while (!looking.signal.aborted) {
          counts.push(await count('log'));
          await setImmediate();
        }
      };
      const looked = look();
      for (const message of [log, ...rows(2), activate('log', 2)]) {
        await loader.write([message]);
        await setImmediate();
      }
      await loader.finish();
      looking.abort();
      await looked;
      expect(counts.filter((found) => !seen(found))).toEqual([]);
      expect(counts.length).toBeGreaterThan(5);
      expect(await column('log', 'line')).toHaveLength(101);
    });

    test('removes nothing if the key changed while it was read, as there is no proof', async () => {
      const { load, rows } = await open();
      const keyed = (...key: string[]) => schema('t', { id: { type: 'integer' }, part: { type: 'integer' } }, key);
      const row = (id: number, part: number, version?: number) => record('t', { id, part }, version);
      await load([keyed('id', 'part'), row(0, 0), row(1, 1, 5), row(2, 1, 5), row(2, 2, 5)]);
      await load([keyed('part', 'id'), row(3, 1, 5)]);
      const more = schema('t', { id: { type: 'integer' }, part: { type: 'integer' }, no: { type: 'integer' } }, [
        'id',
        'part',
        'no',
      ]);
      const report = await load([more, record('t', { id: 4, part: 1, no: 1 }, 5), activate('t', 5)]);
      expect(report.tables.get('t')).toMatchObject({ deleted: 0 });
      expect((await rows('t')).map(({ id, part }) => [id, part])).toEqual([
        [0, 0],
        [1, 1],
        [2, 1],
        [2, 2],
        [3, 1],
        [4, 1],
      ]);
      const next = await load([more, record('t', { id: 4, part: 1, no: 1 }, 6), activate('t', 6)]);
      expect(next.tables.get('t')).toMatchObject({ unchanged: 1, deleted: 5 });
    });

    test('leaves no table of keys behind when the key changed on the way, however often', async () => {
      const { load, tables, rows } = await open();
      const properties = { id: { type: 'integer' }, part: { type: 'integer' } };
      const keyed = (...key: string[]) => schema('t', properties, key);
      const other = schema('u', { id: { type: 'integer' } });
      const row = (id: number) => record('t', { id, part: id }, 5);
      const readings = async () => (await tables()).filter((name) => name.startsWith('_reading_'));
      await load([keyed(), row(1), other, record('u', { id: 1 }, 5)]);
      expect(await readings()).toHaveLength(2);
      await load([keyed('id'), row(2), other]);
      await load([keyed('id', 'part'), row(3), keyed('part'), row(4), other]);
      expect(await readings()).toHaveLength(2);
      await load([keyed('part'), activate('t', 5), other, activate('u', 5)]);
      expect(await readings()).toEqual([]);
      expect((await rows('t')).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
      await load([keyed('id'), record('t', { id: 1, part: 1 }, 6), activate('t', 6)]);
      expect(await readings()).toEqual([]);
      expect((await rows('t')).map(({ id }) => id)).toEqual([1]);
    });

    test('of rows without a key that get one brings the rows that waited', async () => {
      const { load, column } = await open();
      await load([LOG, record('log', { line: 'old' })]);
      await load([LOG, record('log', { line: 'new 1' }, 5)]);
      const keyed = schema('log', { line: { type: 'string' } }, ['line']);
      await load([keyed, record('log', { line: 'new 2' }, 5), activate('log', 5)]);
      expect(await column('log', 'line')).toEqual(['new 1', 'new 2', 'old']);
    });

    test('takes rows away that somebody else added, where each row tells its version', async () => {
      const { load, insert, column } = await open();
      const messages = [PEOPLE, activate('people', 5), ...versioned(5, 1), activate('people', 5)];
      await load(messages, { addRecordMetadata: true });
      await insert('people', ['id', 'name'], [[9, 'stranger']]);
      const report = await load(messages, { addRecordMetadata: true });
      expect(report.tables.get('people')).toMatchObject({ unchanged: 1, deleted: 1 });
      expect(await column('people', 'id')).toEqual([1]);
    });

    test('keeps rows of runs that did not write versions, though later ones do', async () => {
      const { load, column } = await open();
      const named = (...ids: number[]) => [
        PEOPLE,
        activate('people', 5),
        ...versioned(5, ...ids),
        activate('people', 5),
      ];
      await load(named(1));
      await load(named(2), { addRecordMetadata: true });
      await load(named(3));
      await load(named(4), { addRecordMetadata: true });
      expect(await column('people', 'id')).toEqual([1, 2, 3, 4]);
    });

    test('leaves no table behind but the book of versions', async () => {
      const { load, tables } = await open();
      await load([PEOPLE, ...versioned(5, 1), activate('people', 5)]);
      expect([...(await tables())].sort()).toEqual(['_load_versions', 'people']);
    });

    test('follows a key that holds null, or several columns', async () => {
      const { load, rows } = await open();
      const pairs = schema('pairs', { a: { type: ['null', 'string'] }, b: { type: 'string' } }, ['a', 'b']);
      const pair = (a: string | null, b: string, version?: number) => record('pairs', { a, b }, version);
      await load([pairs, pair(null, 'x'), pair(null, 'y'), pair('a', 'x')]);
      await load([pairs, pair(null, 'y', 5), pair('a', 'x', 5), activate('pairs', 5)]);
      expect(await rows('pairs')).toEqual([
        { a: 'a', b: 'x' },
        { a: null, b: 'y' },
      ]);
    });

    test('is followed through a key that widens while it is read', async () => {
      const { load, column } = await open();
      await load([PEOPLE, ...people(1, 2)]);
      await load([PEOPLE, ...versioned(5, 2)]);
      const textual = schema('people', { id: { type: 'string' }, name: { type: 'string' } });
      await load([textual, record('people', { id: 'a', name: 'x' }, 5), activate('people', 5)]);
      expect(await column('people', 'id')).toEqual(['2', 'a']);
    });
  });

  describe('the whole list of a parent', () => {
    const TAGS = schema('tags', { issue: { type: 'integer' }, tag: { type: 'string' } }, ['issue', 'tag']);
    const list = (issue: number, ...tags: string[]) =>
      ({
        type: 'children',
        stream: 'tags',
        parent: { issue },
        records: tags.map((tag) => ({ issue, tag })),
        readAt: '2026-01-01T00:00:00Z',
      }) as const;

    test('removes what left it and nothing of other parents', async () => {
      const { load, rows } = await open();
      await load([TAGS, list(1, 'a', 'b'), list(2, 'a')]);
      const report = await load([TAGS, list(1, 'b', 'c'), list(3)]);
      expect(report.tables.get('tags')).toMatchObject({ inserted: 1, unchanged: 1, deleted: 1 });
      expect(await rows('tags')).toEqual([
        { issue: 1, tag: 'b' },
        { issue: 1, tag: 'c' },
        { issue: 2, tag: 'a' },
      ]);
    });

    test('marks what left it', async () => {
      const { load, rows } = await open();
      await load([TAGS, list(1, 'a', 'b')], SOFT);
      await load([TAGS, list(1, 'b')], SOFT);
      expect(await rows('tags')).toEqual([
        { issue: 1, tag: 'a', _sdc_deleted_at: '2026-01-01T00:00:00Z' },
        { issue: 1, tag: 'b', _sdc_deleted_at: null },
      ]);
    });
  });
}
