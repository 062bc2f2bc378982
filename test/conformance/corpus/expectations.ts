import type { LoadSettings } from '../../../src/load/settings.ts';

/**
 * What stands in a table afterwards: the rows themselves, the rows that the files sent (the last of each key, fields
 * that were not sent as null), how many rows there are, or the columns of a table without rows.
 */
export type Expected = readonly Readonly<Record<string, unknown>>[] | 'as sent' | { readonly rows: number } | Columns;

export interface Columns {
  readonly columns: readonly string[];
}

export interface CorpusCase {
  /** Loaded one after the other, each in a run of its own. Without a folder: the same file is in both folders. */
  readonly files: readonly string[];
  readonly settings?: Partial<LoadSettings>;
  /** Code of the failure that the last run must end with. */
  readonly fails?: string;
  /** By stream. */
  readonly tables?: Readonly<Record<string, Expected>>;
  /** The states of the last run. */
  readonly states?: readonly unknown[];
  /** Rows that somebody else adds to a table before the last run. */
  readonly added?: { readonly table: string; readonly rows: readonly (readonly [string, string])[] };
}

export const MELTANO_SDK = 'meltano-sdk';
export const TARGET_POSTGRES = 'meltanolabs-target-postgres';

const CONTINENTS = [
  { code: 'AF', name: 'Africa' },
  { code: 'AN', name: 'Antarctica' },
  { code: 'AS', name: 'Asia' },
  { code: 'EU', name: 'Europe' },
  { code: 'NA', name: 'North America' },
  { code: 'OC', name: 'Oceania' },
  { code: 'SA', name: 'South America' },
];
const COMPLEX_COLUMNS = [
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'ForecastingTypeId',
  'ForecastingItemCategory',
  'DisplayPosition',
  'IsAdjustable',
  'IsOwnerAdjustable',
  'age',
  'NewCamelCasedAttribute',
];
const FRUITS = [
  { id: 1, fruits: ['apple', 'orange', 'pear'] },
  { id: 2, fruits: ['banana', 'apple'] },
  { id: 3, fruits: ['pear'] },
  { id: 4, fruits: ['orange', 'banana', 'apple', 'pear'] },
];
const ENCODED = {
  test_strings: 'as sent',
  test_strings_in_objects: 'as sent',
  test_strings_in_arrays: 'as sent',
} as const;
const VERSIONED = { addRecordMetadata: true } as const;
const MARKED = { addRecordMetadata: true, deletion: 'mark' } as const;
const BY_HAND = [
  ['M1', 'added by hand'],
  ['M2', 'added by hand'],
] as const;

const HARD = 'meltanolabs-target-postgres/test_activate_version_hard';
const SOFT = 'meltanolabs-target-postgres/test_activate_version_soft';
const EMPTYING = 'meltanolabs-target-postgres/test_activate_version_deletes_data_properly';

export const CORPUS: readonly CorpusCase[] = [
  { files: ['meltano-sdk/array_data'], tables: { test_array_data: FRUITS } },
  { files: ['meltanolabs-target-postgres/array_data'], tables: { test_carts: FRUITS } },
  {
    files: ['camelcase'],
    tables: {
      TestCamelcase: [
        { Id: '1', clientName: 'Gitter Windows Desktop App' },
        { Id: '2', clientName: 'Gitter iOS App' },
      ],
    },
  },
  {
    files: ['meltano-sdk/camelcase_complex_schema'],
    tables: {
      ForecastingTypeToCategory: { columns: [...COMPLEX_COLUMNS, '_attribute_startswith_underscore'] },
    },
  },
  {
    files: ['meltanolabs-target-postgres/camelcase_complex_schema'],
    tables: { ForecastingTypeToCategory: { columns: COMPLEX_COLUMNS } },
  },
  {
    files: ['duplicate_records'],
    tables: {
      test_duplicate_records: [
        { id: 1, metric: 100 },
        { id: 2, metric: 20 },
      ],
    },
  },
  { files: ['meltano-sdk/encoded_string_data'], tables: ENCODED },
  { files: ['meltanolabs-target-postgres/encoded_strings'], tables: ENCODED },
  { files: ['invalid_schema'], fails: 'load.schema-without-properties' },
  {
    files: ['multiple_state_messages'],
    tables: { test_multiple_state_messages_a: 'as sent', test_multiple_state_messages_b: 'as sent' },
    settings: { batchRows: 3 },
    states: [
      { test_multiple_state_messages_a: 1, test_multiple_state_messages_b: 0 },
      { test_multiple_state_messages_a: 3, test_multiple_state_messages_b: 2 },
      { test_multiple_state_messages_a: 5, test_multiple_state_messages_b: 3 },
      { test_multiple_state_messages_a: 5, test_multiple_state_messages_b: 6 },
    ],
  },
  {
    files: ['meltano-sdk/no_primary_keys', 'meltano-sdk/no_primary_keys_append'],
    tables: { test_no_pk: 'as sent' },
  },
  {
    files: [
      'meltanolabs-target-postgres/test_no_pk',
      'meltanolabs-target-postgres/test_no_pk_append',
      'meltanolabs-target-postgres/test_no_pk',
      'meltanolabs-target-postgres/test_no_pk_append',
    ],
    tables: { test_no_pk: { rows: 16 } },
  },
  {
    files: ['optional_attributes'],
    tables: {
      test_optional_attributes: [
        { id: 1, optional: 'This is optional' },
        { id: 2, optional: null },
        { id: 3, optional: 'Also optional' },
        { id: 4, optional: null },
      ],
    },
  },
  {
    files: ['meltano-sdk/pk_updates'],
    tables: {
      example_stream: [
        { id: 1, name: 'Alice', email: 'alice@example.com' },
        { id: 2, name: 'Bob', email: 'bob@example.com' },
      ],
    },
  },
  { files: ['record_before_schema'], fails: 'load.record-before-schema' },
  {
    files: ['meltano-sdk/record_missing_fields'],
    tables: {
      record_missing_fields: [
        { id: 1, optional: 'now you see me' },
        { id: 2, optional: null },
      ],
    },
  },
  { files: ['record_missing_key_property'], fails: 'load.key-missing' },
  {
    files: ['meltano-sdk/record_missing_required_property'],
    tables: { test_record_missing_required_property: [{ id: null, metric: 3215 }] },
  },
  {
    files: ['meltano-sdk/record_missing_required_property'],
    settings: { validateRecords: true },
    fails: 'load.record-invalid',
  },
  { files: ['meltanolabs-target-postgres/record_missing_required_property'], fails: 'load.key-missing' },
  {
    files: ['schema_no_properties'],
    tables: {
      test_object_schema_with_properties: [
        { object_store: { id: 1, metric: 187 } },
        { object_store: { id: 2, metric: 203 } },
      ],
      test_object_schema_no_properties: [
        { object_store: { id: 1, metric: 1 } },
        { object_store: { id: 2, metric: 2 } },
      ],
    },
  },
  {
    files: ['schema_updates'],
    tables: {
      test_schema_updates: [
        { id: 1, a1: 101, a2: 'string1', a3: null, a4: null, a5: null, a6: null },
        { id: 2, a1: 102, a2: 'string2', a3: true, a4: null, a5: null, a6: null },
        { id: 3, a1: 103, a2: 'string3', a3: false, a4: { id: 1, value: 1 }, a5: ['banana', 'apple'], a6: null },
        { id: 4, a1: 104, a2: 'string4', a3: true, a4: { id: 2, value: 22 }, a5: ['orange', 'pear'], a6: null },
        { id: 5, a1: 105, a2: 'string5', a3: false, a4: { id: 3, value: 33 }, a5: ['apple'], a6: 985 },
        { id: 6, a1: 106, a2: 'string6', a3: true, a4: { id: 4, value: 444 }, a5: ['banana', 'orange'], a6: 341 },
      ],
    },
  },
  {
    files: ['special_chars_in_attributes'],
    tables: {
      'test:SpecialChars!in?attributes': [
        { _id: 'a2e98886', d: { env: 'prod', 'agent:type': 'desktop', 'agent:os:version': '10.13.1' } },
      ],
    },
  },
  {
    files: ['user_location_data'],
    tables: { test_users: { rows: 5 }, test_locations: { rows: 3 }, test_user_in_location: { rows: 3 } },
  },
  {
    files: ['user_location_data', 'user_location_upsert_data'],
    tables: {
      test_users: [
        { id: 1, name: 'Johny' },
        { id: 2, name: 'George' },
        { id: 3, name: 'Jacob' },
        { id: 4, name: 'Josh' },
        { id: 5, name: 'Jim' },
        { id: 8, name: 'Thomas' },
        { id: 12, name: 'Paul' },
        { id: 13, name: 'Mary' },
      ],
      test_locations: [
        { id: 1, name: 'Philly' },
        { id: 2, name: 'NY' },
        { id: 3, name: 'San Francisco' },
        { id: 6, name: 'Colorado' },
        { id: 8, name: 'Boston' },
      ],
      test_user_in_location: [
        { id: 1, user_id: 1, location_id: 4, info: { weather: 'rainy', mood: 'sad' } },
        { id: 2, user_id: 2, location_id: 3, info: { weather: 'sunny', mood: 'satisfied' } },
        { id: 3, user_id: 1, location_id: 3, info: { weather: 'sunny', mood: 'happy' } },
        { id: 6, user_id: 3, location_id: 2, info: { weather: 'sunny', mood: 'happy' } },
        { id: 14, user_id: 4, location_id: 1, info: { weather: 'cloudy', mood: 'ok' } },
      ],
    },
  },
  {
    files: ['meltanolabs-target-postgres/base16_content_encoding_not_interpreted'],
    tables: { test_base_16_encoding_not_interpreted: 'as sent' },
  },
  {
    files: ['meltanolabs-target-postgres/base16_content_encoding_interpreted'],
    settings: { interpretContentEncoding: true },
    tables: {
      test_base_16_encoding_interpreted: [
        { id: 'empty_0x_str', contract_address: '', raw_event_data: '' },
        { id: 'empty_str', contract_address: '', raw_event_data: '' },
        {
          id: 'test_handle_an_hex_str',
          contract_address: 'a1b2c3d4e5f607080910',
          raw_event_data: `a1b2c3d4e5f607080910${'01020304050607080910'.repeat(4)}`,
        },
        {
          id: 'test_handle_hex_without_the_0x_prefix',
          contract_address: 'a1b2c3d4e5f607080910',
          raw_event_data: '0a1b2c3d4e5f6070809100102030405060',
        },
        { id: 'test_handle_odd_and_even_number_of_chars', contract_address: 'a1', raw_event_data: '0a12' },
        { id: 'test_handle_upper_and_lowercase_hex', contract_address: 'a1', raw_event_data: 'a12b' },
        { id: 'test_nullable_field', contract_address: '', raw_event_data: null },
      ],
    },
  },
  { files: ['meltanolabs-target-postgres/commits'], tables: { commits: 'as sent' } },
  {
    files: ['meltanolabs-target-postgres/jsonb_data'],
    tables: {
      test_jsonb_data: [
        { id: 1, event_data: null },
        { id: 2, event_data: { test: { test_name: 'test_value' } } },
      ],
    },
  },
  {
    files: ['meltanolabs-target-postgres/large_int'],
    tables: {
      test_large_int: [
        { id: '99999999999999999', name: 'Yannis' },
        { id: 2, name: 'Micael' },
      ],
    },
  },
  {
    files: ['meltanolabs-target-postgres/large_numeric_primary_key'],
    tables: { test_large_numeric_primary_key: 'as sent' },
  },
  {
    files: ['meltanolabs-target-postgres/missing_value'],
    tables: {
      test_missing_value: [
        { id: 1, name: 'Yannis' },
        { id: 2, name: 'Micael' },
        { id: 3, name: 'Jacob' },
        { id: 4, name: 'Josh' },
        { id: 5, name: null },
      ],
    },
  },
  {
    files: ['meltanolabs-target-postgres/multiple_schema_messages'],
    tables: { test_multiple_schema_messages: 'as sent' },
  },
  {
    files: ['meltanolabs-target-postgres/new_array_column'],
    tables: { test_new_array_column: [{ id: 1, arr: null }] },
  },
  { files: ['meltanolabs-target-postgres/reserved_keywords'], tables: { reserved_keywords: 'as sent' } },
  { files: ['meltanolabs-target-postgres/tap_aapl'], tables: { aapl: 'as sent' } },
  {
    files: ['meltanolabs-target-postgres/tap_countries'],
    tables: { continents: CONTINENTS, countries: 'as sent' },
  },
  { files: [HARD], settings: VERSIONED, tables: { test_activate_version_hard: CONTINENTS } },
  {
    files: [HARD, HARD],
    settings: VERSIONED,
    added: { table: 'test_activate_version_hard', rows: BY_HAND },
    tables: { test_activate_version_hard: CONTINENTS },
  },
  { files: [SOFT], settings: MARKED, tables: { test_activate_version_soft: CONTINENTS.map(unmarked) } },
  {
    files: [SOFT, `${SOFT}_with_delete`],
    settings: MARKED,
    tables: { test_activate_version_soft: CONTINENTS.map(({ code, name }) => ({ code, name, marked: code === 'SA' })) },
  },
  {
    files: [SOFT, `${SOFT}_with_delete`, `${SOFT}_with_delete`],
    settings: MARKED,
    added: { table: 'test_activate_version_soft', rows: BY_HAND },
    tables: {
      test_activate_version_soft: [
        ...BY_HAND.map(([code, name]) => ({ code, name, marked: true })),
        ...CONTINENTS.map(({ code, name }) => ({ code, name, marked: code === 'SA' })),
      ].sort((left, right) => (left.code < right.code ? -1 : 1)),
    },
  },
  {
    files: [EMPTYING],
    settings: VERSIONED,
    tables: { test_activate_version_deletes_data_properly: CONTINENTS },
  },
  {
    files: [EMPTYING, `${EMPTYING}_2`],
    settings: VERSIONED,
    tables: { test_activate_version_deletes_data_properly: [] },
  },
  {
    files: ['meltanolabs-target-postgres/test_activate_version_uppercase_stream_name'],
    settings: VERSIONED,
    tables: { Account: CONTINENTS.map(({ code, name }) => ({ Code: code, Name: name })) },
  },
  { files: ['meltanolabs-target-postgres/test_no_type'], tables: { test_no_type: 'as sent' } },
  {
    files: ['meltanolabs-target-postgres/uppercase_stream_name_with_column_alter'],
    tables: {
      Uppercase_stream_name_with_column_alter: [
        { Id: '1', clientNumber: '1' },
        { Id: '2', clientNumber: '2' },
      ],
    },
  },
];

function unmarked<T extends object>(row: T): T & { readonly marked: boolean } {
  return { ...row, marked: false };
}
