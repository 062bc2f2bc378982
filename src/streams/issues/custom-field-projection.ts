import type { Row, Value } from '../../message/value.ts';
import { type Conversion, convertTo, isObject } from '../column-value.ts';
import type { Projection } from '../projection.ts';
import type { CustomFieldColumns, FieldKind } from './custom-field-columns.ts';
import type { CustomFieldValue, Issue } from './issue.ts';

/**
 * Rows of issues with the wanted columns of custom fields beside the others. What does not fit its column is kept in
 * `additional_fields` (invariant 4); a field without a column is in `custom_fields` alone.
 */
export function withCustomFields(
  project: Projection,
  { schemas, byField }: CustomFieldColumns,
  isWanted: (column: string) => boolean,
): Projection {
  const wanted = new Set(Object.keys(schemas).filter(isWanted));
  const empty = Object.fromEntries([...wanted].map((column) => [column, null]));

  return (entry, dates) => {
    const columns: Record<string, Value> = { ...empty };
    const misfits: Record<string, Value> = {};
    const place = (column: string | undefined, value: Value | undefined, raw: unknown, path: string) => {
      if (column !== undefined && !wanted.has(column)) return;
      if (column === undefined || value === undefined) misfits[path] = raw as Value;
      else columns[column] = value;
    };
    for (const { id, value, otherValue } of valuesIn(entry.fields as Issue)) {
      const field = byField.get(id);
      if (field === undefined) continue;
      if (value !== null && value !== undefined) {
        place(field.value, CONVERSIONS[field.kind](value, dates), value, `customFields.${id}`);
      }
      if (otherValue !== null && otherValue !== undefined) {
        place(field.other, asText(otherValue, dates), otherValue, `customFields.${id}.otherValue`);
      }
    }
    return withMisfits({ ...project(entry, dates), ...columns }, misfits);
  };
}

function valuesIn({ customFields }: Issue): readonly CustomFieldValue[] {
  return Array.isArray(customFields) ? customFields : [];
}

function withMisfits(row: Row, misfits: Readonly<Record<string, Value>>): Row {
  const { additional_fields: additional } = row;
  if (additional === undefined || Object.keys(misfits).length === 0) return row;
  return { ...row, additional_fields: { ...(isObject(additional) ? additional : {}), ...misfits } };
}

const asText = convertTo({ type: ['string', 'null'] });

const CONVERSIONS: Readonly<Record<FieldKind, Conversion>> = {
  text: asText,
  number: convertTo({ type: ['number', 'null'] }),
  date: convertTo({ type: ['string', 'null'], format: 'date' }),
  item: (value) => nameOf(value),
  items: namesOf,
};

function nameOf(item: unknown): string | undefined {
  return isObject(item) && typeof item.name === 'string' ? item.name : undefined;
}

function namesOf(items: unknown): readonly string[] | undefined {
  const names = Array.isArray(items) ? items.map(nameOf) : [undefined];
  return names.includes(undefined) ? undefined : (names as readonly string[]);
}
