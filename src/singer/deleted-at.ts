import type { JsonSchema } from '../message/schema.ts';

/**
 * How Singer spells a deletion: a RECORD whose `_sdc_deleted_at` is not null. The column belongs to this door, not to
 * the stream, so it is put into a schema on the way out and taken out of it on the way in.
 */
export const DELETED_AT = '_sdc_deleted_at';

const COLUMN: JsonSchema = { type: ['null', 'string'], format: 'date-time' };

export function withDeletedAt(schema: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...schema.properties, [DELETED_AT]: COLUMN } };
}

export function withoutDeletedAt(schema: JsonSchema): JsonSchema {
  if (schema.properties?.[DELETED_AT] === undefined) return schema;
  const { [DELETED_AT]: _, ...properties } = schema.properties;
  const required = Array.isArray(schema.required) && {
    required: schema.required.filter((name) => name !== DELETED_AT),
  };
  return { ...schema, properties, ...required };
}
