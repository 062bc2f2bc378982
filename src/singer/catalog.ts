import type { CatalogStream, ReplicationMethod } from '../message/catalog.ts';
import type { JsonSchema } from '../message/schema.ts';
import type { Breadcrumb, Metadata, MetadataEntry } from './selection-rule.ts';

/** The catalog file of Singer, as `--discover` prints it. */
export interface Catalog {
  readonly streams: readonly CatalogEntry[];
}

export interface CatalogEntry {
  readonly tap_stream_id: string;
  readonly stream: string;
  readonly schema: JsonSchema;
  readonly key_properties: readonly string[];
  readonly replication_method: ReplicationMethod;
  readonly replication_key?: string;
  readonly metadata: readonly MetadataEntry[];
}

/** All streams with one metadata entry for the stream and one for each property. Pure: discovery needs no network. */
export function catalogOf(streams: readonly CatalogStream[]): Catalog {
  return { streams: streams.map(entryOf) };
}

function entryOf(stream: CatalogStream): CatalogEntry {
  return {
    tap_stream_id: stream.name,
    stream: stream.name,
    schema: stream.schema,
    key_properties: stream.keyProperties,
    replication_method: stream.replicationMethod,
    ...(stream.replicationKey === undefined ? {} : { replication_key: stream.replicationKey }),
    metadata: [{ breadcrumb: [], metadata: streamMetadata(stream) }, ...propertyEntries(stream)],
  };
}

function streamMetadata(stream: CatalogStream): Metadata {
  return {
    inclusion: 'available',
    'selected-by-default': stream.selectedByDefault,
    'table-key-properties': stream.keyProperties,
    'forced-replication-method': stream.replicationMethod,
    ...(stream.replicationKey === undefined ? {} : { 'valid-replication-keys': [stream.replicationKey] }),
  };
}

function propertyEntries(stream: CatalogStream): readonly MetadataEntry[] {
  return Object.keys(stream.schema.properties ?? {}).map((name) => ({
    breadcrumb: propertyBreadcrumb(name),
    metadata: { inclusion: isAutomatic(stream, name) ? 'automatic' : 'available' },
  }));
}

export function propertyBreadcrumb(name: string): Breadcrumb {
  return ['properties', name];
}

/** Columns that no selection can leave out: without them rows cannot be told apart or resumed. */
export function isAutomatic({ keyProperties, replicationKey }: CatalogStream, name: string): boolean {
  return name === replicationKey || keyProperties.includes(name);
}
