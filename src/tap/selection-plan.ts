import type { CatalogStream, SelectedStream } from '../message/catalog.ts';
import type { SchemaMessage } from '../message/message.ts';
import type { JsonSchema } from '../message/schema.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import { withCustomFields } from '../streams/issues/custom-field-projection.ts';
import { compileProjection, type Projection } from '../streams/projection.ts';
import type { ChildResource, Resource } from '../streams/resource.ts';
import { resources } from '../streams/resources.ts';
import { schemaOf } from '../streams/schema-file.ts';
import type { Stream } from '../streams/stream.ts';
import { offeredStreams, offeredWithCustomFields } from './catalog.ts';
import { type CustomFields, WITH_CUSTOM_FIELDS } from './custom-fields.ts';

/**
 * How small a part of a table can be read as a whole, so that what it lacks goes: that of a project; that of an item,
 * which keeps what hangs on it; or nothing but the whole table.
 */
export type Parts = 'projects' | 'parents' | 'none';

/** By which all rows of a project are found. */
export const PROJECT_COLUMN = 'project_id';

/** A selected stream, ready to make rows. */
export interface PlannedStream {
  readonly name: string;
  readonly schema: SchemaMessage;
  readonly entries: NonNullable<Stream['entries']>;
  readonly project: Projection;
  readonly partOf: Stream['partOf'];
  /** Read from the beginning, whatever the state says. */
  readonly refreshed: boolean;
  /** Set where all of it is read: its rows belong to a version, and those of other versions go when it is complete. */
  readonly replacement: 'version' | undefined;
  /** Set where rows belong to the version of the reading, though they are not read, if their parent does. */
  readonly kept: boolean;
  readonly parts: Parts;
  /** Set where it has columns for them. */
  readonly customFields: CustomFields | undefined;
}

/** A resource that must be read, because a stream of its own or of its children is selected. */
export interface Planned<Kind extends Resource | ChildResource> {
  readonly resource: Kind;
  readonly streams: readonly PlannedStream[];
  readonly children: readonly Planned<ChildResource>[];
}

/**
 * What must be read for this selection: each resource once, in the order of the list. With `wholeTables`, who takes the
 * messages can replace nothing less than a table.
 */
export function planSelection(
  selection: readonly SelectedStream[],
  wholeTables = false,
  customFields?: CustomFields,
): readonly Planned<Resource>[] {
  const selected = new Map(selection.map((stream) => [stream.name, stream]));
  const catalog = customFields ? offeredWithCustomFields(customFields.columns) : offeredStreams();
  const offered = new Map(catalog.map((stream) => [stream.name, stream]));
  for (const name of selected.keys()) if (!offered.has(name)) throw unknownStream(name, [...offered.keys()]);

  const plan = <Kind extends Resource | ChildResource>(resource: Kind): Planned<Kind> => ({
    resource,
    streams: resource.streams.flatMap((stream) => {
      const choice = selected.get(stream.name);
      const offer = offered.get(stream.name);
      return choice && offer ? [planStream(stream, choice, offer, { wholeTables, customFields })] : [];
    }),
    children: (resource.children ?? []).map(plan).filter(isNeeded),
  });
  return resources.map(plan).filter(isNeeded);
}

/** All streams that are fed by reading this resource. */
export function streamsOf(planned: Planned<Resource | ChildResource>): readonly PlannedStream[] {
  return [...planned.streams, ...planned.children.flatMap(streamsOf)];
}

function isNeeded(planned: Planned<Resource | ChildResource>): boolean {
  return planned.streams.length > 0 || planned.children.length > 0;
}

interface PlanSettings {
  readonly wholeTables: boolean;
  readonly customFields: CustomFields | undefined;
}

function planStream(
  stream: Stream,
  choice: SelectedStream,
  offer: CatalogStream,
  settings: PlanSettings,
): PlannedStream {
  const keys = new Set(offer.keyProperties);
  const isWanted = (column: string) => keys.has(column) || (choice.columns?.has(column) ?? true);
  const refreshed = choice.fullRefresh === true;
  const schema = schemaMessage(offer, isWanted);
  const tellsProject = choice.withoutProject !== true && PROJECT_COLUMN in (schema.schema.properties ?? {});
  const { wholeTables } = settings;
  const customFields = stream.name === WITH_CUSTOM_FIELDS ? settings.customFields : undefined;
  const { properties } = schemaOf(stream.name);
  const project = compileProjection({ columns: properties, isWanted, elsewhere: stream.elsewhere ?? [] });
  return {
    name: stream.name,
    schema,
    entries: (entry) => stream.entries?.(entry) ?? [entry],
    project: customFields ? withCustomFields(project, customFields.columns, isWanted) : project,
    partOf: stream.partOf,
    refreshed,
    replacement: refreshed || offer.replicationMethod === 'FULL_TABLE' ? 'version' : undefined,
    kept: false,
    parts: wholeTables ? 'none' : tellsProject ? 'projects' : 'parents',
    customFields,
  };
}

function schemaMessage(offer: CatalogStream, isWanted: (column: string) => boolean): SchemaMessage {
  const { name, keyProperties, replicationKey } = offer;
  const bookmark = replicationKey !== undefined && isWanted(replicationKey) ? [replicationKey] : undefined;
  return {
    type: 'schema',
    stream: name,
    schema: wantedSchema(offer.schema, isWanted),
    keyProperties,
    ...(bookmark && { bookmarkProperties: bookmark }),
  };
}

/** The schema as it stands in messages, with the columns that are wanted. */
function wantedSchema(schema: JsonSchema, isWanted: (column: string) => boolean): JsonSchema {
  const wanted = Object.entries(schema.properties ?? {}).filter(([column]) => isWanted(column));
  return { ...schema, properties: Object.fromEntries(wanted) };
}

function unknownStream(name: string, offered: readonly string[]): ConfigurationError {
  return new ConfigurationError({
    code: 'config.unknown-stream',
    path: name,
    text: { en: `There is no stream ${name}`, ja: `${name} というストリームはありません` },
    hint: { en: `There are: ${offered.join(', ')}`, ja: `選べるもの: ${offered.join(', ')}` },
  });
}
