import { describe, expect, test } from 'vitest';
import { heldClock, record, schema, state, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const PEOPLE = schema('people', { id: { type: 'integer' }, name: { type: ['null', 'string'] } });
const LOG = schema('log', { line: { type: 'string' } }, []);

export function rowBehaviours(open: OpenWorkshop): void {
  describe('rows', () => {
    test('the last of several with one key wins, within a batch and over batches', async () => {
      const { load, rows } = await open();
      const messages = [
        PEOPLE,
        record('people', { id: 1, name: 'first' }),
        record('people', { id: 2, name: 'gone' }),
        record('people', { id: 1, name: 'second' }),
        tombstone('people', { id: 1 }),
        record('people', { id: 1, name: 'third' }),
        tombstone('people', { id: 2 }),
      ];
      await load(messages);
      expect(await rows('people')).toEqual([{ id: 1, name: 'third' }]);
      await load(messages, { batchRows: 2 });
      expect(await rows('people')).toEqual([{ id: 1, name: 'third' }]);
    });

    test('inserted, updated, unchanged and deleted ones are counted exactly', async () => {
      const { load, rows } = await open();
      const first = await load([PEOPLE, ...[1, 2, 3, 4].map((id) => record('people', { id, name: `n${id}` }))]);
      expect(first.tables.get('people')).toMatchObject({ inserted: 4, updated: 0, unchanged: 0, deleted: 0 });
      const second = await load([
        PEOPLE,
        record('people', { id: 1, name: 'n1' }),
        record('people', { id: 2, name: 'other' }),
        record('people', { id: 3, name: null }),
        record('people', { id: 5, name: 'new' }),
        tombstone('people', { id: 4 }),
        tombstone('people', { id: 99 }),
      ]);
      expect(second.tables.get('people')).toMatchObject({ inserted: 1, updated: 2, unchanged: 1, deleted: 1 });
      expect(await rows('people')).toEqual([
        { id: 1, name: 'n1' },
        { id: 2, name: 'other' },
        { id: 3, name: null },
        { id: 5, name: 'new' },
      ]);
    });

    test('of a table that the run has made are written once and counted exactly, also when a key comes in two batches', async () => {
      const { load, rows } = await open();
      const names = ['a', 'b', 'c', 'a', 'd', 'b', 'e', 'f'];
      const given = names.map((name, at) =>
        record('people', { id: names.indexOf(name), name: at < 5 ? name : 'late' }),
      );
      const { tables } = await load([PEOPLE, ...given], { batchRows: 2 });
      expect(tables.get('people')).toMatchObject({ received: 8, inserted: 6, updated: 1, unchanged: 1 });
      expect(await rows('people')).toEqual([
        { id: 0, name: 'a' },
        { id: 1, name: 'late' },
        { id: 2, name: 'c' },
        { id: 4, name: 'd' },
        { id: 6, name: 'late' },
        { id: 7, name: 'late' },
      ]);
    });

    test('that lack a declared column set it to null', async () => {
      const { load, rows } = await open();
      await load([PEOPLE, record('people', { id: 1, name: 'x' })]);
      await load([PEOPLE, record('people', { id: 1 })]);
      expect(await rows('people')).toEqual([{ id: 1, name: null }]);
    });

    test('without a key are appended each time', async () => {
      const { load, rows } = await open();
      const messages = [LOG, record('log', { line: 'a' }), record('log', { line: 'a' })];
      await load(messages);
      await load(messages);
      expect(await rows('log')).toEqual([{ line: 'a' }, { line: 'a' }, { line: 'a' }, { line: 'a' }]);
    });

    test('are all added when the load is append-only', async () => {
      const { load, column } = await open();
      const messages = [PEOPLE, record('people', { id: 1, name: 'x' }), record('people', { id: 1, name: 'y' })];
      await load(messages, { loadMethod: 'append-only' });
      await load(messages, { loadMethod: 'append-only' });
      expect(await column('people', 'name')).toEqual(['x', 'x', 'y', 'y']);
    });

    test('of an earlier run go when the load overwrites, and none of this run, though its schema changes', async () => {
      const { load, rows } = await open();
      const overwrite = { loadMethod: 'overwrite' } as const;
      await load([PEOPLE, record('people', { id: 9, name: 'old' })], overwrite);
      const report = await load(
        [
          schema('people', { id: { type: 'integer' } }),
          record('people', { id: 1 }),
          record('people', { id: 2 }),
          PEOPLE,
          record('people', { id: 3, name: 'Alice' }),
          record('people', { id: 4, name: 'Bob' }),
        ],
        overwrite,
        heldClock(Date.UTC(2026, 0, 3)),
      );
      expect(report.tables.get('people')).toMatchObject({ inserted: 4, deleted: 1 });
      expect(await rows('people')).toEqual([
        { id: 1, name: null },
        { id: 2, name: null },
        { id: 3, name: 'Alice' },
        { id: 4, name: 'Bob' },
      ]);
    });

    test('keep their order over a change of the schema: the newest wins', async () => {
      const { load, rows } = await open();
      const wider = schema('people', { id: { type: 'integer' }, name: { type: 'string' }, age: { type: 'integer' } });
      await load(
        [
          PEOPLE,
          record('people', { id: 1, name: 'OLD' }),
          wider,
          record('people', { id: 1, name: 'NEW', age: 5 }),
          record('people', { id: 2, name: 'x', age: 6 }),
          record('people', { id: 3, name: 'y', age: 7 }),
        ],
        { batchRows: 2 },
      );
      expect(await rows('people')).toEqual([
        { id: 1, name: 'NEW', age: 5 },
        { id: 2, name: 'x', age: 6 },
        { id: 3, name: 'y', age: 7 },
      ]);
    });

    test('of several streams stay with their own table in one batch', async () => {
      const { load, rows } = await open();
      const pets = schema('pets', { id: { type: 'integer' }, owner: { type: 'integer' } });
      const report = await load([
        PEOPLE,
        pets,
        record('people', { id: 1, name: 'x' }),
        record('pets', { id: 1, owner: 1 }),
        record('people', { id: 2, name: 'y' }),
        record('pets', { id: 2, owner: 1 }),
      ]);
      expect(report.tables.get('pets')).toMatchObject({ received: 2, inserted: 2 });
      expect(await rows('people')).toHaveLength(2);
      expect(await rows('pets')).toEqual([
        { id: 1, owner: 1 },
        { id: 2, owner: 1 },
      ]);
    });

    test('carry when they came and which version they are, on request', async () => {
      const { load, rows } = await open();
      const read = { ...record('people', { id: 1, name: 'x' }), timeExtracted: '2026-01-01T09:00:00+09:00' };
      const messages = [PEOPLE, read, { ...read, record: { id: 2, name: 'y' }, version: 7 }] as const;
      await load(messages, { addRecordMetadata: true });
      const [first, second] = await rows('people');
      expect(first).toEqual({
        id: 1,
        name: 'x',
        _sdc_extracted_at: '2026-01-01T00:00:00Z',
        _sdc_received_at: '2026-01-02T03:04:05Z',
        _sdc_batched_at: '2026-01-02T03:04:05Z',
        _sdc_deleted_at: null,
        _sdc_sequence: Date.UTC(2026, 0, 2, 3, 4, 5),
        _sdc_table_version: null,
        _sdc_sync_started_at: Date.UTC(2026, 0, 2, 3, 4, 5),
      });
      expect(second).toMatchObject({ id: 2, _sdc_table_version: 7 });
      const again = await load(messages, { addRecordMetadata: true }, heldClock(Date.UTC(2026, 0, 5)));
      expect(again.tables.get('people')).toMatchObject({ unchanged: 2, updated: 0 });
    });

    test('carry when the run began, the same in all its batches', async () => {
      const { start, rows } = await open();
      const { loader, clock } = start({ addRecordMetadata: true });
      await loader.write([PEOPLE, record('people', { id: 1 })]);
      await loader.flush();
      clock.advance(60);
      await loader.write([record('people', { id: 2 })]);
      await loader.finish();
      const began = Date.UTC(2026, 0, 2, 3, 4, 5);
      expect(await rows('people')).toMatchObject([
        { id: 1, _sdc_received_at: '2026-01-02T03:04:05Z', _sdc_sequence: began, _sdc_sync_started_at: began },
        { id: 2, _sdc_received_at: '2026-01-02T03:05:05Z', _sdc_sequence: began + 60_000, _sdc_sync_started_at: began },
      ]);
    });
  });

  describe('fields that the schema does not declare', () => {
    const messages = [
      PEOPLE,
      record('people', { id: 1, name: 'x', age: 5, pet: 'cat' }),
      record('people', { id: 2, age: null }),
    ];

    test('are counted and reported', async () => {
      const { load, rows } = await open();
      const report = await load(messages);
      expect([...(report.tables.get('people')?.undeclared ?? [])]).toEqual([
        ['age', 2],
        ['pet', 1],
      ]);
      expect(await rows('people')).toEqual([
        { id: 1, name: 'x' },
        { id: 2, name: null },
      ]);
    });

    test('are kept on request', async () => {
      const { load, rows } = await open();
      await load(messages, { undeclaredColumn: 'extra' });
      expect(await rows('people')).toEqual([
        { id: 1, name: 'x', extra: { age: 5, pet: 'cat' } },
        { id: 2, name: null, extra: { age: null } },
      ]);
    });
  });

  describe('rows that cannot be written', () => {
    const days = schema('days', { id: { type: 'integer' }, day: { type: ['null', 'string'], format: 'date' } });
    const rejects = { rejects: { table: { name: 'rejects' }, limit: 2 } };

    test('are put aside up to a limit, with the reason, and counted', async () => {
      const { load, rows, setting } = await open();
      const report = await load(
        [
          days,
          record('days', { id: 1, day: '2026-01-02' }),
          record('days', { id: 2, day: 'never', note: [1] }),
          record('days', { day: '2026-01-03' }),
          record('days', { id: 3, day: null }),
        ],
        setting(rejects),
      );
      expect(report.tables.get('days')).toMatchObject({ received: 4, inserted: 2, rejected: 2 });
      expect(await rows('days')).toEqual([
        { id: 1, day: '2026-01-02' },
        { id: 3, day: null },
      ]);
      expect(await rows('rejects')).toEqual([
        expect.objectContaining({ stream: 'days', record: { day: '2026-01-03' }, code: 'load.key-missing' }),
        expect.objectContaining({
          record: { id: 2, day: 'never', note: [1] },
          code: 'load.value-does-not-fit',
          path: 'days.day',
          rejected_at: '2026-01-02T03:04:05Z',
        }),
      ]);
    });

    test('end the load when there are more of them than the limit', async () => {
      const { start, column, setting } = await open();
      const { loader, states } = start(setting({ ...rejects, batchRows: 2 }));
      const bad = (id: number) => record('days', { id, day: 'never' });
      const good = record('days', { id: 9, day: '2026-01-02' });
      const given = loader.write([days, bad(1), good, state(1), bad(2), good, state(2), bad(3), good, state(3)]);
      await expect(given.then(() => loader.finish())).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
      expect(states.at(-1)).toBe(2);
      expect(await column('rejects', 'code')).toHaveLength(2);
    });
  });

  describe('nested objects', () => {
    test('become columns of their own on request', async () => {
      const { load, rows } = await open();
      const nested = { type: 'object', properties: { 名前: { type: 'string' }, deep: { type: 'object' } } };
      const messages = [
        schema('t', { id: { type: 'integer' }, who: nested }),
        record('t', { id: 1, who: { 名前: 'x', deep: { a: 1 } } }),
        record('t', { id: 2, who: null }),
      ];
      await load(messages, { flattenDepth: 1 });
      expect((await load(messages, { flattenDepth: 1 })).tables.get('t')).toMatchObject({ unchanged: 2 });
      expect(await rows('t')).toEqual([
        { id: 1, who__名前: 'x', who__deep: { a: 1 } },
        { id: 2, who__名前: null, who__deep: null },
      ]);
    });
  });

  describe('records that are checked against their schema', () => {
    const priced = schema('priced', { id: { type: 'integer' }, price: { type: 'number', multipleOf: 0.01 } });

    test('pass with 4.35 as a multiple of 0.01', async () => {
      const { load, rows } = await open();
      await load([priced, record('priced', { id: 1, price: 4.35 })], { validateRecords: true });
      expect(await rows('priced')).toEqual([{ id: 1, price: 4.35 }]);
    });

    test('stop the load where they break it', async () => {
      const { load } = await open();
      const given = load([priced, record('priced', { id: 1, price: 4.351 })], { validateRecords: true });
      await expect(given).rejects.toMatchObject({ code: 'load.record-invalid', path: 'priced' });
    });
  });
}
