import type { JsonSchema } from '../message/schema.ts';
import { ExactNumber, type Row, type Value } from '../message/value.ts';

/** What is wrong with a record, in the validator's words; `undefined` if nothing is. */
export type Validator = (record: Row) => string | undefined;

/**
 * Checks records as their schema says, but for formats: how dates look is the column's affair. The validator is loaded
 * only when it is asked for.
 */
export async function createValidator(schema: JsonSchema): Promise<Validator> {
  const { Ajv } = await import('ajv');
  const { $schema, ...rules } = schema;
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, multipleOfPrecision: 10 });
  const validate = ajv.compile(rules);
  return (record) => (validate(plain(record)) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'record' }));
}

/** With numbers as the validator knows them; the record itself when it has no others. */
function plain(value: Value): unknown {
  if (typeof value === 'bigint' || value instanceof ExactNumber) return Number(value.toString());
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
