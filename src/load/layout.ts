import type { SchemaMessage } from '../message/message.ts';
import { BYTES, type ContentEncoding } from './binary.ts';
import type { ColumnType } from './column-type.ts';
import { CONVERTERS, type Converter, timestampIn } from './convert.ts';
import type { Cell, Facts, Mark, WriteTarget } from './dialect.ts';
import type { Deletion } from './settings.ts';
import type { Column, TableName } from './table.ts';
import type { Validator } from './validation.ts';
import type { Zone } from './zone.ts';

export interface DataColumn extends Column {
  readonly property: string;
  readonly convert: Converter;
  /** Of a binary column: how its bytes come. */
  readonly encoding?: ContentEncoding;
}

/**
 * How the rows of one stream lie in their table: first a column for each property, then the fields that no property
 * declares, the mark of deleted rows, and the metadata, as far as they are asked for.
 */
export interface Layout {
  readonly stream: string;
  readonly schema: SchemaMessage;
  readonly table: TableName;
  readonly data: readonly DataColumn[];
  /** Every property of the schema, also those whose columns the loader fills itself. */
  readonly declared: ReadonlySet<string>;
  readonly deletion: Deletion;
  readonly mark: Mark | undefined;
  readonly undeclared: string | undefined;
  readonly metadata: readonly MetadataColumn[];
  /** Every column with its type, in the order of the rows. */
  readonly columns: readonly Column[];
  /** Whether versions have a meaning for this table. */
  readonly versioned: boolean;
  /** Whether a run replaces the whole table, so that nothing is marked. */
  readonly replaced: boolean;
  /** Of date-times that tell no offset; UTC if absent. */
  readonly zone: Zone | undefined;
  /** Checks each record against the schema, if that is asked for. */
  readonly validate: Validator | undefined;
  /** Places of the key's columns within `data`; empty if rows are only appended. */
  readonly keyPlaces: readonly number[];
  readonly key: readonly string[];
  readonly target: WriteTarget;
}

/** A column that says something about a row's journey. Its difference alone does not make a row a changed one. */
export interface MetadataColumn extends Column {
  readonly source: 'extracted' | 'received' | 'batched' | 'deleted' | 'sequence' | 'version' | 'started';
}

export const METADATA_COLUMNS: readonly MetadataColumn[] = [
  { name: '_sdc_extracted_at', type: 'timestamp', source: 'extracted' },
  { name: '_sdc_received_at', type: 'timestamp', source: 'received' },
  { name: '_sdc_batched_at', type: 'timestamp', source: 'batched' },
  { name: '_sdc_deleted_at', type: 'timestamp', source: 'deleted' },
  { name: '_sdc_sequence', type: 'integer', source: 'sequence' },
  { name: '_sdc_table_version', type: 'integer', source: 'version' },
  { name: '_sdc_sync_started_at', type: 'integer', source: 'started' },
];

/** What the values of a column mean beyond their type. */
export interface Meaning {
  readonly encoding?: ContentEncoding | undefined;
  readonly zone: Zone | undefined;
}

/** From a value of the message to what the driver takes. */
export function converterFor(type: ColumnType, facts: Facts, meaning: Meaning): Converter {
  const convert = meantConverter(type, meaning);
  const encode = facts.encode[type];
  return encode === undefined ? convert : (value) => encode(convert(value));
}

function meantConverter(type: ColumnType, { encoding, zone }: Meaning): Converter {
  if (type === 'binary' && encoding !== undefined) return BYTES[encoding];
  return type === 'timestamp' && zone !== undefined ? timestampIn(zone) : CONVERTERS[type];
}

export function encodeCell(type: ColumnType, cell: Cell, facts: Facts): Cell {
  return cell === null ? null : (facts.encode[type]?.(cell) ?? cell);
}
