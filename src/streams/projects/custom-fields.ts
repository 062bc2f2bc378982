import { type ApiObject, entriesOf, type Stream } from '../stream.ts';

type CustomField = ApiObject & {
  readonly id: number;
  readonly typeId?: number;
  readonly items?: readonly ApiObject[] | null;
};

const DATE_FIELD = 4;

/** Bounds are numbers or dates, as the field's type has it; each kind has its own columns. */
export const customFields: Stream<CustomField> = {
  name: 'project_custom_fields',
  selectedByDefault: true,
  elsewhere: ['items'],
  entries({ fields, parents }) {
    if (fields.typeId !== DATE_FIELD) return [{ fields, parents }];
    const { min: minDate, max: maxDate, ...rest } = fields;
    return [{ fields: { ...rest, minDate, maxDate }, parents }];
  },
};

export const customFieldItems: Stream<CustomField> = {
  name: 'project_custom_field_items',
  selectedByDefault: true,
  partOf: { column: 'custom_field_id', field: 'id' },
  entries: ({ fields, parents }) => entriesOf(fields.items, { ...parents, custom_field_id: fields.id }),
};
