import type { Row } from '../message/value.ts';
import type { ChildResource, Resource, Slice } from '../streams/resource.ts';
import type { Link } from '../streams/stream.ts';
import type { Deletion } from './activity-feed.ts';
import type { RowMessage } from './row-messages.ts';
import type { Planned, PlannedStream } from './selection-plan.ts';

/** A deleted item's row, and the lists of everything that hung on it. */
export function deletionMessages(
  planned: Planned<Resource>,
  slice: Slice,
  deletions: readonly Deletion[],
  concerns: (stream: PlannedStream, deletion: Deletion) => boolean,
): readonly RowMessage[] {
  const parents: Row = slice.project ? { project_id: slice.project.id } : {};
  const lists = [...ownLists(planned), ...planned.children.flatMap(listsUnder)];
  return deletions.flatMap((deletion) => [
    ...planned.streams
      .filter((stream) => stream.partOf === undefined && concerns(stream, deletion))
      .map((stream) => tombstone(stream, deletion, parents)),
    ...lists
      .filter(({ stream }) => concerns(stream, deletion))
      .map(({ stream, link }) => emptyList(stream, link, deletion, parents)),
  ]);
}

export interface List {
  readonly stream: PlannedStream;
  readonly link: Link;
}

function ownLists({ streams }: Planned<Resource>): readonly List[] {
  return streams.flatMap((stream) => (stream.partOf ? [{ stream, link: stream.partOf }] : []));
}

/** Streams below that name the item in their key, be it their parent or further up. */
export function listsUnder({ resource, streams, children }: Planned<ChildResource>): readonly List[] {
  const link = resource.partOf;
  if (link === undefined) return [];
  const below = (planned: Planned<ChildResource>): readonly PlannedStream[] => [
    ...planned.streams,
    ...planned.children.flatMap(below),
  ];
  return [...streams, ...children.flatMap(below)]
    .filter(({ schema }) => schema.keyProperties.includes(link.column))
    .map((stream) => ({ stream, link }));
}

function tombstone({ name, schema }: PlannedStream, { item, deletedAt }: Deletion, parents: Row): RowMessage {
  return { type: 'tombstone', stream: name, record: keyColumns({ ...parents, id: item }, schema), deletedAt };
}

function emptyList({ name, schema }: PlannedStream, { column }: Link, deletion: Deletion, parents: Row): RowMessage {
  const parent = keyColumns({ ...parents, [column]: deletion.item }, schema);
  return { type: 'children', stream: name, parent, records: [], readAt: deletion.deletedAt };
}

function keyColumns(row: Row, { keyProperties }: PlannedStream['schema']): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => keyProperties.includes(column)));
}
