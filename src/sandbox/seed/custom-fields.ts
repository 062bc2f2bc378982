import { type CustomField, type CustomFieldItem, FIELD_TYPE, type ItemList } from '../world/project.ts';

/**
 * One field of each of the eight types, and "Score", which is a number in every second project and a text in the
 * others: equal names do not mean equal types.
 */
export function seedCustomFields(
  projectId: number,
  firstId: number,
  projectIndex: number,
  issueTypes: readonly { readonly id: number }[],
): readonly CustomField[] {
  const score = projectIndex % 2 === 0 ? FIELD_TYPE.number : FIELD_TYPE.text;
  return [...FIELDS, { typeId: score, name: 'Score' }].map((field, order) => ({
    id: firstId + order,
    projectId,
    version: 1,
    description: '',
    required: false,
    useIssueType: field.typeId === FIELD_TYPE.number,
    applicableIssueTypes: field.typeId === FIELD_TYPE.number ? issueTypes.slice(0, 2).map(({ id }) => id) : [],
    displayOrder: order,
    ...field,
    ...(field.typeId === FIELD_TYPE.number && { number: NUMBERS }),
    ...(field.typeId === FIELD_TYPE.date && { date: DATES }),
  }));
}

const NUMBERS = { min: 0, max: 9000, initialValue: null, unit: 'pt' } as const;

const DATES = { min: '2023-01-01', max: null, initialDate: { id: 2, shift: 7, date: null } } as const;

const FIELDS: readonly { readonly typeId: number; readonly name: string; readonly list?: ItemList }[] = [
  { typeId: FIELD_TYPE.text, name: '顧客名 / Customer' },
  { typeId: FIELD_TYPE.textArea, name: '再現環境 / Environment' },
  { typeId: FIELD_TYPE.number, name: '工数係数 / Factor' },
  { typeId: FIELD_TYPE.date, name: '検収日 / Acceptance' },
  { typeId: FIELD_TYPE.singleList, name: '重要度 / Severity', list: list(['高', '中', '低'], false) },
  {
    typeId: FIELD_TYPE.multipleList,
    name: '対象OS / Systems',
    list: list(['Windows', 'macOS', 'iOS', 'Android'], false),
  },
  { typeId: FIELD_TYPE.checkbox, name: '確認項目 / Checks', list: list(['単体', '結合', '受入'], true) },
  { typeId: FIELD_TYPE.radio, name: '契約 / Contract', list: list(['請負', '準委任'], true) },
];

function list(names: readonly string[], allowInput: boolean): ItemList {
  const items: readonly CustomFieldItem[] = names.map((name, order) => ({ id: order + 1, name, displayOrder: order }));
  return { items, allowAddItem: false, allowInput };
}
