import type { CustomFieldValue } from '../../src/sandbox/world/issue.ts';
import { FIELD_TYPE } from '../../src/sandbox/world/project.ts';
import type { World } from '../../src/sandbox/world/world.ts';

const LISTS = new Set<number>([FIELD_TYPE.singleList, FIELD_TYPE.multipleList, FIELD_TYPE.checkbox, FIELD_TYPE.radio]);

/** One value for each of the eight types, and what its row must say. */
export const VALUES = [
  { type: FIELD_TYPE.text, value: '顧客 "A" 🌸', row: { TextValue: '顧客 "A" 🌸' } },
  { type: FIELD_TYPE.textArea, value: 'one\r\ntwo', row: { TextValue: 'one\r\ntwo' } },
  { type: FIELD_TYPE.number, value: 0.5, row: { NumberValue: 0.5 } },
  { type: FIELD_TYPE.date, value: '2028-02-29', row: { DateValue: '2028-02-29' } },
  { type: FIELD_TYPE.singleList, value: [2], row: { ItemIds: '[2]', ItemNames: '["two"]' } },
  { type: FIELD_TYPE.multipleList, value: [1, 3], row: { ItemIds: '[1,3]', ItemNames: '["one","three"]' } },
  {
    type: FIELD_TYPE.checkbox,
    value: [3],
    other: '別の',
    row: { ItemIds: '[3]', ItemNames: '["three"]', OtherValue: '別の' },
  },
  {
    type: FIELD_TYPE.radio,
    value: [1],
    other: 'else',
    row: { ItemIds: '[1]', ItemNames: '["one"]', OtherValue: 'else' },
  },
] as const;

export const ITEMS = ['one', 'two', 'three'].map((name, order) => ({ id: order + 1, name, displayOrder: order }));

/** The sandbox begins with some; tests begin with none. */
export function removeFields(world: World): void {
  for (const [projectId, masters] of world.masters)
    for (const { id } of masters.customFields) world.deleteCustomField(projectId, id);
}

export function addField(world: World, projectId: number, name: string, typeId: number): number {
  const allowInput = typeId >= FIELD_TYPE.checkbox;
  const list = LISTS.has(typeId) ? { list: { items: ITEMS, allowAddItem: false, allowInput } } : {};
  return world.addCustomField(projectId, { name, typeId, ...list }).id;
}

export function createIssue(world: World, projectId: number, customFields: readonly CustomFieldValue[]): number {
  return world.createIssue({ projectId, summary: 'with custom fields', customFields }).id;
}

/** `VALUES` for these fields, one after the other. */
export function valuesFor(fields: readonly number[]): readonly CustomFieldValue[] {
  return VALUES.map((each, place) => ({
    id: fields[place] ?? 0,
    value: each.value,
    ...('other' in each && { otherValue: each.other }),
  }));
}
