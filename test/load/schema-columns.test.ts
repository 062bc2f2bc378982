import { describe, expect, test } from 'vitest';
import { declaredColumns, typeOf } from '../../src/load/schema-columns.ts';
import type { JsonSchema } from '../../src/message/schema.ts';

describe('the type of a property', () => {
  test.each<[string, JsonSchema, string]>([
    ['an integer', { type: 'integer' }, 'integer'],
    ['a nullable integer, null first', { type: ['null', 'integer'] }, 'integer'],
    ['a type in capitals', { type: 'STRING' }, 'text'],
    ['a date', { type: 'string', format: 'date' }, 'date'],
    ['a time', { type: 'string', format: 'time' }, 'time'],
    ['a date-time', { type: ['string', 'null'], format: 'date-time' }, 'timestamp'],
    ['a decimal as text', { type: 'string', format: 'singer.decimal' }, 'decimal'],
    ['an unknown format', { type: 'string', format: 'email' }, 'text'],
    ['integer or number', { type: ['integer', 'number'] }, 'number'],
    ['string or integer', { type: ['string', 'integer'] }, 'text'],
    ['string or object', { type: ['string', 'object'] }, 'json'],
    ['an array', { type: 'array', items: { type: 'string' } }, 'json'],
    ['nothing said', {}, 'json'],
    ['only null', { type: 'null' }, 'json'],
    ['anyOf with null first', { anyOf: [{ type: 'null' }, { type: 'string', format: 'date-time' }] }, 'timestamp'],
    ['oneOf of unlike scalars', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'text'],
    ['allOf with a comment', { allOf: [{ description: 'x' }, { type: 'boolean' }] }, 'boolean'],
    ['an enum', { enum: ['open', 'closed', null] }, 'text'],
    ['a constant', { const: 5 }, 'integer'],
    ['properties without a type', { properties: { a: {} } }, 'json'],
  ])('of %s', (_, schema, expected) => {
    expect(typeOf(schema, schema)).toBe(expected);
  });

  test('follows references within the document', () => {
    const root: JsonSchema = {
      definitions: { 'a/b': { type: 'integer' }, other: { $ref: '#/definitions/a~1b' } },
      properties: { direct: { $ref: '#/definitions/a~1b' }, chain: { anyOf: [{ $ref: '#/definitions/other' }] } },
    };
    expect([...declaredColumns(root, 's')].map(([name, { type }]) => [name, type])).toEqual([
      ['direct', 'integer'],
      ['chain', 'integer'],
    ]);
  });

  test('of a reference that leads nowhere, elsewhere or in a circle is json', () => {
    const root: JsonSchema = {
      definitions: { loop: { $ref: '#/definitions/loop' }, deep: { anyOf: [{ $ref: '#/definitions/deep' }] } },
    };
    for (const $ref of [
      '#/definitions/none',
      'https://example.com/s.json',
      '#/definitions/loop',
      '#/definitions/deep',
    ]) {
      expect(typeOf({ $ref }, root)).toBe('json');
    }
  });

  test('a schema without properties is refused', () => {
    expect(() => declaredColumns({ type: 'object' }, 'people')).toThrow(
      expect.objectContaining({ code: 'load.schema-without-properties', path: 'people' }),
    );
  });
});
