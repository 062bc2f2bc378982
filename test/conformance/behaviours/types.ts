import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../../src/message/schema.ts';
import { ExactNumber, type Value } from '../../../src/message/value.ts';
import { record, schema } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

interface Example {
  readonly says: string;
  readonly property: JsonSchema;
  readonly values: readonly Value[];
  /** The same as the values, if absent. */
  readonly stored?: readonly unknown[];
}

const EXAMPLES: readonly Example[] = [
  { says: 'booleans', property: { type: 'boolean' }, values: [true, false, null] },
  { says: 'booleans that come as 0 and 1', property: { type: 'boolean' }, values: [1, 0], stored: [true, false] },
  { says: 'nested objects', property: { type: 'object' }, values: [{ a: { b: [1, { c: null }] } }, {}, null] },
  { says: 'arrays', property: { type: 'array', items: { type: 'string' } }, values: [['a', 'b'], [], null] },
  { says: 'arrays of mixed types', property: { type: 'array' }, values: [[1, 'x', null, { y: [] }, true, 1.5]] },
  { says: 'an array for an object', property: { type: 'object' }, values: [[1, 2], 'text'] },
  { says: 'anyOf with null first', property: { anyOf: [{ type: 'null' }, { type: 'integer' }] }, values: [5, null] },
  {
    says: 'anyOf of a date-time and a text',
    property: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'string' }] },
    values: ['2026-01-02T03:04:05Z', 'soon'],
  },
  {
    says: 'anyOf of a text and a number',
    property: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    values: ['x', 5],
    stored: ['x', '5'],
  },
  { says: 'oneOf without a type', property: { oneOf: [{ type: 'string' }, { type: 'null' }] }, values: ['x', null] },
  { says: '$ref', property: { $ref: '#/definitions/price' }, values: [1.5, 2] },
  {
    says: '$ref inside anyOf',
    property: { anyOf: [{ $ref: '#/definitions/price' }, { type: 'null' }] },
    values: [1.5],
  },
  { says: '$ref to nothing', property: { $ref: '#/definitions/none' }, values: ['x', 5, { a: 1 }] },
  { says: 'no type at all', property: {}, values: ['x', 5, true, { a: [1] }, ['y'], null, 1.5] },
  { says: 'a list of types', property: { type: ['string', 'object'] }, values: ['x', { a: 1 }] },
  { says: 'an enum without a type', property: { enum: ['a', 'b', null] }, values: ['a', null] },
  { says: 'only null', property: { type: 'null' }, values: [null, 'x', 5] },
  { says: 'a type in capitals', property: { type: 'STRING' }, values: ['x'] },
  {
    says: 'numbers and objects in a text column',
    property: { type: 'string' },
    values: [5, 1.5, true, { a: 1 }, ['b']],
    stored: ['5', '1.5', 'true', '{"a":1}', '["b"]'],
  },
  {
    says: 'long numbers inside JSON',
    property: { type: 'object' },
    values: [{ n: 12345678901234567890n, list: [9007199254740993n, 1e21] }],
  },
];

const DEFINITIONS = { definitions: { price: { type: 'number' } } };

export function typeBehaviours(open: OpenWorkshop): void {
  describe('schemas', () => {
    test.each(EXAMPLES)('$says', async ({ property, values, stored = values }) => {
      const { load, column } = await open();
      const announced = schema('t', { id: { type: 'integer' }, value: property });
      const messages = [
        announced.type === 'schema' ? { ...announced, schema: { ...announced.schema, ...DEFINITIONS } } : announced,
        ...values.map((value, id) => record('t', { id, value })),
      ];
      await load(messages);
      expect(await column('t', 'value')).toEqual(stored);
      const again = await load(messages);
      expect(again.tables.get('t')).toMatchObject({ inserted: 0, updated: 0, unchanged: values.length });
    });

    test('exact decimals inside JSON keep their digits', async () => {
      const { load, column } = await open();
      await load([
        schema('t', { id: { type: 'integer' }, value: { type: 'object' } }),
        record('t', { id: 1, value: { n: new ExactNumber('12345678901234567890.1') } }),
      ]);
      expect(await column('t', 'value')).toEqual([{ n: new ExactNumber('12345678901234567890.1') }]);
    });

    test('with an object that declares no properties are refused', async () => {
      const { load, tables } = await open();
      const given = load([{ type: 'schema', stream: 't', schema: { type: 'object' }, keyProperties: [] }]);
      await expect(given).rejects.toMatchObject({ code: 'load.schema-without-properties', path: 't' });
      expect(await tables()).toEqual([]);
    });

    test('make the table though no row comes', async () => {
      const { load, types } = await open();
      await load([schema('t', { id: { type: 'integer' }, at: { type: 'string', format: 'date-time' } })]);
      expect(await types('t')).toEqual({ id: 'integer', at: 'timestamp' });
    });
  });
}
