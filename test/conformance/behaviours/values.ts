import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../src/load/zone.ts';
import type { JsonSchema } from '../../../src/message/schema.ts';
import { ExactNumber, type Value } from '../../../src/message/value.ts';
import { record, schema, tombstone } from '../../load/load-fixture.ts';
import type { OpenWorkshop, Workshop } from '../workshop.ts';

const NOTE: JsonSchema = { type: ['null', 'string'] };
const TEXTS = [
  '',
  ' ',
  'NULL',
  'null',
  '\\N',
  '\\.',
  'a\nb\r\nc\td',
  '\\',
  '\\n\\t\\\\',
  `'"\`;--/*`,
  '"quoted, with comma"',
  '課題を追加する',
  '👩‍💻 e\u0301 \u200b\u2028\ufeff',
  ' spaces around ',
  '\u0001\u001f\u007f',
  '%s %d {x} $1 ?',
  '007',
  '1e5',
  'true',
  '2026-01-02',
];

/** Loads the values under the ids 0, 1, 2 … and tells what then stands there. */
async function stored({ load, column }: Workshop, property: JsonSchema, values: readonly Value[]) {
  const messages = [
    schema('t', { id: { type: 'integer' }, value: property }),
    ...values.map((value, id) => record('t', { id, value })),
  ];
  await load(messages);
  const again = await load(messages);
  expect(again.tables.get('t')).toMatchObject({ inserted: 0, updated: 0, unchanged: values.length });
  return column('t', 'value');
}

export function valueBehaviours(open: OpenWorkshop): void {
  describe('texts', () => {
    test('stay as they are, character for character', async () => {
      expect(await stored(await open(), NOTE, TEXTS)).toEqual(TEXTS);
    });

    test('of a megabyte stay whole', async () => {
      const long = '課題 x'.repeat(100_000);
      expect(await stored(await open(), NOTE, [long, 'short'])).toEqual([long, 'short']);
    });

    test('with NUL lose nothing else', async () => {
      const workshop = await open();
      const wanted = workshop.differences.keepsNul ? 'a\u0000b' : 'ab';
      expect(await stored(workshop, NOTE, ['a\u0000b', 'c'])).toEqual([wanted, 'c']);
    });

    test('with NUL inside JSON lose nothing else, at any depth', async () => {
      const workshop = await open();
      const nul = workshop.differences.keepsNul ? '\u0000' : '';
      const value = { 'k\u0000': ['x\u0000', { deep: '\u0000y' }], literal: '\\u0000' };
      expect(await stored(workshop, { type: 'object' }, [value])).toEqual([
        { [`k${nul}`]: [`x${nul}`, { deep: `${nul}y` }], literal: '\\u0000' },
      ]);
    });
  });

  describe('numbers', () => {
    test('whole ones are exact to 64 bits', async () => {
      const values = [0, -1, 9007199254740993n, -9007199254740993n, 9223372036854775807n, -9223372036854775808n];
      const workshop = await open();
      expect(await stored(workshop, { type: 'integer' }, values)).toEqual([
        0,
        -1,
        '9007199254740993',
        '-9007199254740993',
        '9223372036854775807',
        '-9223372036854775808',
      ]);
      expect(await workshop.types('t')).toMatchObject({ value: 'integer' });
    });

    test('whole ones beyond 64 bits are exact too, beside the small ones', async () => {
      const values = [5, 9223372036854775808n, -18446744073709551616n, 99999999999999999999999999999999n];
      expect(await stored(await open(), { type: 'integer' }, values)).toEqual([
        5,
        '9223372036854775808',
        '-18446744073709551616',
        '99999999999999999999999999999999',
      ]);
    });

    test('keep the digits of the message', async () => {
      const values = [4, 5.6, -7e-10, 812345678.9, 0.1, 1e-7, 1e21, new ExactNumber('12345678901234567890.1')];
      expect(await stored(await open(), { type: 'number' }, values)).toEqual([
        4,
        5.6,
        -7e-10,
        812345678.9,
        0.1,
        1e-7,
        1e21,
        '12345678901234567890.1',
      ]);
    });

    test('beyond a double are kept, not infinite', async () => {
      const huge = `1${'0'.repeat(400)}`;
      const workshop = await open();
      const values = await stored(workshop, { type: 'number' }, [new ExactNumber('1e400'), 1]);
      expect(values).toEqual([huge, workshop.differences.holdsAnyNumber ? 1 : '1']);
    });

    test('declared as decimals are exact, also when they come as text', async () => {
      const property = { type: 'string', format: 'singer.decimal' };
      const values = ['12345678901234567890.123456789', '0.10', '-5'];
      expect(await stored(await open(), property, values)).toEqual(['12345678901234567890.123456789', 0.1, -5]);
    });

    test('that come as text into a number column are numbers', async () => {
      expect(await stored(await open(), { type: 'integer' }, ['42', '9007199254740993'])).toEqual([
        42,
        '9007199254740993',
      ]);
    });
  });

  describe('times', () => {
    const INSTANT = { type: 'string', format: 'date-time' };

    test('with an offset are the same instant', async () => {
      const values = ['2026-01-02T12:00:00+09:00', '2026-01-02T03:00:00Z', '2026-01-01T22:30:00.123456-04:30'];
      expect(await stored(await open(), INSTANT, values)).toEqual([
        '2026-01-02T03:00:00Z',
        '2026-01-02T03:00:00Z',
        '2026-01-02T03:00:00.123456Z',
      ]);
    });

    test('without an offset count as UTC', async () => {
      expect(await stored(await open(), INSTANT, ['2026-07-02 12:00:00', '2026-07-02T12:00'])).toEqual([
        '2026-07-02T12:00:00Z',
        '2026-07-02T12:00:00Z',
      ]);
    });

    test('without an offset are those of the zone that is set, those with one are not', async () => {
      const { load, column } = await open();
      const values = [
        '2026-07-02 12:00:00',
        '2026-01-02T12:00:00.5',
        '2026-07-02T12:00:00Z',
        '2026-07-02T12:00:00+09:00',
      ];
      const messages = [
        schema('t', { id: { type: 'integer' }, value: INSTANT, day: { type: 'string', format: 'date' } }),
        ...values.map((value, id) => record('t', { id, value, day: '2026-07-02' })),
      ];
      const settings = { zone: zoneNamed('Europe/Berlin') };
      await load(messages, settings);
      expect((await load(messages, settings)).tables.get('t')).toMatchObject({ unchanged: values.length });
      expect(await column('t', 'value')).toEqual([
        '2026-07-02T10:00:00Z',
        '2026-01-02T11:00:00.5Z',
        '2026-07-02T12:00:00Z',
        '2026-07-02T03:00:00Z',
      ]);
      expect(await column('t', 'day')).toEqual(values.map(() => '2026-07-02'));
    });

    test('of a deletion are those of the zone too, whether the row comes with it or is there', async () => {
      const { load, column } = await open();
      const people = schema('t', { id: { type: 'integer' } });
      const settings = { zone: zoneNamed('Asia/Tokyo'), deletion: 'mark' } as const;
      await load([people, record('t', { id: 1 }), record('t', { id: 2 }), record('t', { id: 3 })], settings);
      const gone = [
        tombstone('t', { id: 1 }, '2026-07-02T12:00:00'),
        tombstone('t', { id: 2 }, '2026-07-02 12:00:00.25+00:00'),
        record('t', { id: 3 }),
        tombstone('t', { id: 3 }, '2026-07-02 09:00'),
      ];
      await load([people, ...gone], settings);
      expect(await column('t', '_sdc_deleted_at')).toEqual([
        '2026-07-02T03:00:00Z',
        '2026-07-02T12:00:00.25Z',
        '2026-07-02T00:00:00Z',
      ]);
    });

    test('of a zone may widen a column of dates, which stay midnight in UTC', async () => {
      const { load, column } = await open();
      const day = schema('t', { id: { type: 'integer' }, value: { type: 'string', format: 'date' } });
      const settings = { zone: zoneNamed('Asia/Tokyo') };
      await load([day, record('t', { id: 1, value: '2026-07-02' })], settings);
      await load([day, record('t', { id: 2, value: '2026-07-02T12:00:00' })], settings);
      expect(await column('t', 'value')).toEqual(['2026-07-02T00:00:00Z', '2026-07-02T03:00:00Z']);
    });

    test('from the year 1 to the year 9999 are kept', async () => {
      const values = ['0001-01-01T00:00:00Z', '1969-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'];
      expect(await stored(await open(), INSTANT, values)).toEqual(values);
    });

    test('finer than the database keeps are not rounded', async () => {
      const values = ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05Z'];
      expect(await stored(await open(), INSTANT, values)).toEqual(values);
    });

    test.each(['10000-01-01T00:00:00Z', '0000-00-00 00:00:00', '2026-02-30T00:00:00Z', 'yesterday'])(
      '%s is no instant: the load stops and names stream, column, row and value',
      async (value) => {
        const given = stored(await open(), INSTANT, [value]);
        await expect(given).rejects.toMatchObject({
          code: 'load.value-does-not-fit',
          path: 't.value',
          message: expect.stringContaining(value),
        });
      },
    );

    test('dates are dates', async () => {
      const values = ['2026-01-02', '0001-01-01', '9999-12-31', '2024-02-29'];
      expect(await stored(await open(), { type: 'string', format: 'date' }, values)).toEqual(values);
    });

    test.each(['0000-00-00', '2026-02-29', '10000-01-01'])('%s is no date: the load stops', async (value) => {
      const given = stored(await open(), { type: 'string', format: 'date' }, [value]);
      await expect(given).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    });

    test('times of day are times of day', async () => {
      const values = ['00:00:00', '23:59:59.5', '12:30:00'];
      expect(await stored(await open(), { type: 'string', format: 'time' }, values)).toEqual(values);
    });
  });
}
