import type { JsonSchema } from '../../message/schema.ts';
import { columnText } from './column-text.ts';
import { nameClaims } from './name-claims.ts';

/** What of a custom field decides on its columns. https://developer.nulab.com/docs/backlog/api/2/get-custom-field-list/ */
export interface CustomField {
  readonly id: number;
  readonly projectId: number;
  readonly typeId: number;
  readonly name: string;
  /** Whether people may type what is not among the items. */
  readonly allowInput: boolean;
}

/** Whether a column is called after the name of its field, or after its id. */
export type ColumnNaming = 'name' | 'id';

/** What a field holds; fields of one name share a column only where this is the same. */
export type FieldKind = 'text' | 'number' | 'date' | 'item' | 'items';

/** Where the values of a field go. */
export interface FieldColumns {
  readonly kind: FieldKind;
  readonly value: string;
  /** For what was typed beside the items. */
  readonly other?: string;
}

/** Columns of `issues` for the custom fields of several projects. */
export interface CustomFieldColumns {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly byField: ReadonlyMap<number, FieldColumns>;
}

const KINDS: Readonly<Record<number, FieldKind>> = {
  1: 'text',
  2: 'text',
  3: 'number',
  4: 'date',
  5: 'item',
  6: 'items',
  7: 'items',
  8: 'item',
};

/**
 * Fields of one name in several projects share a column if they hold the same; where they do not, the kind stands in
 * the name of each. Two of one name in one project have columns of their own, with their ids. Fields of a type that we
 * do not know have none. `taken` are the other columns of the table.
 */
export function customFieldColumns(
  fields: readonly CustomField[],
  naming: ColumnNaming,
  taken: readonly string[],
): CustomFieldColumns {
  const known = fields.filter(({ typeId }) => KINDS[typeId] !== undefined).toSorted((one, other) => one.id - other.id);
  const drafts = naming === 'id' ? known.map(columnOfId) : columnsOfNames(known);
  const claim = nameClaims(taken);
  const schemas: Record<string, JsonSchema> = {};
  const byField = new Map<number, FieldColumns>();
  for (const draft of drafts) {
    const { kind, fields: members } = draft;
    const value = claim(draft.name, members[0].id);
    schemas[value] = schemaOf(draft);
    const other = members.some(({ allowInput }) => allowInput) ? claim(`${value}_other`, members[0].id) : undefined;
    if (other !== undefined) schemas[other] = otherSchema(draft);
    for (const { id, allowInput } of members) {
      byField.set(id, { kind, value, ...(allowInput && other !== undefined && { other }) });
    }
  }
  return { schemas, byField };
}

/** A column before it is certain that nothing else has its name. */
interface Draft {
  readonly name: string;
  readonly kind: FieldKind;
  readonly fields: readonly [CustomField, ...CustomField[]];
}

const PREFIX = 'custom_field_';

function columnOfId(field: CustomField): Draft {
  return { name: `${PREFIX}${field.id}`, kind: kindOf(field), fields: [field] };
}

function columnsOfNames(fields: readonly CustomField[]): readonly Draft[] {
  const byName = groupBy(fields, ({ id, name }) => columnText(name) || `${id}`);
  return [...byName].flatMap(([name, namesakes]) => {
    const repeated = namesakes.filter((field) => namesakes.some((other) => isNamesakeInProject(field, other)));
    const byKind = [...groupBy(without(namesakes, repeated), kindOf)];
    const isShared = new Set(namesakes.map(kindOf)).size === 1;
    return [
      ...byKind.map(([kind, [first, ...others]]): Draft => {
        return { name: `${PREFIX}${name}${isShared ? '' : `_${kind}`}`, kind, fields: [first, ...others] };
      }),
      ...repeated.map((field): Draft => {
        return { name: `${PREFIX}${name}_${field.id}`, kind: kindOf(field), fields: [field] };
      }),
    ];
  });
}

function isNamesakeInProject(field: CustomField, other: CustomField): boolean {
  return field !== other && field.projectId === other.projectId;
}

function kindOf({ typeId }: CustomField): FieldKind {
  return KINDS[typeId] ?? 'text';
}

const TYPES: Readonly<Record<FieldKind, JsonSchema>> = {
  text: { type: ['string', 'null'] },
  number: { type: ['number', 'null'] },
  date: { type: ['string', 'null'], format: 'date' },
  item: { type: ['string', 'null'] },
  items: { type: ['array', 'null'], items: { type: 'string' } },
};

const CONTENTS: Readonly<Record<FieldKind, string>> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  item: 'Name of the chosen item',
  items: 'Names of the chosen items',
};

function schemaOf({ kind, fields }: Draft): JsonSchema {
  const [{ name }] = fields;
  return { ...TYPES[kind], title: name, description: `${CONTENTS[kind]} in the custom field ${told(fields)}.` };
}

function otherSchema({ fields }: Draft): JsonSchema {
  return { ...TYPES.text, description: `What was typed beside the items of the custom field ${told(fields)}.` };
}

function told(fields: Draft['fields']): string {
  return `“${fields[0].name}” (${fields.map(({ id }) => id).join(', ')})`;
}

function groupBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): ReadonlyMap<Key, readonly [T, ...T[]]> {
  const groups = new Map<Key, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function without<T>(items: readonly T[], others: readonly T[]): readonly T[] {
  return items.filter((item) => !others.includes(item));
}
