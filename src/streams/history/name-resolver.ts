import { AppError } from '../../runtime/errors.ts';
import type { SpaceReader } from '../resource.ts';
import type { ApiObject } from '../stream.ts';

/** What the names in a change log can be names of; `item 7` are the items of custom field 7. */
export type Master =
  | 'status'
  | 'issue_type'
  | 'category'
  | 'version'
  | 'user'
  | 'priority'
  | 'resolution'
  | `item ${number}`;

/** The id that a name stands for today; undefined for names that are not used any more, or by several. */
export type NameResolver = (master: Master, name: string) => Promise<number | undefined>;

type Ids = ReadonlyMap<string, number | undefined>;

/** Each list of names is read once, when the first name of it is to be resolved. */
export function nameResolver(reader: SpaceReader, projectId: number): NameResolver {
  const known = new Map<Master, Promise<Ids>>();
  return async (master, name) => {
    const ids = known.get(master) ?? idsOf(reader, projectId, master);
    known.set(master, ids);
    return (await ids).get(name);
  };
}

async function idsOf(reader: SpaceReader, projectId: number, master: Master): Promise<Ids> {
  const ids = new Map<string, number | undefined>();
  for (const { id, name } of await listOf(reader, projectId, master)) {
    if (typeof name !== 'string' || typeof id !== 'number') continue;
    ids.set(name, ids.has(name) ? undefined : id);
  }
  return ids;
}

const PATHS: Readonly<Record<string, string>> = {
  status: 'statuses',
  issue_type: 'issueTypes',
  category: 'categories',
  version: 'versions',
  user: 'users',
};

/** Nothing, where the key may not see the list. */
async function listOf(reader: SpaceReader, projectId: number, master: Master): Promise<readonly ApiObject[]> {
  try {
    if (master === 'priority') return await reader.get('/priorities');
    if (master === 'resolution') return await reader.get('/resolutions');
    const path = PATHS[master];
    if (path !== undefined) return await reader.get(`/projects/${projectId}/${path}`);
    const fields = await reader.customFields(String(projectId));
    const field = fields.find(({ id }) => master === `item ${id}`);
    return Array.isArray(field?.items) ? (field.items as readonly ApiObject[]) : [];
  } catch (error) {
    if (error instanceof AppError && error.recovery === 'skippable') return [];
    throw error;
  }
}
