import { readByOffset } from '../../backlog/paging.ts';
import { ONE_LOOK } from '../estimates.ts';
import { requireFeature } from '../feature.ts';
import type { Page, Resource, Slice, SpaceReader } from '../resource.ts';
import { type ApiObject, entriesOf } from '../stream.ts';

type SharedFile = ApiObject & {
  readonly id: number;
  readonly type: string;
  readonly dir: string;
  readonly name: string;
};

/** One directory per request, hence a walk from the root down. A directory that vanishes meanwhile ends it as a failure. */
async function* walkDirectories(reader: SpaceReader, slice: Slice): AsyncGenerator<Page> {
  requireFeature(slice, 'useFileSharing');
  const parents = { project_id: Number(slice.id) };
  const waiting: (readonly string[])[] = [[]];
  for (let names = waiting.pop(); names !== undefined; names = waiting.pop()) {
    const above = names;
    for await (const page of list(reader, slice, names)) {
      const directories = page.filter(({ type }) => type === 'directory');
      waiting.push(...directories.map(({ name }) => [...above, name]));
      yield { entries: entriesOf(page, parents) };
    }
  }
  yield { entries: [], complete: true };
}

/** Newer spaces give up to 1,000 entries at once, older ones 100. */
function list(
  reader: SpaceReader,
  { id }: Slice,
  names: readonly string[],
): AsyncGenerator<readonly SharedFile[], void, undefined> {
  const path = names.map(encodeURIComponent).join('/');
  return readByOffset<SharedFile>({
    fetchPage: (offset, count) => reader.get(`/projects/${id}/files/metadata/${path}`, { order: 'asc', offset, count }),
    idOf: (file) => file.id,
  });
}

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-shared-files/ */
export const sharedFiles: Resource = {
  name: 'project_shared_files',
  sliceBy: 'project',
  replication: { method: 'FULL_TABLE', requests: '1 per directory and further 99 entries' },
  streams: [{ name: 'project_shared_files', selectedByDefault: false }],
  read: walkDirectories,
  estimate: async () => ONE_LOOK,
};
