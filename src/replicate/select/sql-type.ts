import type { JsonSchema } from '../../message/schema.ts';
import type { ColumnDefinition } from '../statement.ts';

const INTEGER = /^(?:(?:big|small|tiny|medium)?int(?:eger)?|int[248]|long)\b/i;
const BOOLEAN = /^(?:bit|bool|boolean)\b/i;
const NUMBER = /^(?:real|float|double|numeric|decimal|dec|number|(?:small)?money)\b/i;
const INSTANT = /^(?:(?:small)?datetime(?:2|offset)?|timestamp|timestamptz)\b/i;
const DATE = /^date\b/i;
const TEXT = /^(?:n?(?:var)?char(?:acter)?(?: varying)?|(?:tiny|medium|long|n)?text|n?clob|string)\b/i;

/** The schema of the values that a column of this SQL type holds; undefined for a type that we do not know. */
export function schemaOfSqlType({ type, typeArguments: [length] }: ColumnDefinition): JsonSchema | undefined {
  if (INTEGER.test(type)) return { type: ['integer', 'null'] };
  if (BOOLEAN.test(type)) return { type: ['boolean', 'null'] };
  if (NUMBER.test(type)) return { type: ['number', 'null'] };
  if (INSTANT.test(type)) return { type: ['string', 'null'], format: 'date-time' };
  if (DATE.test(type)) return { type: ['string', 'null'], format: 'date' };
  if (TEXT.test(type)) return { type: ['string', 'null'], ...(length !== undefined && { maxLength: length }) };
  return undefined;
}
