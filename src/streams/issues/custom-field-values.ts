import { isObject } from '../column-value.ts';
import type { ApiObject, Stream } from '../stream.ts';
import type { CustomFieldValue, Issue } from './issue.ts';

/** One row per custom field of an issue, whichever of the eight types it has. */
export const customFieldValues: Stream<Issue> = {
  name: 'issue_custom_field_values',
  selectedByDefault: true,
  partOf: { column: 'issue_id', field: 'id' },
  entries: ({ fields: issue }) =>
    (issue.customFields ?? []).map((field) => ({
      fields: valueFields(field),
      parents: { issue_id: issue.id, project_id: issue.projectId, custom_field_id: field.id },
    })),
};

const NUMBER = 3;
const DATE = 4;

/** Replaces `value` by the one field that its type calls for; items are recognised by their shape. */
function valueFields({ id: _, value, ...field }: CustomFieldValue): ApiObject {
  if (value === null || value === undefined) return field;
  if (Array.isArray(value)) return { ...field, ...itemFields(value.filter(isObject)) };
  if (isObject(value)) return { ...field, ...itemFields([value]) };
  if (field.fieldTypeId === NUMBER) return { ...field, numberValue: value };
  if (field.fieldTypeId === DATE) return { ...field, dateValue: value };
  return { ...field, textValue: value };
}

function itemFields(items: readonly ApiObject[]): ApiObject {
  return { itemIds: items.map(({ id }) => id), itemNames: items.map(({ name }) => name) };
}
