import { requireFeature } from '../feature.ts';
import { listResource } from '../list-resource.ts';
import type { Slice, SpaceReader } from '../resource.ts';
import type { ApiObject, Entry } from '../stream.ts';

type Node = ApiObject & { readonly children?: readonly Node[] | null };

interface Place {
  readonly project_id: number;
  readonly trashed: boolean;
  readonly parent_id: string | null;
  readonly depth: number;
}

type Tree = ApiObject & {
  readonly activeTree?: Node | null;
  readonly trashTree?: Node | null;
};

/** The two roots are no documents; what lies below them is, to any depth. */
function nodesBelow({ children }: Node, place: Place): readonly Entry[] {
  return (children ?? []).flatMap((node, position) => {
    const { children: _, ...fields } = node;
    const below = { ...place, parent_id: String(node.id), depth: place.depth + 1 };
    return [{ fields, parents: { ...place, position } }, ...nodesBelow(node, below)];
  });
}

function readTree(reader: SpaceReader, slice: Slice): Promise<Tree> {
  return reader.get<Tree>('/documents/tree', { projectIdOrKey: slice.id });
}

/** What is put into the trash takes along what lies below it, of which no activity tells. */
export async function documentsInTrash(reader: SpaceReader, slice: Slice): Promise<readonly string[]> {
  const { trashTree } = await readTree(reader, slice);
  const root = { project_id: Number(slice.id), trashed: true, parent_id: null, depth: 0 };
  return nodesBelow(trashTree ?? {}, root).map(({ fields }) => String(fields.id));
}

/** https://developer.nulab.com/docs/backlog/api/2/get-document-tree/; the only place that knows what lies where. */
export const documentTree = listResource<Tree>({
  name: 'document_tree',
  sliceBy: 'project',
  streams: [
    {
      name: 'document_tree',
      selectedByDefault: false,
      entries: ({ fields: { activeTree, trashTree }, parents }) => {
        const root = { project_id: Number(parents.project_id), parent_id: null, depth: 0 };
        return [
          ...nodesBelow(activeTree ?? {}, { ...root, trashed: false }),
          ...nodesBelow(trashTree ?? {}, { ...root, trashed: true }),
        ];
      },
    },
  ],
  list: async (reader, slice) => {
    requireFeature(slice, 'useDocument');
    return [await readTree(reader, slice)];
  },
});
