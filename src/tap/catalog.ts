import type { CatalogStream } from '../message/catalog.ts';
import type { CustomFieldColumns } from '../streams/issues/custom-field-columns.ts';
import type { ChildResource, Replication, Resource } from '../streams/resource.ts';
import { resources } from '../streams/resources.ts';
import { schemaOf } from '../streams/schema-file.ts';
import type { Stream } from '../streams/stream.ts';
import { WITH_CUSTOM_FIELDS } from './custom-fields.ts';

/** Every stream that can be selected, in the order in which they are read. Needs no network. */
export function offeredStreams(): readonly CatalogStream[] {
  return resources.flatMap(streamsUnder);
}

/** The same with columns for the custom fields that were read from the API. */
export function offeredWithCustomFields(columns: CustomFieldColumns): readonly CatalogStream[] {
  return offeredStreams().map((stream) => {
    if (stream.name !== WITH_CUSTOM_FIELDS) return stream;
    const { schema } = stream;
    return { ...stream, schema: { ...schema, properties: { ...schema.properties, ...columns.schemas } } };
  });
}

function streamsUnder(resource: Resource | ChildResource): readonly CatalogStream[] {
  const own = resource.streams.map((stream) => catalogStream(stream, resource.replication));
  return [...own, ...(resource.children ?? []).flatMap(streamsUnder)];
}

function catalogStream({ name, selectedByDefault }: Stream, replication: Replication): CatalogStream {
  const { properties, required } = schemaOf(name);
  const key = replication.method === 'INCREMENTAL' && replication.key in properties ? replication.key : undefined;
  return {
    name,
    schema: { type: 'object', properties, required },
    keyProperties: required,
    replicationMethod: replication.method,
    ...(key !== undefined && { replicationKey: key }),
    selectedByDefault,
  };
}
