import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/message/message.ts';
import type { Row } from '../../../src/message/value.ts';
import { activate, record, schema, state } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const NOTES = schema(
  'notes',
  { issue: { type: 'integer' }, id: { type: 'integer' }, project: { type: ['null', 'integer'] } },
  ['issue', 'id'],
);
const SOFT = { deletion: 'mark' } as const;
const FLAG = { deletion: 'mark', markColumn: { name: '_deleted', holds: 'flag' } } as const;

/** A note's issue is its id in tens, and the issue's project that in tens. */
const note = (id: number, version?: number): Message =>
  record('notes', { project: Math.floor(id / 100), issue: Math.floor(id / 10), id }, version);

const notes = (...ids: number[]) => ids.map((id) => note(id));
const part = (project: number | null, version?: number): Message => {
  return { type: 'activatePart', stream: 'notes', part: { project }, ...(version === undefined ? {} : { version }) };
};
const keep = (version: number, ...parents: readonly Row[]): Message => ({
  type: 'keep',
  stream: 'notes',
  version,
  parents,
});

export function partBehaviours(open: OpenWorkshop): void {
  describe('a part of a table', () => {
    test('loses what a complete reading of it lacks, and other parts lose nothing', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 121, 211, 212)]);
      const messages = [NOTES, note(112, 5), note(131, 5), note(211, 5), part(1, 5), state('one')];
      const report = await load(messages);
      expect(report.tables.get('notes')).toMatchObject({ inserted: 1, unchanged: 2, deleted: 2 });
      expect(await column('notes', 'id')).toEqual([112, 131, 211, 212]);
      expect((await load(messages)).tables.get('notes')).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
    });

    test('of which nothing was read becomes empty', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 211)]);
      await load([NOTES, note(211, 5), part(1, 5)]);
      expect(await column('notes', 'id')).toEqual([211]);
    });

    test('that is gone takes along all of its rows', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 211)]);
      expect((await load([NOTES, part(1)])).tables.get('notes')).toMatchObject({ deleted: 2 });
      expect(await column('notes', 'id')).toEqual([211]);
    });

    test('may be that of rows without a value', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111), record('notes', { issue: 1, id: 1, project: null })]);
      await load([NOTES, part(null)]);
      expect(await column('notes', 'id')).toEqual([111]);
    });

    test.each([
      ['an instant', SOFT, (row: Row) => row._sdc_deleted_at !== null],
      ['a flag', FLAG, (row: Row) => row._deleted === true],
    ])('has its rows marked by %s, once', async (_, settings, isMarked) => {
      const { load, rows } = await open();
      await load([NOTES, ...notes(111, 112, 211, 311)], settings);
      const messages = [NOTES, note(112, 5), note(211, 5), part(1, 5), part(3)];
      expect((await load(messages, settings)).tables.get('notes')).toMatchObject({ deleted: 2 });
      const marked = async () => (await rows('notes')).filter((row) => isMarked(row as Row)).map(({ id }) => id);
      expect(await marked()).toEqual([111, 311]);
      expect((await load(messages, settings)).tables.get('notes')).toMatchObject({ deleted: 0 });
      expect(await marked()).toEqual([111, 311]);
    });

    test('keeps its rows where deletions are ignored', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 211)]);
      await load([NOTES, part(1, 5), part(2)], { deletion: 'ignore' });
      expect(await column('notes', 'id')).toEqual([111, 211]);
    });

    test('is complete as soon as it is told, while others are read on, over several batches', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 211, 212)]);
      await load([NOTES, note(111, 5), note(211, 5), part(1, 5), note(212, 5), note(213, 5), part(2, 5)], {
        batchRows: 1,
      });
      expect(await column('notes', 'id')).toEqual([111, 211, 212, 213]);
    });

    test('may be followed by the whole table', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 211, 311)]);
      await load([NOTES, note(111, 5), part(1, 5), note(211, 5), part(2, 5), activate('notes', 5)], { batchRows: 1 });
      expect(await column('notes', 'id')).toEqual([111, 211]);
    });

    test('of several tables leaves no table behind', async () => {
      const { load, tables } = await open();
      const others = [NOTES, note(111, 5), part(1, 5)].map((message) => ({ ...message, stream: 'others' }) as Message);
      await load([NOTES, note(111, 5), note(211, 5), part(1, 5), ...others]);
      expect((await tables()).filter((name) => name.includes('_reading_'))).toEqual([]);
    });

    test('leaves no table behind, and the next reading begins anew', async () => {
      const { load, column, tables } = await open();
      await load([NOTES, ...notes(111, 112, 211)]);
      await load([NOTES, note(111, 5), note(211, 5), part(1, 5)]);
      expect((await tables()).filter((name) => name.includes('_reading_'))).toEqual([]);
      await load([NOTES, note(211, 6), part(1, 6)]);
      expect(await column('notes', 'id')).toEqual([211]);
    });

    test('is not taken for complete after a reading that stopped before its end', async () => {
      const { load, start, column } = await open();
      await load([NOTES, ...notes(111, 112)]);
      const { loader } = start();
      await loader.write([NOTES, note(111, 5)]);
      await loader.flush();
      await load([NOTES, note(112, 6), part(1, 6)]);
      expect(await column('notes', 'id')).toEqual([112]);
    });
  });

  describe('rows that are not read again', () => {
    test('stay with the parents that are there', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 121, 131, 211)]);
      await load([NOTES, keep(5, { issue: 11 }, { issue: 13 }), part(1, 5)]);
      expect(await column('notes', 'id')).toEqual([111, 112, 131, 211]);
    });

    test('stay beside those that are, whatever part they are of', async () => {
      const { load, column } = await open();
      await load([NOTES, ...notes(111, 112, 121, 211, 311)]);
      const messages = [NOTES, keep(5, { issue: 11 }), note(113, 5), note(122, 5), keep(5, { project: 2 })];
      await load([...messages, activate('notes', 5)], { batchRows: 1 });
      expect(await column('notes', 'id')).toEqual([111, 112, 113, 122, 211]);
    });

    test('stay marked if they were', async () => {
      const { load, rows } = await open();
      await load([NOTES, ...notes(111, 112), part(1)], FLAG);
      await load([NOTES, ...notes(112), keep(5, { issue: 11 }), part(1, 5)], FLAG);
      expect((await rows('notes')).map(({ id, _deleted }) => [id, _deleted])).toEqual([
        [111, true],
        [112, false],
      ]);
    });
  });

  test('a part that is named by a column which there is not is refused', async () => {
    const { load } = await open();
    const odd: Message = { type: 'activatePart', stream: 'notes', part: { space: 1 } };
    await expect(load([NOTES, odd])).rejects.toMatchObject({ code: 'load.part-not-in-table' });
  });
}
