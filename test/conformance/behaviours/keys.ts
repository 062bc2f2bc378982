import { describe, expect, test } from 'vitest';
import { record, schema, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const PAIRS = schema('pairs', { a: { type: ['null', 'string'] }, b: { type: 'string' }, v: { type: 'string' } }, [
  'a',
  'b',
]);
const CODES = schema('codes', { code: { type: 'string' }, v: { type: 'string' } }, ['code']);

export function keyBehaviours(open: OpenWorkshop): void {
  describe('keys', () => {
    test('of several columns that look alike when joined stay apart', async () => {
      const { load, rows } = await open();
      const given = [
        PAIRS,
        record('pairs', { a: 'x,y', b: 'z', v: '1' }),
        record('pairs', { a: 'x', b: 'y,z', v: '2' }),
      ];
      await load(given);
      expect((await load(given)).tables.get('pairs')).toMatchObject({ inserted: 0, unchanged: 2 });
      expect(await rows('pairs')).toEqual([
        { a: 'x', b: 'y,z', v: '2' },
        { a: 'x,y', b: 'z', v: '1' },
      ]);
    });

    test('that hold null are neither lost nor doubled, and can be deleted', async () => {
      const { load, rows } = await open();
      await load([PAIRS, record('pairs', { a: null, b: 'k', v: 'x' }), record('pairs', { a: '', b: 'k', v: 'y' })]);
      const report = await load([
        PAIRS,
        record('pairs', { a: null, b: 'k', v: 'z' }),
        record('pairs', { a: '', b: 'k', v: 'y' }),
        record('pairs', { a: null, b: 'm', v: 'new' }),
      ]);
      expect(report.tables.get('pairs')).toMatchObject({ inserted: 1, updated: 1, unchanged: 1 });
      expect(await rows('pairs')).toEqual([
        { a: '', b: 'k', v: 'y' },
        { a: null, b: 'k', v: 'z' },
        { a: null, b: 'm', v: 'new' },
      ]);
      const deleted = await load([PAIRS, tombstone('pairs', { a: null, b: 'k' })]);
      expect(deleted.tables.get('pairs')).toMatchObject({ deleted: 1 });
      expect(await rows('pairs')).toHaveLength(2);
    });

    test('of text that differ only in case, accent, width or trailing space are different', async () => {
      const { load, column } = await open();
      const codes = ['a', 'A', 'a ', 'á', 'ａ', 'か', 'が', 'カ', 'ß', 'ss', ''];
      const given = [CODES, ...codes.map((code) => record('codes', { code, v: code }))];
      await load(given);
      expect((await load(given)).tables.get('codes')).toMatchObject({ unchanged: codes.length });
      expect(await column('codes', 'code')).toEqual([...codes].sort(byJson));
    });

    test('of very long text are told apart by their end', async () => {
      const { load, column } = await open();
      const codes = ['一'.repeat(3000), `${'一'.repeat(3000)}x`, `${'一'.repeat(3000)}y`];
      const given = [CODES, ...codes.map((code, at) => record('codes', { code, v: `${at}` }))];
      await load(given);
      expect((await load(given)).tables.get('codes')).toMatchObject({ inserted: 0, unchanged: 3 });
      expect(await column('codes', 'code')).toEqual([...codes].sort(byJson));
      await load([CODES, tombstone('codes', { code: codes[1] ?? '' })]);
      expect(await column('codes', 'v')).toEqual(['0', '2']);
    });

    test('of the type number may be beyond 32 bits', async () => {
      const { load, rows } = await open();
      const given = [
        schema('big', { id: { type: 'number' }, v: { type: 'string' } }),
        record('big', { id: 34639314995, v: 'x' }),
      ];
      await load(given);
      expect((await load(given)).tables.get('big')).toMatchObject({ unchanged: 1 });
      expect(await rows('big')).toEqual([{ id: 34639314995, v: 'x' }]);
    });

    test('of instants are the same in any time zone', async () => {
      const { load, rows } = await open();
      const events = schema('events', { at: { type: 'string', format: 'date-time' }, v: { type: 'string' } }, ['at']);
      await load([events, record('events', { at: '2026-01-02T12:00:00+09:00', v: 'Tokyo' })]);
      await load([events, record('events', { at: '2026-01-02T03:00:00.000Z', v: 'UTC' })]);
      expect(await rows('events')).toEqual([{ at: '2026-01-02T03:00:00Z', v: 'UTC' }]);
    });

    test('that are missing from a record stop the load, and nothing of it is written', async () => {
      const { load, tables } = await open();
      const given = load([CODES, record('codes', { code: 'x' }), record('codes', { v: 'y' })]);
      await expect(given).rejects.toMatchObject({ code: 'load.key-missing', path: 'codes.code' });
      expect(await tables()).toEqual([]);
    });

    test('may get another column in the middle of a stream, and no row is lost', async () => {
      const { load, rows } = await open();
      const properties = { id: { type: 'integer' }, part: { type: ['null', 'integer'] }, v: { type: 'string' } };
      await load([
        schema('t', properties),
        record('t', { id: 1, v: 'old' }),
        schema('t', properties, ['id', 'part']),
        record('t', { id: 1, part: 1, v: 'new 1' }),
        record('t', { id: 1, part: 2, v: 'new 2' }),
      ]);
      expect(await rows('t')).toEqual([
        { id: 1, part: 1, v: 'new 1' },
        { id: 1, part: 2, v: 'new 2' },
        { id: 1, part: null, v: 'old' },
      ]);
    });

    test('may be another column in the middle of a stream', async () => {
      const { load, rows } = await open();
      const properties = { id: { type: 'integer' }, code: { type: 'string' } };
      await load([
        schema('t', properties),
        record('t', { id: 1, code: 'a' }),
        schema('t', properties, ['code']),
        record('t', { id: 1, code: 'b' }),
        record('t', { id: 2, code: 'a' }),
      ]);
      expect(await rows('t')).toEqual([
        { id: 1, code: 'b' },
        { id: 2, code: 'a' },
      ]);
    });

    test('may come to a table that had none and hold its rows', async () => {
      const { load, rows } = await open();
      const properties = { id: { type: 'integer' }, v: { type: 'string' } };
      await load([schema('t', properties, []), record('t', { id: 1, v: 'a' })]);
      await load([schema('t', properties), record('t', { id: 1, v: 'b' }), record('t', { id: 2, v: 'c' })]);
      expect(await rows('t')).toEqual([
        { id: 1, v: 'b' },
        { id: 2, v: 'c' },
      ]);
    });

    test('that would be there twice are refused with the table named', async () => {
      const { load } = await open();
      const properties = { id: { type: 'integer' }, v: { type: 'string' } };
      await load([schema('t', properties, []), record('t', { id: 1, v: 'a' }), record('t', { id: 1, v: 'b' })]);
      const given = load([schema('t', properties), record('t', { id: 1, v: 'c' })]);
      await expect(given).rejects.toMatchObject({
        code: 'load.repeated-keys',
        path: expect.stringMatching(/(^|\.)t$/),
      });
    });
  });
}

function byJson(left: string, right: string): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  return a < b ? -1 : Number(a > b);
}
