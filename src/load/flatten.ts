import type { JsonSchema } from '../message/schema.ts';
import { ExactNumber, type Row, type Value } from '../message/value.ts';
import type { RowMessage } from './changes.ts';

/** Stands between the names of an object and its member, as in other targets. */
const SEPARATOR = '__';

/** How the nested objects of a stream become columns of their own. */
export interface Flattening {
  readonly schema: JsonSchema;
  flatten(row: Row): Row;
}

/** The objects to take apart, by the name that they have at their level. */
interface Nesting {
  readonly members: ReadonlyMap<string, Nesting>;
}

/**
 * Takes objects apart whose members the schema declares, down to so many levels; other objects stay JSON. So does one
 * of which a member would get the name of another property. `undefined` if there is nothing to take apart.
 */
export function flattening(schema: JsonSchema, depth: number): Flattening | undefined {
  const properties = schema.properties ?? {};
  const flat: Record<string, JsonSchema> = {};
  const nesting = takeApart(properties, '', depth, flat, new Set(Object.keys(properties)));
  if (nesting.members.size === 0) return undefined;
  const required = schema.required?.filter((name) => name in flat);
  return {
    schema: { ...schema, properties: flat, ...(required === undefined ? {} : { required }) },
    flatten: (row) => {
      const target: Record<string, Value> = {};
      spread(row, '', nesting, target);
      return target;
    },
  };
}

export function flattened(message: RowMessage, { flatten }: Flattening): RowMessage {
  if (message.type === 'children') return { ...message, records: message.records.map(flatten) };
  return { ...message, record: flatten(message.record) };
}

function takeApart(
  properties: Readonly<Record<string, JsonSchema>>,
  prefix: string,
  depth: number,
  flat: Record<string, JsonSchema>,
  taken: Set<string>,
): Nesting {
  const members = new Map<string, Nesting>();
  for (const [name, property] of Object.entries(properties)) {
    const own = `${prefix}${name}`;
    const inner = depth > 0 ? membersOf(property) : undefined;
    const names = Object.keys(inner ?? {}).map((member) => `${own}${SEPARATOR}${member}`);
    if (inner === undefined || names.some((member) => taken.has(member))) {
      flat[own] = property;
      continue;
    }
    for (const member of names) taken.add(member);
    members.set(name, takeApart(inner, `${own}${SEPARATOR}`, depth - 1, flat, taken));
  }
  return { members };
}

/** The members of a property that is nothing but an object, or null, and declares some. */
function membersOf({ type, properties }: JsonSchema): Readonly<Record<string, JsonSchema>> | undefined {
  const types = typeof type === 'string' ? [type] : (type ?? ['object']);
  const isObject = types.every((name) => name === 'object' || name === 'null');
  return isObject && properties !== undefined && Object.keys(properties).length > 0 ? properties : undefined;
}

function spread(row: Row, prefix: string, { members }: Nesting, target: Record<string, Value>): void {
  for (const name in row) {
    const value = row[name];
    if (value === undefined) continue;
    const inner = members.get(name);
    if (inner !== undefined && isRow(value)) spread(value, `${prefix}${name}${SEPARATOR}`, inner, target);
    else if (inner === undefined || value !== null) target[`${prefix}${name}`] = value;
  }
}

function isRow(value: Value): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
