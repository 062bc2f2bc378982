import { readFileSync } from 'node:fs';
import type { JsonSchema } from '../message/schema.ts';

/** What a file of schemas/ says about a stream. */
export interface StreamSchema {
  readonly description: string;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** The key columns, which are the only ones that are never null. */
  readonly required: readonly string[];
}

const loaded = new Map<string, StreamSchema>();

/** The columns and the key of a stream; the same object each time. */
export function schemaOf(stream: string): StreamSchema {
  const known = loaded.get(stream);
  if (known) return known;
  const file = new URL(`../../schemas/${stream}.json`, import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as StreamSchema;
  loaded.set(stream, schema);
  return schema;
}

/** The type of a column without its nullability. */
export function typeOf(column: JsonSchema): string {
  const types = typeof column.type === 'string' ? [column.type] : (column.type ?? []);
  return types.find((type) => type !== 'null') ?? 'string';
}
