import type { CatalogStream } from '../message/catalog.ts';
import type { JsonSchema } from '../message/schema.ts';
import type { ChildResource, Replication, Resource } from '../streams/resource.ts';
import { resources } from '../streams/resources.ts';
import { schemaOf } from '../streams/schema-file.ts';
import type { Stream } from '../streams/stream.ts';

/** Every stream that can be selected, in the order in which they are read. Needs no network. */
export function offeredStreams(): readonly CatalogStream[] {
  return resources.flatMap(streamsUnder);
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
    schema: messageSchema(name),
    keyProperties: required,
    replicationMethod: replication.method,
    ...(key !== undefined && { replicationKey: key }),
    selectedByDefault,
  };
}

/** The schema as it stands in messages, with the columns that are wanted; all of them by default. */
export function messageSchema(stream: string, isWanted: (column: string) => boolean = () => true): JsonSchema {
  const { properties, required } = schemaOf(stream);
  const wanted = Object.fromEntries(Object.entries(properties).filter(([column]) => isWanted(column)));
  return { type: 'object', properties: wanted, required };
}
