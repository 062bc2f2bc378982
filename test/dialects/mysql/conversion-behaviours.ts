import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText } from '../../../src/load/decimal.ts';
import { timestampText } from '../../../src/load/timestamp.ts';
import type { JsonSchema } from '../../../src/message/schema.ts';
import { ExactNumber, type Value } from '../../../src/message/value.ts';
import { load, record, schema } from '../../load/load-fixture.ts';
import { type Family, openSession } from './family.ts';

/** In the one form that the loader gives them: it cannot know how others were written before they were stored. */
const instant = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
    fc.nat(999),
  )
  .map(([date, micros]) => timestampText(date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`)) ?? '');

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 34n), max: 10n ** 34n }), fc.stringMatching(/^\d{0,30}$/))
  .map(([whole, fraction]) => new ExactNumber(decimalText(`${whole}.${fraction}`) ?? ''));

const double = fc.double({ noNaN: true, noDefaultInfinity: true });

/** What a column may hold before it is widened. */
const KINDS: readonly (readonly [string, JsonSchema, fc.Arbitrary<Value>])[] = [
  ['booleans', { type: 'boolean' }, fc.boolean()],
  ['integers', { type: 'integer' }, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ['numbers', { type: 'number' }, fc.oneof(double, fc.double({ min: -1e18, max: 1e18, noNaN: true }))],
  ['decimals', { type: 'string', format: 'singer.decimal' }, decimal],
  ['dates', { type: 'string', format: 'date' }, instant.map((text) => text.slice(0, 10))],
  ['times', { type: 'string', format: 'time' }, instant.map((text) => text.slice(11, -1))],
  ['instants', { type: 'string', format: 'date-time' }, instant],
  [
    'texts',
    { type: 'string' },
    fc.string({
      unit: fc.oneof(
        fc.constantFrom('\\', '"', '\u0001', '\u007f', '\n', '/', 'ß'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
    }),
  ],
];

const WIDER: readonly (readonly [string, JsonSchema])[] = [
  ['text', { type: 'string' }],
  ['JSON', { type: ['string', 'object', 'number', 'boolean', 'array'] }],
];

export function conversionBehaviours(of: () => Family): void {
  describe('a column that is widened', () => {
    for (const [kind, narrow, values] of KINDS) {
      for (const [wider, wide] of WIDER) {
        test(`from ${kind} to ${wider} holds just what it would if it had been so before`, async () => {
          const session = await openSession(of());
          await fc.assert(
            fc.asyncProperty(fc.array(values, { minLength: 50, maxLength: 200 }), async (given) => {
              const rows = given.map((v, id) => record('t', { id, v }));
              await of().admin.query('DROP TABLE IF EXISTS t');
              await load(session, [schema('t', { id: { type: 'integer' }, v: narrow }), ...rows]);
              const report = await load(session, [schema('t', { id: { type: 'integer' }, v: wide }), ...rows]);
              expect(report.tables.get('t')).toMatchObject({ unchanged: given.length, updated: 0, inserted: 0 });
            }),
            { numRuns: 3 },
          );
        });
      }
    }

    test('from numbers to decimals keeps all digits, as text where decimals end', async () => {
      const session = await openSession(of());
      const announce = (v: JsonSchema) => schema('t', { id: { type: 'integer' }, v });
      const exact = { type: 'string', format: 'singer.decimal' };
      const numbers = [0.1, -1e22, 1.5e-12, 123456.789];
      await load(session, [announce({ type: 'number' }), ...numbers.map((v, id) => record('t', { id, v }))]);
      await load(session, [announce(exact), record('t', { id: 9, v: '0.12345678901234567890' })]);
      expect(await declared(of())).toBe('decimal(65,30)');
      await of().admin.query('DROP TABLE t');
      await load(session, [
        announce({ type: 'number' }),
        ...[...numbers, 1e300, 5e-324].map((v, id) => record('t', { id, v })),
      ]);
      await load(session, [announce(exact), record('t', { id: 9, v: '0.12345678901234567890' })]);
      expect(await declared(of())).toBe('longtext');
      expect((await of().query('SELECT v FROM t ORDER BY id')).map(({ v }) => v)).toEqual([
        '0.1',
        '-10000000000000000000000',
        '0.0000000000015',
        '123456.789',
        `1${'0'.repeat(300)}`,
        `0.${'0'.repeat(323)}5`,
        '0.1234567890123456789',
      ]);
    });

    test('after an interruption is widened all the same', async () => {
      const session = await openSession(of());
      const announce = (type: string) => schema('t', { id: { type: 'integer' }, v: { type } });
      await load(session, [announce('boolean'), record('t', { id: 1, v: true })]);
      const [leftover] = ['widened_4c94485e'];
      await of().admin.query(`ALTER TABLE t ADD COLUMN ${leftover} LONGTEXT`);
      await load(session, [announce('string'), record('t', { id: 2, v: 'x' })]);
      expect(await of().query('SELECT * FROM t ORDER BY id')).toEqual([
        { id: 1, v: 'true' },
        { id: 2, v: 'x' },
      ]);
    });
  });
}

async function declared({ query }: Family): Promise<unknown> {
  const column =
    "SELECT COLUMN_TYPE AS type FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'test' AND TABLE_NAME = 't' AND COLUMN_NAME = 'v'";
  return (await query(column))[0]?.type;
}
