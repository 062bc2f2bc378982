import { exactly } from './estimates.ts';
import { isoSecond } from './instant.ts';
import type { ChildResource, Page, Resource, Slice, SpaceReader } from './resource.ts';
import { type ApiObject, type Entry, entriesOf, type Stream, type StreamName } from './stream.ts';

interface ListSettings<Fields extends ApiObject> {
  readonly name: string;
  readonly sliceBy: Resource['sliceBy'];
  readonly streams: readonly Stream<Fields>[];
  readonly children?: readonly ChildResource<Fields>[];
  /** The whole list, which the API gives in one answer. */
  list(reader: SpaceReader, slice: Slice): Promise<readonly Fields[]>;
}

/**
 * A list without paging and without a sign of change: one request per slice and run. Where something hangs on its
 * members, the cursor tells how far that has been read, and a plan reads the list, because nothing else tells how many
 * members there are.
 */
export function listResource<Fields extends ApiObject>({ list, ...resource }: ListSettings<Fields>): Resource<Fields> {
  return {
    ...resource,
    replication: { method: 'FULL_TABLE', requests: resource.sliceBy === 'project' ? '1 per project' : '1' },
    async *read(reader, slice, cursor): AsyncGenerator<Page<Fields>> {
      const at = isoSecond(reader.presentTime());
      const parents = slice.project ? { project_id: slice.project.id } : {};
      const entries = entriesOf(await list(reader, slice), parents) as readonly Entry<Fields>[];
      yield { entries, complete: true, ...(resource.children && { cursor: { at }, again: cursor !== undefined }) };
    },
    async estimate(reader, slice) {
      return exactly({ read: 1 }, resource.children ? (await list(reader, slice)).length : 0);
    },
  };
}

/** A list whose members are the rows of the one stream of the same name. */
export function plainList(name: StreamName, path: string): Resource {
  return listResource({
    name,
    sliceBy: 'space',
    streams: [{ name, selectedByDefault: true }],
    list: (reader) => reader.get<readonly ApiObject[]>(path),
  });
}

/** A list of each project: `/projects/{id}/{path}`. */
export function projectList(path: string, streams: readonly [Stream, ...Stream[]]): Resource {
  return listResource({
    name: streams[0].name,
    sliceBy: 'project',
    streams,
    list: (reader, { id }) => reader.get<readonly ApiObject[]>(`/projects/${id}/${path}`),
  });
}
