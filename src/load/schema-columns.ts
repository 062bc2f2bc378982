import type { JsonSchema } from '../message/schema.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import { type ContentEncoding, contentEncoding } from './binary.ts';
import { type ColumnType, widest } from './column-type.ts';

/** What a schema says of a property. */
export interface Declared {
  readonly type: ColumnType;
  /** Of a text that stands for bytes. */
  readonly encoding: ContentEncoding | undefined;
}

/** The properties that a stream's schema declares, in the schema's order. */
export function declaredColumns(schema: JsonSchema, stream: string): ReadonlyMap<string, Declared> {
  const root = resolve(schema, schema);
  if (root?.properties === undefined) {
    throw new ConfigurationError({
      code: 'load.schema-without-properties',
      path: stream,
      text: {
        en: 'The schema of this stream declares no properties.',
        ja: 'このストリームのスキーマには properties がありません。',
      },
      hint: {
        en: 'Correct the SCHEMA message of the tap: its schema must have "properties".',
        ja: 'タップが出力する SCHEMA メッセージのスキーマに "properties" を追加してください。',
      },
    });
  }
  return new Map(Object.entries(root.properties).map(([name, property]) => [name, declared(property, schema)]));
}

function declared(property: JsonSchema, root: JsonSchema): Declared {
  const type = typeOf(property, root);
  return { type, encoding: type === 'text' ? contentEncoding(resolve(property, root) ?? property) : undefined };
}

/** The type that holds every value a schema allows; `json` for one that says nothing. */
export function typeOf(schema: JsonSchema, root: JsonSchema): ColumnType {
  return branchTypes(schema, root, 0).reduce<ColumnType | undefined>(join, undefined) ?? 'json';
}

/** A schema may refer to itself; deeper than this it is `json` anyway. */
const DEEPEST = 16;

function branchTypes(schema: JsonSchema, root: JsonSchema, depth: number): readonly ColumnType[] {
  const resolved = depth < DEEPEST ? resolve(schema, root) : undefined;
  if (resolved === undefined) return ['json'];
  if (resolved.type !== undefined) return namedTypes(resolved);
  const branches = resolved.anyOf ?? resolved.oneOf;
  if (branches !== undefined) return branches.flatMap((branch) => branchTypes(branch, root, depth + 1));
  if (resolved.allOf !== undefined) return intersection(resolved.allOf, root, depth + 1);
  if (resolved.properties !== undefined || resolved.items !== undefined) return ['json'];
  if (resolved.enum !== undefined) return resolved.enum.flatMap(typeOfConstant);
  return 'const' in resolved ? typeOfConstant(resolved.const) : ['json'];
}

function namedTypes(schema: JsonSchema): readonly ColumnType[] {
  const names: readonly string[] = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return names.flatMap((name) => namedType(name.toLowerCase(), schema));
}

function namedType(name: string, schema: JsonSchema): readonly ColumnType[] {
  switch (name) {
    case 'null':
      return [];
    case 'boolean':
      return ['boolean'];
    case 'integer':
      return ['integer'];
    case 'number':
      return ['number'];
    case 'string':
      return [STRING_FORMATS[schema.format ?? ''] ?? 'text'];
    default:
      return ['json'];
  }
}

const STRING_FORMATS: Readonly<Record<string, ColumnType>> = {
  date: 'date',
  time: 'time',
  'date-time': 'timestamp',
  'singer.decimal': 'decimal',
  'x-singer.decimal': 'decimal',
};

/** Of several schemas that all hold, the first one that says anything. */
function intersection(schemas: readonly JsonSchema[], root: JsonSchema, depth: number): readonly ColumnType[] {
  const types = schemas.map((schema) => branchTypes(schema, root, depth));
  return types.find((branch) => branch.length > 0 && !branch.includes('json')) ?? ['json'];
}

function typeOfConstant(value: unknown): readonly ColumnType[] {
  if (value === null) return [];
  if (typeof value === 'string') return ['text'];
  if (typeof value === 'boolean') return ['boolean'];
  if (typeof value === 'number') return [Number.isSafeInteger(value) ? 'integer' : 'number'];
  return ['json'];
}

function join(left: ColumnType | undefined, right: ColumnType): ColumnType {
  return left === undefined ? right : widest(left, right);
}

/** The schema itself, or what its `$ref` points to within the same document; `undefined` if that is nothing. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  let current: unknown = schema;
  for (let hops = 0; hops < DEEPEST; hops += 1) {
    if (typeof current !== 'object' || current === null) return undefined;
    const node = current as JsonSchema;
    if (typeof node.$ref !== 'string') return node;
    current = node.$ref.startsWith('#') ? follow(root, node.$ref.slice(1)) : undefined;
  }
  return undefined;
}

function follow(root: JsonSchema, pointer: string): unknown {
  const steps = decodeURIComponent(pointer).split('/').slice(1);
  return steps.reduce<unknown>((node, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof node === 'object' && node !== null ? (node as JsonSchema)[name] : undefined;
  }, root);
}
