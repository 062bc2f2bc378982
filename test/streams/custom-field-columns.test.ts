import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ColumnNaming,
  type CustomField,
  customFieldColumns,
} from '../../src/streams/issues/custom-field-columns.ts';
import { withCustomFields } from '../../src/streams/issues/custom-field-projection.ts';
import { spaceDates } from '../../src/streams/space-dates.ts';

const [TEXT, AREA, NUMBER, DATE, LIST, LISTS, CHECKS, RADIO] = [1, 2, 3, 4, 5, 6, 7, 8] as const;

function field(id: number, name: string, typeId: number, projectId = 1, allowInput = false): CustomField {
  return { id, name, typeId, projectId, allowInput };
}

/** By field, where its values go. */
function placesOf(fields: readonly CustomField[], naming: ColumnNaming = 'name', taken: readonly string[] = []) {
  const { byField } = customFieldColumns(fields, naming, taken);
  return Object.fromEntries([...byField].map(([id, { value, other }]) => [id, other ? [value, other] : value]));
}

describe('columns of custom fields', () => {
  test('have the type of their field, and another column beside them where people may type what they like', () => {
    const types = [TEXT, AREA, NUMBER, DATE, LIST, LISTS, CHECKS, RADIO];
    const fields = types.map((type) => field(type, `Type ${type}`, type, 1, type >= CHECKS));
    const { schemas } = customFieldColumns(fields, 'name', []);
    const shapes = Object.entries(schemas).map(([name, { type, format, items }]) => [name, type, format ?? items]);
    expect(shapes).toEqual([
      ['custom_field_type_1', ['string', 'null'], undefined],
      ['custom_field_type_2', ['string', 'null'], undefined],
      ['custom_field_type_3', ['number', 'null'], undefined],
      ['custom_field_type_4', ['string', 'null'], 'date'],
      ['custom_field_type_5', ['string', 'null'], undefined],
      ['custom_field_type_6', ['array', 'null'], { type: 'string' }],
      ['custom_field_type_7', ['array', 'null'], { type: 'string' }],
      ['custom_field_type_7_other', ['string', 'null'], undefined],
      ['custom_field_type_8', ['string', 'null'], undefined],
      ['custom_field_type_8_other', ['string', 'null'], undefined],
    ]);
    for (const { description } of Object.values(schemas)) expect(description).toMatch(/“Type \d” \(\d\)\.$/);
  });

  test.each([
    ['Severity', 'custom_field_severity'],
    ['  Story-Points (h) ', 'custom_field_story_points_h'],
    ['顧客名 / Customer', 'custom_field_顧客名_customer'],
    ['ｶﾞｲﾄﾞ①', 'custom_field_ガイド1'],
    ['🌸!?', 'custom_field_5'],
    ['', 'custom_field_5'],
  ])('called after names: %j', (name, column) => {
    expect(placesOf([field(5, name, TEXT)])).toEqual({ 5: column });
  });

  test('are called after ids if that is wanted, whatever the names are', () => {
    const fields = [field(5, 'Score', NUMBER), field(6, 'Score', TEXT, 2), field(7, 'Score', RADIO, 2, true)];
    expect(placesOf(fields, 'id')).toEqual({
      5: 'custom_field_5',
      6: 'custom_field_6',
      7: ['custom_field_7', 'custom_field_7_other'],
    });
  });

  test('are shared by equal names in several projects that hold the same', () => {
    const fields = [field(5, 'Note', TEXT, 1), field(6, 'note ', AREA, 2), field(7, 'Note', TEXT, 3)];
    expect(placesOf(fields)).toEqual({ 5: 'custom_field_note', 6: 'custom_field_note', 7: 'custom_field_note' });
    expect(placesOf([field(5, 'Level', LIST, 1), field(6, 'Level', RADIO, 2, true)])).toEqual({
      5: 'custom_field_level',
      6: ['custom_field_level', 'custom_field_level_other'],
    });
  });

  test('are not shared by equal names that hold different things: each tells its kind', () => {
    const fields = [
      ...[field(5, 'Score', NUMBER, 1), field(6, 'Score', TEXT, 2), field(7, 'Score', NUMBER, 3)],
      ...[field(8, 'Score', CHECKS, 4, true), field(9, 'Score', DATE, 5), field(10, 'Score', LIST, 6)],
    ];
    expect(placesOf(fields)).toEqual({
      5: 'custom_field_score_number',
      6: 'custom_field_score_text',
      7: 'custom_field_score_number',
      8: ['custom_field_score_items', 'custom_field_score_items_other'],
      9: 'custom_field_score_date',
      10: 'custom_field_score_item',
    });
  });

  test('of two fields of one name in one project tell their ids', () => {
    const fields = [field(5, 'Score', NUMBER, 1), field(6, 'Score', NUMBER, 1), field(7, 'Score', NUMBER, 2)];
    expect(placesOf(fields)).toEqual({
      5: 'custom_field_score_5',
      6: 'custom_field_score_6',
      7: 'custom_field_score',
    });
  });

  test('never bear a name that is taken, as databases compare names', () => {
    expect(placesOf([field(5, 's', TEXT)], 'name', ['custom_fields'])).toEqual({ 5: 'custom_field_s_5' });
    const fields = [
      field(5, 'A', RADIO, 1, true),
      field(6, 'A other', TEXT),
      field(7, 'ab', TEXT),
      field(8, 'a b', TEXT),
    ];
    expect(placesOf(fields)).toEqual({
      5: ['custom_field_a', 'custom_field_a_other'],
      6: 'custom_field_a_other_6',
      7: 'custom_field_ab',
      8: 'custom_field_a_b_8',
    });
  });

  test('are none for types that nobody knows yet', () => {
    expect(placesOf([field(5, 'New', 9)])).toEqual({});
  });

  test('keep different things apart, whatever fields there are', () => {
    const anyField = fc.record({
      id: fc.integer({ min: 1, max: 40 }),
      name: fc.constantFrom('A', 'a', 'A B', 'ab', 'a_b', 'a other', '5', 'a 5', 'a number', '', '重要'),
      typeId: fc.integer({ min: 1, max: 8 }),
      projectId: fc.integer({ min: 1, max: 3 }),
      allowInput: fc.boolean(),
    });
    const anyFields = fc.uniqueArray(anyField, { selector: ({ id }) => id, maxLength: 20 });
    fc.assert(
      fc.property(anyFields, fc.constantFrom('name' as const, 'id' as const), (fields, naming) => {
        const { schemas, byField } = customFieldColumns(fields, naming, ['custom_fields', 'summary']);
        const bare = Object.keys(schemas).map((name) => name.replaceAll('_', '').toLowerCase());
        expect(new Set([...bare, 'customfields']).size).toBe(bare.length + 1);
        expect(byField.size).toBe(fields.length);
        for (const one of fields) {
          const rivals = fields.filter((other) => byField.get(other.id)?.value === byField.get(one.id)?.value);
          expect(new Set(rivals.map(({ id }) => byField.get(id)?.kind)).size).toBe(1);
          expect(rivals.filter(({ projectId }) => projectId === one.projectId)).toEqual([one]);
        }
      }),
    );
  });
});

describe('a row with columns for custom fields', () => {
  const dates = spaceDates(async () => 'Asia/Tokyo');
  const fields = [
    ...[field(1, 'Note', TEXT), field(3, 'Hours', NUMBER), field(4, 'Day', DATE), field(5, 'Level', LIST)],
    ...[field(7, 'Checks', CHECKS, 1, true), field(8, 'Kind', RADIO)],
  ];
  const columns = customFieldColumns(fields, 'name', []);
  const EMPTY = Object.fromEntries(Object.keys(columns.schemas).map((name) => [name, null]));
  const base = { id: 7, additional_fields: null };

  const row = (values: readonly object[] | null, isWanted: (column: string) => boolean = () => true) =>
    withCustomFields(() => base, columns, isWanted)({ fields: { customFields: values }, parents: {} }, dates);

  test('holds what fits', () => {
    const values = [
      { id: 1, value: '顧客' },
      { id: 3, value: 0 },
      { id: 4, value: '2026-04-01T00:00:00Z' },
      { id: 5, value: { id: 2, name: 'two' } },
      { id: 7, value: [{ id: 1, name: 'one' }], otherValue: 'else' },
    ];
    expect(row(values)).toEqual({
      ...{ ...base, ...EMPTY, custom_field_note: '顧客', custom_field_hours: 0, custom_field_day: '2026-04-01' },
      ...{ custom_field_level: 'two', custom_field_checks: ['one'], custom_field_checks_other: 'else' },
    });
  });

  test.each([
    [null],
    [[]],
    [
      [
        { id: 1, value: null },
        { id: 7, value: null, otherValue: null },
        { id: 99, value: 'x' },
      ],
    ],
  ])('is empty for %j', (values) => {
    expect(row(values)).toEqual({ ...base, ...EMPTY });
  });

  test('keeps what does not fit, or has no column, beside the other additional fields', () => {
    const values = [
      { id: 3, value: 'many' },
      { id: 4, value: '2026-02-29T00:00:00Z' },
      { id: 5, value: 'two' },
      { id: 7, value: [{ id: 1 }] },
      { id: 8, value: null, otherValue: 'typed' },
    ];
    expect(row(values)).toEqual({
      ...{ ...base, ...EMPTY },
      additional_fields: {
        ...{ 'customFields.3': 'many', 'customFields.4': '2026-02-29T00:00:00Z', 'customFields.5': 'two' },
        ...{ 'customFields.7': [{ id: 1 }], 'customFields.8.otherValue': 'typed' },
      },
    });
  });

  test('has the wanted columns alone', () => {
    const wanted = row(
      [
        { id: 1, value: 'a' },
        { id: 3, value: 5 },
      ],
      (column) => column === 'custom_field_hours',
    );
    expect(wanted).toEqual({ ...base, custom_field_hours: 5 });
  });
});
