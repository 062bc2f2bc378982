import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import type { Row } from '../../src/message/value.ts';
import { load, openDatabase, record, schema, tombstone } from './load-fixture.ts';

const TAGS = schema('tags', { issue: { type: 'integer' }, tag: { type: 'string' }, v: { type: 'integer' } }, [
  'issue',
  'tag',
]);

function children(issue: number, tags: Readonly<Record<string, number>>, readAt = '2026-01-01T00:00:00Z'): Message {
  const records = Object.entries(tags).map(([tag, v]): Row => ({ issue, tag, v }));
  return { type: 'children', stream: 'tags', parent: { issue }, records, readAt };
}

/** A list under a parent that the whole key names: one row, or none. */
function lists(issue: number, tag: string, v: number | null): Message {
  const records = v === null ? [] : [{ issue, tag, v }];
  return { type: 'children', stream: 'tags', parent: { issue, tag }, records, readAt: '2026-01-01T00:00:00Z' };
}

describe("a parent's whole list of children", () => {
  test('replaces the list in the table and touches no other parent', async () => {
    const database = await openDatabase();
    await load(database.session, [
      TAGS,
      record('tags', { issue: 1, tag: 'a', v: 1 }),
      record('tags', { issue: 1, tag: 'b', v: 1 }),
      record('tags', { issue: 2, tag: 'a', v: 1 }),
    ]);
    const report = await load(database.session, [TAGS, children(1, { b: 1, c: 1 }), children(3, {})]);
    expect(report.tables.get('tags')).toMatchObject({ received: 2, inserted: 1, unchanged: 1, deleted: 1 });
    expect(database.rows('tags', 'issue, tag')).toEqual([
      { issue: 1, tag: 'b', v: 1 },
      { issue: 1, tag: 'c', v: 1 },
      { issue: 2, tag: 'a', v: 1 },
    ]);
  });

  test('marks what left it, once, where rows are marked', async () => {
    const database = await openDatabase();
    const settings = { deletion: 'mark' } as const;
    await load(database.session, [TAGS, children(1, { a: 1, b: 1 })], settings);
    const first = await load(database.session, [TAGS, children(1, { b: 1 }, '2026-02-01T00:00:00Z')], settings);
    const second = await load(database.session, [TAGS, children(1, { b: 1 }, '2026-03-01T00:00:00Z')], settings);
    expect(first.tables.get('tags')).toMatchObject({ deleted: 1, unchanged: 1 });
    expect(second.tables.get('tags')).toMatchObject({ deleted: 0, unchanged: 1 });
    expect(database.rows('tags', 'tag').map((row) => row._sdc_deleted_at)).toEqual(['2026-02-01T00:00:00Z', null]);
  });

  test('leaves everything where deletions are ignored', async () => {
    const database = await openDatabase();
    await load(database.session, [TAGS, children(1, { a: 1 })], { deletion: 'ignore' });
    await load(database.session, [TAGS, children(1, { b: 1 })], { deletion: 'ignore' });
    expect(database.rows('tags')).toHaveLength(2);
  });

  test('says nothing of the other lists of its own parent', async () => {
    const database = await openDatabase();
    await load(database.session, [TAGS, children(1, { a: 1, b: 1 }), children(2, { a: 1 })]);
    await load(database.session, [TAGS, children(2, {}), lists(1, 'a', 2)]);
    expect(database.rows('tags', 'issue, tag')).toEqual([
      { issue: 1, tag: 'a', v: 2 },
      { issue: 1, tag: 'b', v: 1 },
    ]);
  });

  test('whose parent is not named by key properties is refused', async () => {
    const database = await openDatabase();
    const message: Message = { type: 'children', stream: 'tags', parent: { v: 1 }, records: [], readAt: '2026-01-01' };
    await expect(load(database.session, [TAGS, message])).rejects.toMatchObject({ code: 'load.parent-not-in-key' });
  });

  test('comes to the same whether messages share a batch or not', async () => {
    const tag = fc.constantFrom('a', 'b', 'c');
    const issue = fc.nat(1);
    const message = fc.oneof(
      fc.tuple(issue, fc.dictionary(tag, fc.nat(2))).map(([id, tags]) => children(id, tags)),
      fc.tuple(issue, tag, fc.option(fc.nat(2))).map(([id, name, v]) => lists(id, name, v)),
      fc.tuple(issue, tag, fc.nat(2)).map(([id, name, v]) => record('tags', { issue: id, tag: name, v })),
      fc.tuple(issue, tag).map(([id, name]) => tombstone('tags', { issue: id, tag: name })),
    );
    const { session } = await openDatabase(':memory:');
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 15 }),
        fc.constantFrom('delete', 'mark'),
        async (messages, deletion) => {
          runs += 1;
          const whole = { name: `whole_${runs}` };
          const single = { name: `single_${runs}` };
          await load(session, [TAGS, ...messages], { deletion, tableOf: () => whole });
          for (const one of messages) await load(session, [TAGS, one], { deletion, tableOf: () => single });
          const read = async (table: typeof whole) => {
            const rows = (await session.readTable(table, ['issue', 'tag', 'v', '_sdc_deleted_at'])) ?? [];
            const present = rows.filter((row) => (row._sdc_deleted_at ?? null) === null);
            return present.map((row) => JSON.stringify(row)).sort();
          };
          expect(await read(whole)).toEqual(await read(single));
        },
      ),
      { numRuns: 150 },
    );
  });
});
